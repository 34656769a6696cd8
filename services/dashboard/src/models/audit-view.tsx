import { type AuditFindings, valueInWords } from '@pharos/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { csvOf, download } from '../parts/csv.js';
import { GapLines, useAttributeName } from './gap-lines.js';
import { IntervalPlot } from './interval-plot.js';
import { TableBox } from '../parts/table-box.js';

const shown = ['tpr', 'selectionRate', 'fpr', 'ppv', 'baseRate'] as const;
const plotted = ['tpr', 'selectionRate', 'fpr', 'ppv'] as const;
const calibration = ['auc', 'calibrationSlope', 'calibrationIntercept'] as const;
const taken = [...shown, ...calibration, 'brier', 'ece'] as const;

interface View {
  readonly audit: AuditFindings;
  readonly attribute: string | undefined;
  readonly onChoose: (attribute: string) => void;
}

/** How the model treats the groups of one attribute: intervals, gaps beside chance, calibration and lead time. Too few to judge is said. */
export function AuditView({ audit, attribute, onChoose }: View) {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const nameOf = useAttributeName();
  const [metric, setMetric] = useState<(typeof plotted)[number]>('tpr');
  const all = [...audit.attributes, ...audit.intersections];
  const chosen = all.find((one) => one.attribute === attribute) ?? audit.attributes[0];
  const groups = chosen ? [...chosen.groups, { ...audit.overall, group: t('audit.all') }] : [];
  const lead = audit.leadTimes?.attributes.find((one) => one.attribute === chosen?.attribute);
  const takeAway = () =>
    download('audit.csv', csvOf(
      ['attribute', 'group', 'n', ...taken.flatMap((name) => [name, `${name}_low`, `${name}_high`])],
      all.flatMap((one) => one.groups.map((group) => [one.attribute, group.group, String(group.n ?? ''), ...taken.flatMap((name) => {
        const found = group.metrics[name];
        return [found?.value, found?.low, found?.high].map((value) => String(value ?? ''));
      })])),
    ));
  return (
    <section className="card" aria-labelledby="audit-title">
      <div className="card-head">
        <h2 id="audit-title">{t('audit.title')}</h2>
        <button type="button" className="link small" onClick={takeAway}>
          {t('chart.csv')}
        </button>
      </div>
      <p className="about">{t('audit.about', { threshold: formats.percent(audit.threshold), level: formats.percent(audit.settings.level), minimum: audit.settings.minimumGroup })}</p>
      <div className="audit-choices">
        <select aria-label={t('audit.attribute')} className="fit" value={chosen?.attribute} onChange={(event) => onChoose(event.target.value)}>
          <optgroup label={t('audit.attribute')}>
            {audit.attributes.map((one) => <option key={one.attribute} value={one.attribute}>{nameOf(one.attribute)}</option>)}
          </optgroup>
          {audit.intersections.length > 0 && (
            <optgroup label={t('audit.crossed')}>
              {audit.intersections.map((one) => <option key={one.attribute} value={one.attribute}>{nameOf(one.attribute)}</option>)}
            </optgroup>
          )}
        </select>
        <div className="segments" role="group" aria-label={t('audit.metric')}>
          {plotted.map((name) => (
            <button key={name} type="button" aria-pressed={name === metric} onClick={() => setMetric(name)}>
              {t(`audit.${name}-short`)}
            </button>
          ))}
        </div>
      </div>
      {chosen && <IntervalPlot groups={chosen.groups} metric={metric} whole={audit.overall.metrics[metric]?.value ?? null} title={t('audit.plot', { what: t(`audit.${metric}`), attribute: nameOf(chosen.attribute) })} />}
      {chosen && <GapLines attribute={chosen} tests={audit.tests} />}
      <TableBox labelledBy="audit-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('audit.group')}</th>
              <th scope="col" className="number">{t('audit.n')}</th>
              {shown.map((name) => <th key={name} scope="col" className="number">{t(`audit.${name}`)}</th>)}
              {calibration.map((name) => <th key={name} scope="col" className="number">{t(`audit.${name}`)}</th>)}
              {lead && <th scope="col" className="number">{t('audit.lead')}</th>}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.group}>
                <th scope="row">{valueInWords(locale, group.group)}</th>
                <td className="number">{group.n === null ? <span className="suppressed" title={t('audit.withheld')}><span className="only-read">{t('audit.withheld')}</span></span> : formats.number(group.n)}</td>
                {group.judged ? (
                  <>
                    {[...shown, ...calibration].map((name) => {
                      const { value = null, low = null, high = null } = group.metrics[name] ?? {};
                      const share = shown.some((one) => one === name);
                      const said = (number: number) => (share ? formats.number(100 * number) : formats.number(number, 2));
                      return (
                        <td key={name} className="number">
                          {value === null ? <span className="missing" title={t('audit.withheld')}>–</span> : share ? formats.percent(value) : formats.number(value, 2)}
                          {low !== null && high !== null && <span className="interval muted small">{t('audit.interval', { low: said(low), high: said(high) })}</span>}
                        </td>
                      );
                    })}
                    {lead && <td className="number">{weeksOf(group.group)}</td>}
                  </>
                ) : (
                  <td colSpan={shown.length + calibration.length + (lead ? 1 : 0)} className="muted">{t('audit.too-few')}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {chosen && chosen.pooled.length > 0 && <p className="muted small after-table">{t('audit.pooled', { groups: formats.list(chosen.pooled.map((one) => valueInWords(locale, one))) })}</p>}
      {typeof chosen?.roundedTo === 'number' && <p className="muted small">{t('audit.rounded', { step: formats.number(100 * chosen.roundedTo) })}</p>}
      <p className="muted small">{t('audit.family', { count: audit.tests.length, permutations: formats.number(audit.settings.permutations), alpha: formats.percent(audit.settings.alpha) })}</p>
    </section>
  );

  function weeksOf(group: string): string {
    const weeks = lead?.groups.find((one) => one.group === group)?.weeks.value ?? (group === t('audit.all') ? audit.leadTimes?.overall.weeks.value : null);
    return weeks === null || weeks === undefined ? '–' : formats.number(weeks, 1);
  }
} // prettier-ignore
