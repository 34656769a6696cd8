import { type AlertCase, type AlertDelivery, type AlertPolicy, type Webhook } from '@pharos/registry';
import { afterQuiet, nextDigest } from './quiet-hours.js';

export type PlannedDelivery = Pick<AlertDelivery, 'alert' | 'channel' | 'target' | 'raise' | 'nextAttemptAt'>;
export type DeliveredFact = 'AlertRaised' | 'AlertReopened' | 'AlertReleased';

export interface PlanFor {
  readonly alert: AlertCase;
  readonly because: DeliveredFact;
  /** When that happened (ISO 8601). */
  readonly since: string;
  readonly policy: Pick<AlertPolicy, 'delivery' | 'quietHours'>;
  readonly webhooks: readonly Webhook[];
  readonly timeZone: string;
  readonly now: Date;
}

// Releasing a held alert is when it is first told; who asked for raised ones wants to hear of it.
// A webhook hears of what happens after it was made: a log that is read again must not tell it the past.
const wants = (hook: Webhook, because: DeliveredFact, since: string): boolean =>
  hook.active &&
  hook.createdAt.getTime() <= Date.parse(since) &&
  (hook.events.includes('*') || hook.events.includes(because === 'AlertReopened' ? because : 'AlertRaised'));

/**
 * To whom an alert is told, how and when. Nobody is told of an alert that is held or closed. Machines have no quiet hours;
 * people have, in the tenant's time zone.
 */
export function planDeliveries({ alert, because, since, policy, webhooks, timeZone, now }: PlanFor): readonly PlannedDelivery[] {
  const { status, assignee } = alert.standing;
  if (alert.heldFor !== null || status === 'resolved' || status === 'overridden') return [];
  const base = { alert: alert.alert, raise: alert.raise };
  const hooks = webhooks
    .filter((hook) => wants(hook, because, since))
    .map(({ id }) => ({ ...base, channel: 'webhook' as const, target: id, nextAttemptAt: now }));
  if (assignee === null || policy.delivery === 'none') return hooks;
  const mail =
    policy.delivery === 'at-once'
      ? { ...base, channel: 'mail' as const, target: assignee, nextAttemptAt: afterQuiet(now, policy.quietHours, timeZone) }
      : { ...base, channel: 'digest' as const, target: assignee, nextAttemptAt: nextDigest(now, policy.quietHours, timeZone) };
  return [...hooks, mail];
}
