import { type Level, type Overview } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type OverviewSearch } from '../app/addresses.js';
import { client } from '../app/api.js';

const without = <Key extends keyof OverviewSearch>(search: OverviewSearch, ...keys: readonly Key[]): OverviewSearch =>
  Object.fromEntries(Object.entries(search).filter(([key]) => !keys.some((one) => one === key)));

/** What the figures are of, as chips that can be taken away and lists that add one; the address says the same. */
export function OverviewFilters({ data, search }: { readonly data: Overview; readonly search: OverviewSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = (next: OverviewSearch) => void navigate({ to: '/overview', search: next });
  const schools = useQuery({ queryKey: ['schools'], queryFn: () => client.places.schools(), staleTime: 300_000 });
  const courses = useQuery({ queryKey: ['courses'], queryFn: () => client.places.courses(), staleTime: 300_000 });
  const schoolTitle = schools.data?.items.find((one) => one.school === search.school)?.title;
  const courseTitle = courses.data?.items.find((one) => one.course === search.course)?.title;
  const levels: readonly Level[] = search.school ? ['course', 'class'] : ['school', 'course'];
  const dropped = without(search, 'by', 'sort');
  return (
    <div className="filters" role="search" aria-label={t('overview.filters')}>
      <select aria-label={t('overview.term')} value={data.term?.id ?? ''} onChange={(event) => go({ ...search, term: event.target.value })}>
        {data.terms.map((term) => (
          <option key={term.id} value={term.id}>
            {term.title}
          </option>
        ))}
      </select>
      {search.school ? (
        <button type="button" className="chip" aria-label={t('overview.drop', { what: schoolTitle ?? search.school })} onClick={() => go(without(dropped, 'school', 'course'))}>
          {schoolTitle ?? search.school} <span aria-hidden="true">×</span>
        </button>
      ) : (
        <select aria-label={t('overview.school')} value="" onChange={(event) => go({ ...dropped, school: event.target.value })}>
          <option value="">{t('overview.all-schools')}</option>
          {schools.data?.items.map((one) => (
            <option key={one.school} value={one.school}>
              {one.title}
            </option>
          ))}
        </select>
      )}
      {search.course ? (
        <button type="button" className="chip" aria-label={t('overview.drop', { what: courseTitle ?? search.course })} onClick={() => go(without(dropped, 'course'))}>
          {courseTitle ?? search.course} <span aria-hidden="true">×</span>
        </button>
      ) : (
        <select aria-label={t('overview.course')} value="" onChange={(event) => go({ ...dropped, course: event.target.value })}>
          <option value="">{t('overview.all-courses')}</option>
          {courses.data?.items.map((one) => (
            <option key={one.course} value={one.course}>
              {one.title}
            </option>
          ))}
        </select>
      )}
      <label className="as-of">
        <span className="muted small">{t('overview.as-of')}</span>
        <input type="date" value={search.asOf ?? ''} onChange={(event) => go(event.target.value ? { ...search, asOf: event.target.value } : without(search, 'asOf'))} />
      </label>
      <div className="segments" role="group" aria-label={t('overview.by')}>
        {levels.map((level) => (
          <button key={level} type="button" aria-pressed={data.by === level} onClick={() => go({ ...without(search, 'sort'), by: level })}>
            {t(`level.by-${level}`)}
          </button>
        ))}
      </div>
    </div>
  );
} // prettier-ignore
