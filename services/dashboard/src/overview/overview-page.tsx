import { type Figure, type Overview, sayAny } from '@pharos/contract';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type OverviewSearch, readOverview } from '../app/addresses.js';
import { client } from '../app/api.js';
import { shareOf } from '../app/format.js';
import { useReader } from '../app/reader.js';
import { weeksChart } from '../charts/weeks-chart.js';
import { type ChartTheme } from '../charts/theme.js';
import { Chart } from '../parts/chart.js';
import { FigureCell } from '../parts/figure.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { OverviewFilters } from './overview-filters.js';
import { OverviewTable } from './overview-table.js';
import './overview.css';

const overviewQuery = ({ sort: _, ...query }: OverviewSearch) =>
  queryOptions({
    queryKey: ['overview', query],
    queryFn: ({ signal }) => client.overview.get({ query }, { signal }),
    placeholderData: keepPreviousData,
  });

/** How are we doing, and where is it getting worse? */
export function OverviewPage() {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  // What else an address bears, such as the language, is none of the server's business.
  const search = readOverview(useSearch({ from: '/signed-in/overview' }));
  const query = useQuery(overviewQuery(search));
  const { data } = query;
  return (
    <div className="overview">
      <header className="place-head">
        <h1>{t('overview.title')}</h1>
        {data && <p className="lead finding">{data.findings.map((finding) => sayAny(locale, `finding.${finding.code}`, finding.params)).join(' ')}</p>}
      </header>
      {data && <OverviewFilters data={data} search={search} />}
      {query.error && !data && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={3} height={60} />}
      {data && (
        <div className="overview-body" aria-busy={query.isPlaceholderData}>
          <div className="trio">
            <WeekCard data={data} what="atRisk" />
            <WeekCard data={data} what="active" />
            <WeekCard data={data} what="enrolled" />
          </div>
          <OverviewTable data={data} search={search} />
          <p className="through muted small">
            {t('through', { when: formats.moment(data.through) })} {t('overview.minimum', { n: data.minimumGroup })}
          </p>
        </div>
      )}
    </div>
  );
} // prettier-ignore

/** One figure now, as words, and by week beside the year before. */
function WeekCard({ data, what }: { readonly data: Overview; readonly what: 'atRisk' | 'active' | 'enrolled' }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const word = (figure: Figure | null | undefined): string =>
    !figure || figure.is === 'missing'
      ? t('figure.missing')
      : figure.is === 'suppressed'
        ? t('figure.hidden')
        : formats.number(figure.value);
  const option = useCallback(
    (theme: ChartTheme, reduced: boolean) =>
      weeksChart(
        data.weeks.map((week) => ({ label: formats.shortDay(week.from), now: week[what], lastYear: week.lastYear?.[what] ?? null })),
        { now: t('overview.this-year'), lastYear: t('overview.last-year'), none: t('figure.missing'), hidden: t('figure.hidden'), number: (value) => formats.number(value) },
        theme,
        reduced,
      ),
    [data, what, formats, t],
  );
  const gaps = data.weeks.filter((week) => week[what].is === 'suppressed').length;
  const share = what === 'enrolled' ? null : shareOf(data.now[what], data.now.enrolled);
  return (
    <Chart
      title={t(`overview.${what}`)}
      about={
        <>
          <p className="now">
            <strong>
              <FigureCell figure={data.now[what]} minimum={data.minimumGroup} />
            </strong>{' '}
            {what === 'enrolled' ? t('overview.learners') : share === null ? '' : t('overview.of', { n: word(data.now.enrolled), share: formats.percent(share) })}
          </p>
          {gaps > 0 && <p className="small">{t('overview.gaps', { count: gaps, n: data.minimumGroup })}</p>}
        </>
      }
      height={184}
      option={option}
      table={{
        head: [t('overview.week-of'), t('overview.this-year'), t('overview.last-year')],
        rows: data.weeks.map((week) => [formats.day(week.from), word(week[what]), word(week.lastYear?.[what])]),
      }}
    />
  );
} // prettier-ignore
