import { type AlertSummary, say } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';

/** How urgent an answer is, or what was already said. Colour marks urgency, never the child. */
export function Due({ alert, now }: { readonly alert: AlertSummary; readonly now: number }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  if (alert.status === 'snoozed' && alert.snoozedUntil) {
    return <span className="tag">{t('case.snoozed-until', { when: formats.shortDay(alert.snoozedUntil.slice(0, 10)) })}</span>;
  }
  if (alert.overdue) return <span className="tag urgent">{t('case.overdue', { when: formats.ago(alert.dueAt, now) })}</span>;
  if (alert.status === 'open') return <span className="tag new">{t('case.due', { when: formats.ago(alert.dueAt, now) })}</span>;
  return <span className="tag">{say(locale, `status.${alert.status}`)}</span>;
}
