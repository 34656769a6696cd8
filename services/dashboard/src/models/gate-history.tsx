import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';

/** What the gate and people decided, newest first, with the reason and what it rested on. */
export function GateHistory() {
  const { t } = useTranslation();
  const { formats } = useReader();
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
              <strong>{t(`gate.${outcome}`, { recipe })}</strong> <span className="muted">{by === 'gate' ? t('gate.by-gate') : t('gate.by-person')}</span>
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
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
} // prettier-ignore
