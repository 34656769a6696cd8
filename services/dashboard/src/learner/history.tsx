import { actionInWords, type AlertStep } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';

/** What happened to the alert and what people did, newest first, told in words. What was taken back stays, struck through. */
export function History({ steps }: { readonly steps: readonly AlertStep[] }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const newest = [...steps].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">{t('history.title')}</h2>
      {newest.length === 0 && <p className="muted">{t('history.none')}</p>}
      <ol className="history">
        {newest.map((step) => (
          <li key={step.action}>
            <time dateTime={step.at} className="muted small">
              {formats.moment(step.at)}
            </time>
            <div>
              {step.withdrawn ? <s>{actionInWords(locale, step, formats.moment)}</s> : actionInWords(locale, step, formats.moment)}
              {step.withdrawn && <span className="muted"> {t('history.withdrawn')}</span>}
              {step.followUpOn && <span className="muted"> {t('case.follow-up', { when: formats.shortDay(step.followUpOn) })}</span>}
              {step.note && <blockquote>{step.note}</blockquote>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
