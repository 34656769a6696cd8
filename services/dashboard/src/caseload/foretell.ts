import { type AlertSummary, type PersonName } from '@pharos/contract';

/** What a person does to an alert, without the version that they saw. */
export type Act =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'assign'; readonly to: string }
  | { readonly do: 'intervene'; readonly intervention: string; readonly title: string; readonly followUpOn: string | null; readonly note?: string }
  | { readonly do: 'snooze'; readonly until: string }
  | { readonly do: 'override'; readonly reason: 'already-supported' | 'circumstances-known' | 'data-wrong' | 'not-helpful' | 'other'; readonly note?: string }
  | { readonly do: 'resolve'; readonly code: 'helped' | 'resolved-itself' | 'not-needed' | 'left-school' | 'other'; readonly note?: string }
  | { readonly do: 'note'; readonly note: string }; // prettier-ignore

/**
 * What an alert will be once the server has taken the act, so that the page answers at once. The server's answer replaces it.
 *
 * @param at now, ISO 8601
 */
export function foretell<Alert extends AlertSummary>(alert: Alert, act: Act, by: PersonName, at: string): Alert {
  switch (act.do) {
    case 'acknowledge':
      return { ...alert, status: 'acknowledged', overdue: false };
    case 'assign':
      return { ...alert, counselor: { token: act.to, name: null } };
    case 'intervene': {
      const { intervention, title, followUpOn } = act;
      const status = alert.status === 'open' ? 'acknowledged' : alert.status;
      return { ...alert, status, overdue: false, lastContact: { at, by, intervention, title, followUpOn } };
    }
    case 'snooze':
      return { ...alert, status: 'snoozed', snoozedUntil: act.until };
    case 'override':
      return { ...alert, status: 'overridden' };
    case 'resolve':
      return { ...alert, status: 'resolved' };
    case 'note':
      return alert;
    default:
      return act satisfies never;
  }
}

/** Whether an alert still belongs into a list that shows these; an act can take it out of sight. */
export function belongs(
  alert: Pick<AlertSummary, 'status' | 'overdue'>,
  show: 'active' | 'overdue' | 'snoozed' | 'closed' | 'all',
): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'active':
      return alert.status === 'open' || alert.status === 'acknowledged';
    case 'overdue':
      return alert.overdue && (alert.status === 'open' || alert.status === 'acknowledged');
    case 'snoozed':
      return alert.status === 'snoozed';
    case 'closed':
      return alert.status === 'resolved' || alert.status === 'overridden';
    default:
      return show satisfies never;
  }
}
