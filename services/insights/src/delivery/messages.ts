import { localeOf, say } from '@pharos/contract';
import { type AlertCase, type AlertDelivery, type LevelTold, type NudgeTold } from '@pharos/registry';
import { DateTime } from 'luxon';

/** Where a person reads an alert. The link names nobody: whoever opens it has to sign in. */
export const alertLink = (publicUrl: string, alert: string): string =>
  `${publicUrl.replace(/\/$/, '')}/alerts/${encodeURIComponent(alert)}`;

/** Body of a webhook. No identity is in it, nor a token: the alert's id, when an answer is due, and a link. */
export function webhookBody(delivery: AlertDelivery, alert: AlertCase, publicUrl: string, now: Date): string {
  return JSON.stringify({
    id: delivery.id,
    type: delivery.raise > 1 ? 'AlertReopened' : 'AlertRaised',
    at: now.toISOString(),
    data: {
      alert: alert.alert,
      school: alert.latest.school,
      term: alert.latest.term,
      target: alert.latest.target,
      dueAt: alert.latest.dueAt,
      link: alertLink(publicUrl, alert.alert),
    },
  });
}

export interface Message {
  readonly subject: string;
  readonly text: string;
}

/** The mail about one alert, in the reader's language. It names nobody. */
export function alertMail(
  alert: AlertCase,
  about: { readonly locale: string; readonly timeZone: string; readonly publicUrl: string },
): Message {
  const locale = localeOf(about.locale);
  const due = DateTime.fromISO(alert.latest.dueAt, { zone: about.timeZone }).setLocale(locale).toLocaleString(DateTime.DATE_FULL);
  const body = say(locale, 'mail.alert.body', { link: alertLink(about.publicUrl, alert.alert), due });
  return { subject: say(locale, 'mail.alert.subject'), text: `${body}\n\n${say(locale, 'mail.footer')}\n` };
}

const modelsLink = (publicUrl: string): string => `${publicUrl.replace(/\/$/, '')}/models`;

/** Body of a webhook about a model: which fact says so, and where to read of it. */
export function concernBody(delivery: AlertDelivery, publicUrl: string, now: Date): string {
  return JSON.stringify({
    id: delivery.id,
    type: 'ModelConcern',
    at: now.toISOString(),
    data: { observation: delivery.alert, link: modelsLink(publicUrl) },
  });
}

/** Body of a webhook about a level: the learner by token, never by name; ask for mastery to know more. */
export function levelBody({ id, told }: Pick<AlertDelivery, 'id'> & { readonly told: LevelTold }, now: Date): string {
  return JSON.stringify({ id, type: 'LevelChanged', at: now.toISOString(), data: told });
}

/** Where a learner finds what to do next. The link names nobody. */
const myLink = (publicUrl: string): string => `${publicUrl.replace(/\/$/, '')}/me`;

/** Body of a webhook that tells a learner something: the learner by token, the reason, a link; never a name. */
export function nudgeBody({ id, told }: Pick<AlertDelivery, 'id'> & { readonly told: NudgeTold }, publicUrl: string, now: Date): string {
  return JSON.stringify({ id, type: 'NudgeDecided', at: now.toISOString(), data: { ...told, link: myLink(publicUrl) } });
}

/** A word to a learner, in their language: why, and a link. No name, and nothing of what they know: others may read over their shoulder. */
export function nudgeMail({ reason: code }: NudgeTold, about: { readonly locale: string; readonly publicUrl: string }): Message {
  const locale = localeOf(about.locale);
  // Texts choose by a word without a hyphen: `review`, `goal`, and else the pause.
  const [reason = code] = code.split('-');
  const body = say(locale, 'mail.nudge.body', { reason, link: myLink(about.publicUrl) });
  return { subject: say(locale, 'mail.nudge.subject', { reason }), text: `${body}\n\n${say(locale, 'mail.nudge.footer')}\n` };
}

/** The mail to an admin about a model that left what its backtest had promised. */
export function concernMail(about: { readonly locale: string; readonly publicUrl: string }): Message {
  const locale = localeOf(about.locale);
  return {
    subject: say(locale, 'mail.concern.subject'),
    text: `${say(locale, 'mail.concern.body', { link: modelsLink(about.publicUrl) })}\n`,
  };
}

const platformsLink = (publicUrl: string): string => `${publicUrl.replace(/\/$/, '')}/platforms`;

/** Body of a webhook about a source of data that fell silent or is back: which fact says so, and where to see what stands. */
export function silenceBody(delivery: AlertDelivery, publicUrl: string, now: Date): string {
  return JSON.stringify({
    id: delivery.id,
    type: 'SourceSilent',
    at: now.toISOString(),
    data: { noted: delivery.alert, link: platformsLink(publicUrl) },
  });
}

/** The mail to an admin about a source of data that fell silent or is back. */
export function silenceMail(about: { readonly locale: string; readonly publicUrl: string }): Message {
  const locale = localeOf(about.locale);
  return {
    subject: say(locale, 'mail.silence.subject'),
    text: `${say(locale, 'mail.silence.body', { link: platformsLink(about.publicUrl) })}\n`,
  };
}

/** One mail about several alerts. */
export function digestMail(count: number, about: { readonly locale: string; readonly publicUrl: string }): Message {
  const locale = localeOf(about.locale);
  const body = say(locale, 'mail.digest.body', { count, link: `${about.publicUrl.replace(/\/$/, '')}/caseload` });
  return { subject: say(locale, 'mail.digest.subject', { count }), text: `${body}\n\n${say(locale, 'mail.footer')}\n` };
}
