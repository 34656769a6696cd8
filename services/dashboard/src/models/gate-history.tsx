import { valueInWords } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';
import { useAttributeName } from './gap-lines.js';
import { useRecipeName } from './recipe-name.js';

/** Rates that audits test, and gates fail models for. */
type Tested = 'selectionRate' | 'tpr' | 'fpr' | 'ppv';

/** What the gate and people decided, newest first, with the reason and what it rested on. */
export function GateHistory() {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const nameOf = useAttributeName();
  const recipeName = useRecipeName();
  const decisions = useQuery({ queryKey: ['gate', 'decisions'], queryFn: ({ signal }) => client.gate.decisions({ query: { limit: 20 } }, { signal }) });
  if (decisions.error && !decisions.data) return <Trouble error={decisions.error} again={() => void decisions.refetch()} />;
  if (!decisions.data || decisions.data.items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="gate-title">
      <h2 id="gate-title">{t('gate.title')}</h2>
      <p className="about">{t('gate.about')}</p>
      <ol className="history">
        {decisions.data.items.map(({ id, at, recipe, outcome, by, reason, evidence }) => (
          <li key={id}>
            <time dateTime={at} className="muted small">{formats.moment(at)}</time>
            <div>
              <strong>{t(`gate.${outcome}`, { recipe: recipeName(recipe) })}</strong> <span className="muted">{by === 'gate' ? t('gate.by-gate') : t('gate.by-person')}</span>
              {evidence && <span className="tag verdict-tag">{t(`gate.verdict-${evidence.verdict}`)}</span>}
              {/* What the gate found is said by the tag and the figures; a person's reason is theirs. */}
              {(by !== 'gate' || !evidence) && <blockquote>{reason}</blockquote>}
              {evidence?.precision && (
                <p className="muted small">
                  {t('gate.precision', {
                    candidate: formats.number(100 * evidence.precision.candidate), present: formats.number(100 * evidence.precision.present),
                    low: formats.signed(100 * evidence.precision.difference.low, 1), high: formats.signed(100 * evidence.precision.difference.high, 1), selected: formats.number(evidence.selected),
                  })}
                </p>
              )}
              {evidence?.logLoss && evidence.logLoss.difference.high > evidence.logLoss.margin && (
                <p className="muted small">{t('gate.log-loss', { high: formats.signed(evidence.logLoss.difference.high, 3), margin: formats.number(evidence.logLoss.margin, 3) })}</p>
              )}
              {evidence?.budget && (
                <p className="muted small">
                  {t('gate.budget', { attempt: formats.number(evidence.budget.attempt), total: formats.percent(evidence.budget.total), level: formats.percent(evidence.budget.level, 2), p: formats.percent(evidence.budget.pValue, 2) })}
                  {(evidence.budget.contenders ?? 1) > 1 && <> {t('gate.contenders', { count: evidence.budget.contenders })}</>}
                </p>
              )}
              {evidence?.fairness && evidence.fairness.failures.length > 0 && (
                <ul className="verdicts">
                  {evidence.fairness.failures.map(({ attribute, group, metric, per100, presentPer100 }) => (
                    <li key={`${attribute} ${group} ${metric}`} data-tone="care">
                      <span>{t('gate.failure', { group: `${nameOf(attribute)}: ${valueInWords(locale, group)}`, metric: t(`gate.failure-${metric as Tested}`), per100: formats.number(per100), present: presentPer100 === null ? '–' : formats.number(presentPer100), limit: formats.number(evidence.fairness!.limitPer100) })}</span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
} // prettier-ignore
