import { type Observation, valueInWords } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, isProblem } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { featureInWords } from '../learner/feature-words.js';
import { useAttributeName } from './gap-lines.js';
import { useRecipeName } from './recipe-name.js';
import { TableBox } from '../parts/table-box.js';

const mostNamed = 8;
/** A run watches and observes once for each week of open classes, and for each model that served; more are not asked for. */
const most = 20;

/** Of facts, newest first, those of the latest run. */
const ofLatestRun = <Fact extends { readonly asOf: string }>(facts: readonly Fact[] | undefined): readonly Fact[] =>
  (facts ?? []).filter(({ asOf }) => asOf === facts![0]!.asOf);

/** What is watched while a model serves: its inputs, whom it names now by group, and what came of what it said. */
export function WatchView() {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const nameOf = useAttributeName();
  const inputs = useQuery({ queryKey: ['gate', 'inputs'], queryFn: ({ signal }) => client.gate.inputs({ query: { limit: most } }, { signal }) });
  const observed = useQuery({ queryKey: ['gate', 'observations'], queryFn: ({ signal }) => client.gate.observations({ query: { limit: most } }, { signal }) });
  const selection = useQuery({
    queryKey: ['selection'],
    // Before the first scoring there is none, which is no trouble.
    queryFn: ({ signal }) => client.audits.selection(undefined, { signal }).catch((error: unknown) => { if (isProblem(error, 'not-found')) return null; throw error; }),
  });
  const watched = ofLatestRun(inputs.data?.items);
  const moved = watched.flatMap((one) => one.moved).sort((a, b) => b.weight * b.stability - a.weight * a.stability);
  const heldBack = watched.reduce((sum, one) => sum + one.heldBack.length, 0);
  const outcomes = ofLatestRun(observed.data?.items);
  return (
    <section className="card" aria-labelledby="watch-title">
      <h2 id="watch-title">{t('watch.title')}</h2>
      <h3>{t('watch.inputs')}</h3>
      {!watched[0] && <p className="muted">{t('watch.no-inputs')}</p>}
      {watched[0] && moved.length === 0 && <p>{t('watch.steady', { compared: formats.number(watched.reduce((sum, one) => sum + one.compared, 0)), when: formats.moment(watched[0].asOf) })}</p>}
      {moved.length > 0 && (
        <ul className="verdicts">
          {moved.slice(0, mostNamed).map((shift) => (
            <li key={`${shift.class} ${shift.course} ${shift.feature}`} data-tone="care">
              <span>{t('watch.moved', { feature: featureInWords(t, shift.feature), where: shift.title, index: formats.number(shift.stability, 2) })}</span>
            </li>
          ))}
          {moved.length > mostNamed && <li data-tone="unknown"><span>{t('watch.more', { count: moved.length - mostNamed })}</span></li>}
        </ul>
      )}
      {heldBack > 0 && <p className="notice">{t('watch.held-back', { count: heldBack })}</p>}
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
                          {low !== null && high !== null && <span className="interval muted small">{t('audit.interval-signed', { low: formats.signed(100 * low, 1), high: formats.signed(100 * high, 1) })}</span>}
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
      {outcomes.length === 0 && <p className="muted">{t('watch.no-observed')}</p>}
      {outcomes.map((outcome) => (
        <Outcome key={outcome.id} outcome={outcome} />
      ))}
    </section>
  );
} // prettier-ignore

/** What one model said of classes that have ended, against what came: on the whole beside its backtest, and by group. */
function Outcome({ outcome }: { readonly outcome: Observation }) {
  const recipeName = useRecipeName();
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const nameOf = useAttributeName();
  return (
    <>
      <h4>{t('watch.of', { recipe: recipeName(outcome.recipe), classes: t('models.classes', { count: outcome.classes.length }), rows: formats.number(outcome.rows), named: formats.number(outcome.named) })}</h4>
      <ul className="verdicts">
        {outcome.figures.map(({ name, observed: found, backtest, outside }) => (
          <li key={name} data-tone={backtest === null ? 'unknown' : outside ? 'care' : 'good'}>
            <span>{t(backtest === null ? 'watch.alone' : outside ? 'watch.outside' : 'watch.inside', { what: t(`watch.${name}`), observed: said(name, found.value), low: said(name, backtest?.low), high: said(name, backtest?.high) })}</span>
          </li>
        ))}
      </ul>
      {outcome.groups.length > 0 && (
        <TableBox label={t('watch.by-group')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('audit.group')}</th>
                <th scope="col" className="number">{t('watch.scores')}</th>
                <th scope="col" className="number">{t('audit.ppv')}</th>
                <th scope="col" className="number">{t('watch.missed')}</th>
                <th scope="col" className="number">{t('watch.off')}</th>
              </tr>
            </thead>
            <tbody>
              {outcome.groups.map(({ attribute, group, n, figures }) => (
                <tr key={`${attribute} ${group}`}>
                  <th scope="row">{`${nameOf(attribute)}: ${valueInWords(locale, group)}`}</th>
                  <td className="number">{formats.number(n)}</td>
                  {(['precision', 'falseNegativeRate', 'calibrationGap'] as const).map((name) => {
                    const { value = null, low = null, high = null } = figures?.[name] ?? {};
                    const shown = (share: number) => (name === 'calibrationGap' ? formats.signed(100 * share, 1) : formats.number(100 * share));
                    return (
                      <td key={name} className="number">
                        {value === null ? '–' : shown(value)}
                        {low !== null && high !== null && <span className="interval muted small">{t(name === 'calibrationGap' ? 'audit.interval-signed' : 'audit.interval', { low: shown(low), high: shown(high) })}</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
      {outcome.withheld > 0 && <p className="muted small after-table">{t('watch.withheld', { count: outcome.withheld })}</p>}
    </>
  );

  /** Shares as percentages, which people read; a log loss is none. */
  function said(name: Observation['figures'][number]['name'], value: number | null | undefined): string {
    if (value === null || value === undefined) return '–';
    return name === 'logLoss' ? formats.number(value, 2) : formats.percent(value, name === 'calibrationGap' ? 1 : 0);
  }
} // prettier-ignore
