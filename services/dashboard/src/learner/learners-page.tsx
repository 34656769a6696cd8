import { riskInWords } from '@pharos/contract';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readLearners } from '../app/addresses.js';
import { client } from '../app/api.js';
import { useKeys } from '../app/keys.js';
import { useReader } from '../app/reader.js';
import { Name } from '../parts/name.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { TableBox } from '../parts/table-box.js';

/** Learners that the reader may see, by name or by class. */
export function LearnersPage() {
  const { t } = useTranslation();
  const { locale } = useReader();
  // What else an address bears, such as the language, is none of the server's business.
  const search = readLearners(useSearch({ from: '/signed-in/learners' }));
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.search ?? '');
  const query = useInfiniteQuery({
    queryKey: ['learners', search],
    queryFn: ({ pageParam, signal }) => client.learners.list({ query: { ...search, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  useKeys({ '/': () => field.current?.focus() });
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === (search.search ?? '')) return undefined;
    const timer = setTimeout(() => {
      const kept = search.class === undefined ? {} : { class: search.class };
      void navigate({ to: '/learners', search: wanted === '' ? kept : { ...kept, search: wanted }, replace: true });
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const inClass = rows[0]?.classes.find((one) => one.id === search.class)?.title;
  return (
    <div className="learners">
      <header className="place-head">
        <h1>{t('learners.title')}</h1>
      </header>
      <div className="filters" role="search">
        <input ref={field} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('caseload.search')} aria-label={t('caseload.search')} />
        {search.class !== undefined && (
          <button type="button" className="chip" aria-label={t('overview.drop', { what: inClass ?? search.class })} onClick={() => void navigate({ to: '/learners', search: search.search ? { search: search.search } : {} })}>
            {inClass ?? search.class} <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
      {query.error && !query.data && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={6} height={12} />}
      {query.data && rows.length === 0 && <Empty title={t('caseload.no-match')} body={t('learners.none')} />}
      {rows.length > 0 && (
        <div className="card">
          <TableBox label={t('learners.title')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('learners.name')}</th>
                  <th scope="col">{t('learners.risk')}</th>
                  <th scope="col">{t('learners.classes')}</th>
                  <th scope="col">{t('learners.alert')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.learner.token}>
                    <th scope="row">
                      <Link to="/learners/$learner" params={{ learner: row.learner.token }}>
                        <Name person={row.learner} />
                      </Link>
                    </th>
                    <td>{row.risk ? riskInWords(locale, row.risk) : <span className="muted">{t('learner.no-risk')}</span>}</td>
                    <td className="muted">{row.classes.map((one) => one.title).join(' · ')}</td>
                    <td>{row.alert ? <span className="tag new">{t('learners.open')}</span> : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
          {query.hasNextPage && (
            <button type="button" className="more" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('caseload.more')}
            </button>
          )}
        </div>
      )}
    </div>
  );
} // prettier-ignore
