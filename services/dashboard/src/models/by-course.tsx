import { type CourseFigures } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { TableBox } from '../parts/table-box.js';

/** How a model did in each course, beside the rule: a good average may hide a course in which it is of no use. */
export function ByCourse({ courses }: { readonly courses: readonly CourseFigures[] }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  if (courses.length === 0) return null;
  const of100 = (share: number | null | undefined): string => (share === null || share === undefined ? '–' : formats.number(100 * share));
  return (
    <section className="card" aria-labelledby="by-course-title">
      <h2 id="by-course-title">{t('by-course.title')}</h2>
      <p className="about">{t('by-course.about')}</p>
      <TableBox labelledBy="by-course-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('by-course.course')}</th>
              <th scope="col" className="number">{t('by-course.learners')}</th>
              <th scope="col" className="number">{t('by-course.rate')}</th>
              <th scope="col" className="number">{t('by-course.right')}</th>
              <th scope="col" className="number">{t('by-course.rule')}</th>
              <th scope="col" className="number">{t('by-course.off')}</th>
            </tr>
          </thead>
          <tbody>{courses.map(row)}</tbody>
        </table>
      </TableBox>
    </section>
  );

  function row({ course, title, n, withheld, rate, metrics, rule }: CourseFigures) {
    const { precisionAt10: right, ece } = metrics;
    const before = rule?.precisionAt10?.value;
    const better = typeof before === 'number' && right?.low !== null && right?.low !== undefined && right.low > before;
    const worse = typeof before === 'number' && right?.high !== null && right?.high !== undefined && right.high < before;
    return (
      <tr key={course}>
        <th scope="row">{title}</th>
        <td className="number">
          {n === null ? <span className="suppressed" title={t('audit.withheld')}><span className="only-read">{t('audit.withheld')}</span></span> : formats.number(n)}
        </td>
        <td className="number">{of100(rate)}</td>
        {right === undefined ? (
          <td className="muted small" colSpan={3}>{withheld ? t('audit.withheld') : t('by-course.too-few')}</td>
        ) : (
          <>
            <td className="number" data-how={better ? 'better' : worse ? 'worse' : undefined}>
              {of100(right.value)}
              {right.low !== null && right.high !== null && <span className="interval muted small">{t('audit.interval', { low: of100(right.low), high: of100(right.high) })}</span>}
            </td>
            <td className="number">{of100(before)}</td>
            <td className="number">{ece?.value === null || ece?.value === undefined ? '–' : formats.number(100 * ece.value, 1)}</td>
          </>
        )}
      </tr>
    );
  }
} // prettier-ignore
