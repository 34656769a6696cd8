import { attributeInWords, type AuditAttribute, type AuditTest, valueInWords } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { TableBox } from '../parts/table-box.js';

const gaps = ['equalOpportunityDifference', 'demographicParityDifference', 'equalizedOddsDifference'] as const;

/** Gaps of an attribute beside what chance alone would show, and the smallest gap that so many learners could have shown. */
export function GapLines({ attribute, tests }: { readonly attribute: AuditAttribute; readonly tests: readonly AuditTest[] }) {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const of100 = (share: number): string => formats.number(100 * share, 1);
  const own = tests.filter((test) => test.attribute === attribute.attribute && test.metric === 'tpr');
  const smallest = own.length === 0 ? null : Math.max(...own.map((test) => test.smallestGapInFamily ?? test.smallestGap));
  const widest = attribute.abroca.filter((pair) => pair.value !== null).sort((a, b) => b.value! - a.value!)[0];
  return (
    <>
      <TableBox label={t('audit.gaps')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('audit.gap')}</th>
              <th scope="col" className="number">{t('audit.gap-seen')}</th>
              <th scope="col" className="number">{t('audit.gap-chance')}</th>
              <th scope="col" className="number">{t('audit.gap-extreme')}</th>
            </tr>
          </thead>
          <tbody>
            {gaps.map((name) => {
              const gap = attribute.gaps[name];
              if (!gap) return null;
              const beyond = gap.value !== null && gap.chance !== null && gap.value > gap.chance.extreme;
              return (
                <tr key={name}>
                  <th scope="row">{t(`audit.${name}`)}</th>
                  <td className="number" data-how={beyond ? 'worse' : undefined}>
                    {gap.value === null ? <span className="missing" title={t('audit.withheld')}>–</span> : of100(gap.value)}
                    {gap.low !== null && gap.high !== null && <span className="interval muted small">{t('audit.interval', { low: of100(gap.low), high: of100(gap.high) })}</span>}
                  </td>
                  <td className="number">{gap.chance ? of100(gap.chance.median) : '–'}</td>
                  <td className="number">{gap.chance ? of100(gap.chance.extreme) : '–'}</td>
                </tr>
              );
            })}
            {widest && (
              <tr>
                <th scope="row">{t('audit.abroca', { one: valueInWords(locale, widest.groups[0]), other: valueInWords(locale, widest.groups[1]) })}</th>
                <td className="number" data-how={widest.chance && widest.value! > widest.chance.extreme ? 'worse' : undefined}>{of100(widest.value!)}</td>
                <td className="number">{widest.chance ? of100(widest.chance.median) : '–'}</td>
                <td className="number">{widest.chance ? of100(widest.chance.extreme) : '–'}</td>
              </tr>
            )}
          </tbody>
        </table>
      </TableBox>
      {smallest !== null && <p className="muted small after-table">{t('audit.smallest', { gap: of100(smallest) })}</p>}
    </>
  );
} // prettier-ignore

/** An attribute's name as the page says it. */
export const useAttributeName = (): ((attribute: string) => string) => {
  const { locale } = useReader();
  return (attribute) => {
    const said = attributeInWords(locale, attribute);
    return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1);
  };
};
