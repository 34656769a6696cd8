import { type Figure, type Overview } from '@pharos/contract';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_text,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type OverviewSearch } from '../app/addresses.js';
import { shareOf, valueOf } from '../app/format.js';
import { placesFor } from '../app/places.js';
import { useReader } from '../app/reader.js';
import { csvOf, download } from '../parts/csv.js';
import { FigureCell } from '../parts/figure.js';
import { Sparkline } from '../parts/sparkline-view.js';
import { readSort, writeSort } from './sort.js';
import { TableBox } from '../parts/table-box.js';

type Row = Overview['rows'][number];

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns: { text: sortFn_text } });
const column = createColumnHelper<typeof features, Row>();
/** What is not a number sorts last, whichever way. */
const number = (figure: Figure): number | undefined => valueOf(figure) ?? undefined;
const numeric = { sortUndefined: 'last', sortDescFirst: true } as const;
const columns = column.columns([
  column.accessor('title', { id: 'title', sortFn: 'text' }),
  column.accessor((row) => number(row.enrolled), { id: 'enrolled', ...numeric }),
  column.accessor((row) => shareOf(row.active, row.enrolled) ?? undefined, { id: 'active', ...numeric }),
  column.accessor((row) => shareOf(row.atRisk, row.enrolled) ?? undefined, { id: 'atRisk', ...numeric }),
  column.accessor((row) => number(row.change), { id: 'change', ...numeric }),
  column.accessor((row) => number(row.handedIn), { id: 'handedIn', ...numeric }),
  column.accessor((row) => number(row.attendance), { id: 'attendance', ...numeric }),
]);
const ids = ['title', 'enrolled', 'active', 'atRisk', 'change', 'handedIn', 'attendance'] as const;
const usual: SortingState = [{ id: 'atRisk', desc: true }];

/** Schools, courses or classes, each with how its share at risk went; a row leads to what stands behind it. */
export function OverviewTable({ data, search }: { readonly data: Overview; readonly search: OverviewSearch }) {
  const { t } = useTranslation();
  const { session, formats } = useReader();
  const navigate = useNavigate();
  const sorting = useMemo(() => readSort(search.sort, ids) ?? usual, [search.sort]);
  const table = useTable({
    features,
    columns,
    data: data.rows,
    getRowId: (row: Row) => row.id,
    state: { sorting },
    enableSortingRemoval: false,
    onSortingChange: (change) => {
      const next = typeof change === 'function' ? change(sorting) : change;
      void navigate({ to: '/overview', search: { ...search, sort: writeSort(next) }, replace: true });
    },
  });
  const toLearners = placesFor(session.roles).some((place) => place.to === '/learners');
  const minimum = data.minimumGroup;
  const percent = (value: number) => formats.percent(value);
  const word = (figure: Figure) => (figure.is === 'value' ? String(figure.value) : figure.is);
  const takeAway = () =>
    download('overview.csv', csvOf(
      ids.map((id) => t(`column.${id}`)),
      table.getRowModel().rows.map(({ original: row }) => [row.title, word(row.enrolled), word(row.active), word(row.atRisk), word(row.change), word(row.handedIn), word(row.attendance)]),
    ));
  const below = (row: Row) => {
    if (row.level === 'class') return toLearners && row.learnersShown ? <Link to="/learners" search={{ class: row.id }}>{row.title}</Link> : row.title;
    const { sort: _, by: __, ...kept } = search;
    const next: OverviewSearch = row.level === 'school' ? { ...kept, school: row.id, by: 'course' } : { ...kept, course: row.id, by: 'class' };
    return <Link to="/overview" search={next}>{row.title}</Link>;
  };
  const part = (figure: Figure, row: Row) => {
    const share = shareOf(figure, row.enrolled);
    return (
      <>
        <FigureCell figure={figure} minimum={minimum} />
        {share !== null && <span className="share muted">{percent(share)}</span>}
      </>
    );
  };
  return (
    <section className="card" aria-labelledby="places-title">
      <div className="card-head">
        <h2 id="places-title">{t(`level.where-${data.by}`)}</h2>
        <button type="button" className="link small" onClick={takeAway}>
          {t('chart.csv')}
        </button>
      </div>
      <TableBox labelledBy="places-title">
        <table className="places-table">
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted();
                  const name = ids.find((id) => id === header.column.id)!;
                  return (
                    <th key={header.id} scope="col" className={name === 'title' ? undefined : 'number'} aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}>
                      <button type="button" onClick={header.column.getToggleSortingHandler()}>
                        {name === 'title' ? t(`level.one-${data.by}`) : t(`column.${name}`)}
                        <span aria-hidden="true">{sorted === 'asc' ? '↑' : sorted === 'desc' ? '↓' : ''}</span>
                      </button>
                    </th>
                  );
                })}
                <th scope="col">{t('column.weeks')}</th>
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map(({ id, original: row }) => {
              const change = valueOf(row.change) ?? 0;
              return (
                <tr key={id}>
                  <th scope="row">{below(row)}</th>
                  <td className="number"><FigureCell figure={row.enrolled} minimum={minimum} /></td>
                  <td className="number">{part(row.active, row)}</td>
                  <td className="number">{part(row.atRisk, row)}</td>
                  <td className="number" data-how={change > 0 ? 'worse' : change < 0 ? 'better' : undefined}>
                    <FigureCell figure={row.change} minimum={minimum} show={(value) => formats.signed(value)} />
                  </td>
                  <td className="number"><FigureCell figure={row.handedIn} minimum={minimum} show={percent} /></td>
                  <td className="number"><FigureCell figure={row.attendance} minimum={minimum} show={percent} /></td>
                  <td>{row.atRisk.is === 'value' && <Sparkline figures={row.weeks.map((week) => week.atRisk)} label={t('overview.spark', { what: row.title })} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableBox>
    </section>
  );
} // prettier-ignore
