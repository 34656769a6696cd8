import { valueInWords } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, isProblem } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { featureInWords } from '../learner/feature-words.js';
import { useAttributeName } from './gap-lines.js';
import { TableBox } from '../parts/table-box.js';

const mostNamed = 8;

/** What is watched while a model serves: its inputs, whom it names now by group, and what came of what it said. */
export function WatchView() {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const nameOf = useAttributeName();
  const inputs = useQuery({ queryKey: ['gate', 'inputs'], queryFn: ({ signal }) => client.gate.inputs({ query: { limit: 1 } }, { signal }) });
  const observed = useQuery({ queryKey: ['gate', 'observations'], queryFn: ({ signal }) => client.gate.observations({ query: { limit: 1 } }, { signal }) });
  const selection = useQuery({
    queryKey: ['selection'],
    // Before the first scoring there is none, which is no trouble.
    queryFn: ({ signal }) => client.audits.selection(undefined, { signal }).catch((error: unknown) => { if (isProblem(error, 'not-found')) return null; throw error; }),
  });
  const watch = inputs.data?.items[0];
  const outcome = observed.data?.items[0];
  return (
    <section className="card" aria-labelledby="watch-title">
      <h2 id="watch-title">{t('watch.title')}</h2>
      <h3>{t('watch.inputs')}</h3>
      {!watch && <p className="muted">{t('watch.no-inputs')}</p>}
      {watch?.moved.length === 0 && <p>{t('watch.steady', { compared: formats.number(watch.compared), when: formats.moment(watch.asOf) })}</p>}
      {watch && watch.moved.length > 0 && (
        <ul className="verdicts">
          {watch.moved.slice(0, mostNamed).map((shift) => (
            <li key={`${shift.class} ${shift.feature}`} data-tone="care">
              <span>{t('watch.moved', { feature: featureInWords(t, shift.feature), where: shift.course, index: formats.number(shift.stability, 2) })}</span>
            </li>
          ))}
          {watch.moved.length > mostNamed && <li data-tone="unknown"><span>{t('watch.more', { count: watch.moved.length - mostNamed })}</span></li>}
        </ul>
      )}
      {watch && watch.heldBack.length > 0 && <p className="notice">{t('watch.held-back', { count: watch.heldBack.length })}</p>}
      <h3>{t('watch.selection')}</h3>
      {!selection.data && !selection.isPending && <p className="muted">{t('watch.no-selection')}</p>}
      {selection.data && (
        <>
          <p className="about">{t('watch.selection-about')}</p>
          <TableBox label={t('watch.selection')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('audit.group')}</th>
                  <th scope="col" className="number">{t('audit.n')}</th>
                  <th scope="col" className="number">{t('watch.now')}</th>
                  <th scope="col" className="number">{t('watch.before')}</th>
                  <th scope="col" className="number">{t('watch.shift')}</th>
                </tr>
              </thead>
              <tbody>
                {[{ attribute: '', groups: [{ ...selection.data.overall, group: t('audit.all') }] }, ...selection.data.attributes].flatMap(({ attribute, groups }) =>
                  groups.map((group) => {
                    const { value, low, high } = group.shift;
                    const sure = low !== null && high !== null && (low > 0 || high < 0);
                    return (
                      <tr key={`${attribute} ${group.group}`}>
                        <th scope="row">{attribute === '' ? group.group : `${nameOf(attribute)}: ${valueInWords(locale, group.group)}`}</th>
                        <td className="number">{group.n === null ? <span className="suppressed" title={t('audit.withheld')}><span className="only-read">{t('audit.withheld')}</span></span> : formats.number(group.n)}</td>
                        <td className="number">{group.selectionRate.value === null ? '–' : formats.percent(group.selectionRate.value)}</td>
                        <td className="number">{group.before === null ? '–' : formats.percent(group.before)}</td>
                        <td className="number" data-how={sure ? 'worse' : undefined}>
                          {value === null ? '–' : formats.signed(100 * value, 1)}
                          {low !== null && high !== null && <span className="interval muted small">{t('audit.interval', { low: formats.signed(100 * low, 1), high: formats.signed(100 * high, 1) })}</span>}
                        </td>
                      </tr>
                    );
                  }),
                )}
              </tbody>
            </table>
          </TableBox>
        </>
      )}
      <h3>{t('watch.observed')}</h3>
      {!outcome && <p className="muted">{t('watch.no-observed')}</p>}
      {outcome && (
        <ul className="verdicts">
          {outcome.figures.map(({ name, observed: found, backtest, outside }) => (
            <li key={name} data-tone={outside ? 'care' : 'good'}>
              <span>{t(outside ? 'watch.outside' : 'watch.inside', { what: t(`watch.${name}`), observed: said(found.value), low: said(backtest?.low), high: said(backtest?.high) })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );

  function said(value: number | null | undefined): string {
    return value === null || value === undefined ? '–' : formats.number(value, 2);
  }
} // prettier-ignore
