import { type KnowledgeModel } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';

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
    <section className="card" aria-labelledby="knowledge-models-title">
      <h2 id="knowledge-models-title">{t('knowledge.title')}</h2>
      <p className="about">{t('knowledge.about')}</p>
      <div className="table-box" role="group" tabIndex={0} aria-labelledby="knowledge-models-title">
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
      </div>
    </section>
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
