import { type GateDecision } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { weeksOfGate } from './gate-weeks.js';
import { useRecipeName } from './recipe-name.js';
import { TableBox } from '../parts/table-box.js';

/** How the newest recipe and what it was set against did at each week of a course: early in a term little is known, and it shows. */
export function ByWeek() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const recipeName = useRecipeName();
  const decisions = useQuery({ queryKey: ['gate', 'decisions', 'weeks'], queryFn: ({ signal }) => client.gate.decisions({ query: { limit: 100 } }, { signal }) });
  const weeks = weeksOfGate(decisions.data?.items ?? []);
  if (weeks.length === 0) return null;
  const of100 = (share: number): string => formats.number(100 * share);
  return (
    <section className="card" aria-labelledby="by-week-title">
      <h2 id="by-week-title">{t('by-week.title')}</h2>
      <p className="about">{t('by-week.about')}</p>
      <TableBox labelledBy="by-week-title">
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">{t('by-week.week')}</th>
              <th scope="col">{t('by-week.recipe')}</th>
              <th scope="col" className="number">{t('by-week.right')}</th>
              <th scope="col" className="number">{t('by-week.against')}</th>
              <th scope="col" className="number">{t('by-week.difference')}</th>
              <th scope="col" className="number">{t('by-week.named')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ week, decision }) => row(week, decision))}
          </tbody>
        </table>
      </TableBox>
    </section>
  );

  function row(week: number, { recipe, evidence }: GateDecision) {
    const { precision, against, selected, rows } = evidence!;
    const { candidate, present, difference } = precision!;
    const sure = difference.low > 0 ? 'better' : difference.high < 0 ? 'worse' : undefined;
    return (
      <tr key={week}>
        <th scope="row" className="number">{formats.number(week)}</th>
        <td>{recipeName(recipe)}</td>
        <td className="number">{of100(candidate)}</td>
        <td className="number">{of100(present)} {against && <span className="muted small">({recipeName(against.recipe)})</span>}</td>
        <td className="number" data-how={sure}>
          {formats.signed(100 * difference.value, 1)}
          <span className="interval muted small">{t('audit.interval-signed', { low: formats.signed(100 * difference.low, 1), high: formats.signed(100 * difference.high, 1) })}</span>
        </td>
        <td className="number">{t('by-week.of', { named: formats.number(selected), all: formats.number(rows) })}</td>
      </tr>
    );
  }
} // prettier-ignore
