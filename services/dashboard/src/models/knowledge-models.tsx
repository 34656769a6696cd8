import { type KnowledgeModel } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { calibrationChart } from '../charts/calibration-chart.js';
import { type ChartTheme } from '../charts/theme.js';
import { Chart } from '../parts/chart.js';
import { Trouble } from '../parts/trouble.js';
import { TableBox } from '../parts/table-box.js';

/** Kinds that the catalogue of texts has a name for. */
const named = ['baseline', 'elo', 'bkt', 'best-lr', 'boosted'] as const;

/** What is known of learners comes from these: the model of each subject, what it was chosen by, and what it was set against. */
export function KnowledgeModels() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const models = useQuery({ queryKey: ['knowledge-models'], queryFn: ({ signal }) => client.models.knowledge(undefined, { signal }) });
  if (models.error) return <Trouble error={models.error} again={() => void models.refetch()} />;
  const items = models.data?.items ?? [];
  // Until enough was answered, plain ratings serve; there is nothing to judge yet, and the risk models above stand alone.
  if (items.length === 0) return null;
  return (
    <>
    <section className="card" aria-labelledby="knowledge-models-title">
      <h2 id="knowledge-models-title">{t('knowledge.title')}</h2>
      <p className="about">{t('knowledge.about')}</p>
      <TableBox labelledBy="knowledge-models-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('knowledge.subject')}</th>
              <th scope="col">{t('knowledge.model')}</th>
              <th scope="col" className="number">{t('knowledge.auc')}</th>
              <th scope="col" className="number">{t('knowledge.off')}</th>
              <th scope="col" className="number">{t('knowledge.judged')}</th>
            </tr>
          </thead>
          <tbody>{items.map(rows)}</tbody>
        </table>
      </TableBox>
    </section>
    {items.filter(({ reliability }) => reliability.length > 0).map((one) => (
      <Reliability key={one.model} model={one} subject={one.subject || t('knowledge.other')} kind={nameOf(one.kind)} />
    ))}
    </>
  );

  function rows({ subject, model, candidates, learners, answers }: KnowledgeModel) {
    return candidates.map(({ kind, chosen, auc, calibrationError, answers: judged }, at) => (
      <tr key={`${model} ${kind}`}>
        {at === 0 && (
          <th scope="rowgroup" rowSpan={candidates.length}>
            {subject || t('knowledge.other')}
            <span className="muted small"> {t('knowledge.from', { answers: formats.number(answers), learners: formats.number(learners) })}</span>
          </th>
        )}
        <td>
          {chosen ? <strong>{t('knowledge.in-use', { kind: nameOf(kind) })}</strong> : nameOf(kind)}
        </td>
        <td className="number">{auc === null ? '–' : formats.percent(auc, 1)}</td>
        <td className="number">{t('knowledge.points', { off: formats.number(100 * calibrationError, 1) })}</td>
        <td className="number">{formats.number(judged)}</td>
      </tr>
    ));
  }

  function nameOf(kind: string): string {
    const known = named.find((one) => one === kind);
    return known === undefined ? kind : t(`knowledge.kind-${known}`);
  }
} // prettier-ignore

/** Whether what a model foretold of later answers came true, as a chart with its table. */
function Reliability({ model: { reliability: bins }, subject, kind }: { readonly model: KnowledgeModel; readonly subject: string; readonly kind: string }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const option = useCallback(
    (theme: ChartTheme, reduced: boolean) =>
      calibrationChart(
        bins,
        {
          count: (bin) => formats.number(bin.n), predicted: t('model.predicted'), observed: t('model.observed'), ideal: t('model.ideal'), percent: (share) => formats.percent(share),
          bin: (bin) => t('knowledge.bin', { predicted: formats.percent(bin.predicted), observed: formats.percent(bin.observed), n: formats.number(bin.n) }),
        },
        theme,
        reduced,
      ),
    [bins, formats, t],
  );
  return (
    <Chart
      title={t('knowledge.reliability', { subject })}
      about={<p>{t('knowledge.reliability-about', { kind })}</p>}
      height={280}
      option={option}
      table={{
        head: [t('model.bin-title'), t('model.predicted'), t('model.observed'), t('knowledge.answers')],
        rows: bins.map((bin) => [`${formats.percent(bin.from)} – ${formats.percent(bin.to)}`, formats.percent(bin.predicted, 1), formats.percent(bin.observed, 1), formats.number(bin.n)]),
      }}
    />
  );
} // prettier-ignore
