import { type Caseload, reasonCodes } from '@pharos/contract';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaseloadSearch, ranks, shows } from '../app/addresses.js';

interface Filters {
  readonly search: CaseloadSearch;
  readonly counts: Caseload['counts'] | null;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** What the list shows and in which order; all of it stands in the address. */
export function CaseloadFilters({ search, counts, field }: Filters) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.search ?? '');
  const go = (change: Partial<CaseloadSearch>) => void navigate({ to: '/caseload', search: { ...search, ...change }, replace: true });
  // A letter is not a question: the address and the server wait until the typing rests.
  useEffect(() => {
    const wanted = typed.trim() === '' ? undefined : typed.trim();
    if (wanted === search.search) return undefined;
    const timer = setTimeout(() => {
      const { search: _, ...others } = search;
      void navigate({ to: '/caseload', search: wanted ? { ...others, search: wanted } : others, replace: true });
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  const count = (show: (typeof shows)[number]): number | null =>
    !counts || show === 'all' ? null : counts[show === 'active' ? 'active' : show];
  return (
    <div className="filters" role="search">
      <input
        ref={field}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('caseload.search')}
        aria-label={t('caseload.search')}
      />
      <div className="segments" role="group" aria-label={t('caseload.show')}>
        {shows.map((show) => (
          <button
            key={show}
            type="button"
            aria-pressed={(search.show ?? 'active') === show}
            onClick={() => {
              const { show: _, ...others } = search;
              void navigate({ to: '/caseload', search: show === 'active' ? others : { ...others, show } });
            }}
          >
            {t(`caseload.show-${show}`)} {count(show) !== null && <span className="count">{count(show)}</span>}
          </button>
        ))}
      </div>
      <select
        aria-label={t('caseload.reason')}
        value={search.reason ?? ''}
        onChange={(event) => {
          const { reason: _, ...others } = search;
          void navigate({ to: '/caseload', search: event.target.value ? { ...others, reason: event.target.value } : others });
        }}
      >
        <option value="">{t('caseload.any-reason')}</option>
        {reasonCodes.map((code) => (
          <option key={code} value={code}>
            {t(`code.${code}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('caseload.rank')}
        value={search.rank ?? 'probability'}
        onChange={(event) => go({ rank: ranks.find((rank) => rank === event.target.value) ?? 'probability' })}
      >
        {ranks.map((rank) => (
          <option key={rank} value={rank}>
            {t(`caseload.rank-${rank}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
