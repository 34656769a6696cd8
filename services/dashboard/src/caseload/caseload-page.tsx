import { type CaseloadItem } from '@pharos/contract';
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaseloadSearch } from '../app/addresses.js';
import { readCaseload } from '../app/addresses.js';
import { client } from '../app/api.js';
import { moveCursor, useKeys } from '../app/keys.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { WaitingContests } from '../class/waiting.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { type AskedAct } from './act-form.js';
import { useActing } from './acting.js';
import { CaseRow } from './case-row.js';
import { CaseloadFilters } from './caseload-filters.js';
import { type Act, belongs } from './foretell.js';
import { rowsOf } from './pages.js';
import './caseload.css';

const caseloadQuery = (search: CaseloadSearch) =>
  infiniteQueryOptions({
    queryKey: ['caseload', search],
    queryFn: ({ pageParam, signal }) => client.caseload.list({ query: { ...search, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  }); // prettier-ignore

/** Who needs me this week, and why. */
export function CaseloadPage() {
  const { t } = useTranslation();
  const { formats } = useReader();
  // What else an address bears, such as the language, is none of the server's business.
  const search = readCaseload(useSearch({ from: '/signed-in/caseload' }));
  const navigate = useNavigate();
  const now = useNow();
  const acting = useActing();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ readonly alert: string; readonly what: AskedAct } | null>(null);
  const query = useInfiniteQuery(caseloadQuery(search));

  const show = search.show ?? 'active';
  const rows = query.data ? rowsOf(query.data).filter((row) => belongs(row, show)) : [];
  const at = rows.findIndex((row) => row.alert === cursor);
  const focusRow = (alert: string | undefined) => {
    if (alert === undefined) return;
    setCursor(alert);
    const row = list.current?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(alert)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const move = (step: number) => focusRow(rows[moveCursor(at, step, rows.length)]?.alert);
  const open = (row: CaseloadItem | undefined) => {
    if (row) void navigate({ to: '/learners/$learner', params: { learner: row.learner.token } });
  };
  const act = (row: CaseloadItem, what: Act) => {
    const next = rows[at + 1] ?? rows[at - 1];
    setAsked(null);
    acting.mutate({ alert: row, act: what });
    // A row that goes away must not take the reader's place with it.
    const stays = what.do === 'acknowledge' || what.do === 'note' || what.do === 'intervene';
    requestAnimationFrame(() => focusRow(stays ? row.alert : next?.alert));
  };
  const ask = (what: AskedAct) => {
    const row = rows[at];
    if (row) setAsked({ alert: row.alert, what });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    '/': () => field.current?.focus(),
    a: () => rows[at]?.status === 'open' && act(rows[at], { do: 'acknowledge' }),
    l: () => ask('intervene'),
    s: () => ask('snooze'),
    o: () => ask('override'),
    c: () => ask('resolve'),
    n: () => ask('note'),
    Escape: () => (asked ? setAsked(null) : focusRow((rows[at] ?? rows[0])?.alert)),
  });

  const first = query.data?.pages[0];
  const sections = (['needs-you', 'also-watched'] as const).map((section) => ({
    section,
    rows: rows.filter((row) => row.section === section),
  }));
  return (
    <div className="caseload">
      <header className="place-head">
        <h1>{t('caseload.title')}</h1>
        {first && (
          <p className="lead">
            {t('caseload.lead', { count: sections[0]!.rows.length })} {first.counts.overdue > 0 && t('caseload.lead-overdue', { count: first.counts.overdue })}
          </p>
        )}
      </header>
      <CaseloadFilters search={search} counts={first?.counts ?? null} field={field} />
      <WaitingContests />
      {query.error && !query.data && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={5} height={36} />}
      {query.data && rows.length === 0 && <Nobody search={search} />}
      <div ref={list} className="cases" aria-busy={query.isPlaceholderData}>
        {sections.map(
          ({ section, rows: members }) =>
            members.length > 0 && (
              <section key={section} aria-labelledby={`section-${section}`}>
                <h2 id={`section-${section}`} className="fold" data-section={section}>
                  <span>{t(`caseload.${section}`)}</span>
                  <span className="muted">
                    {section === 'needs-you'
                      ? t('caseload.capacity', { count: first?.capacity ?? 0 })
                      : t('caseload.below', { count: first?.capacity ?? 0 })}
                  </span>
                </h2>
                <ol>
                  {members.map((row) => (
                    <CaseRow
                      key={row.alert}
                      item={row}
                      now={now}
                      asked={asked?.alert === row.alert ? asked.what : null}
                      onAsk={(what) => setAsked(what ? { alert: row.alert, what } : null)}
                      onAct={(what) => act(row, what)}
                      onFocus={() => setCursor(row.alert)}
                      onOpen={() => open(row)}
                    />
                  ))}
                </ol>
              </section>
            ),
        )}
      </div>
      {query.hasNextPage && (
        <button type="button" className="more" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('caseload.more')}
        </button>
      )}
      {first && <p className="through muted small">{t('through', { when: formats.moment(first.through) })}</p>}
    </div>
  );
} // prettier-ignore

/** An empty caseload is good news or a filter; say which. */
function Nobody({ search }: { readonly search: CaseloadSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filtered = Object.keys(search).some((key) => key !== 'rank' && key !== 'show') || search.show === 'overdue';
  if (!filtered && (search.show ?? 'active') === 'active') return <Empty title={t('caseload.nobody')} body={t('caseload.nobody-body')} />;
  return (
    <Empty title={t('caseload.no-match')} body={t('caseload.no-match-body')}>
      <button type="button" onClick={() => void navigate({ to: '/caseload', search: {} })}>
        {t('caseload.clear')}
      </button>
    </Empty>
  );
}
