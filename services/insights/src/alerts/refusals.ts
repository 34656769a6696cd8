import { type PersonName, type ProblemCode } from '@pharos/contract';
import { type AlertCase, type AlertOutcome, type AlertRefusal } from '@pharos/registry';
import { Refusal } from '../http/refusal.js';

type Refused = Extract<AlertOutcome, { ok: false }>;

const codes: Readonly<Record<AlertRefusal, ProblemCode>> = {
  'unknown-alert': 'not-found',
  exists: 'conflict',
  closed: 'conflict',
  'not-closed': 'conflict',
  already: 'conflict',
  superseded: 'conflict',
  'not-author': 'not-allowed',
  'too-late': 'too-late',
  invalid: 'not-possible',
};

/** What happened last to the alert that was acted on: of the facts since the version that the caller saw, else of all. */
export function whatHappened(refused: Refused, alert: AlertCase): { readonly what: string; readonly by: string; readonly at: string } {
  const last = refused.code === 'conflict' ? refused.happened.at(-1) : undefined;
  return last
    ? { what: last.type, by: last.by, at: last.at }
    : { what: alert.lastChange.type, by: alert.lastChange.by, at: alert.lastChange.at };
}

/** The refusal of an act on an alert. Who lost a race is told what happened, who did it, and when. */
export function refusalOf(refused: Refused, alert: AlertCase | undefined, winner: PersonName): Refusal {
  const code = refused.code === 'conflict' || refused.code === 'concern-open' ? 'conflict' : codes[refused.code];
  if (code !== 'conflict' || !alert) return new Refusal(code, code === 'not-found' ? {} : { detail: refused.reason });
  const { what, at } = whatHappened(refused, alert);
  return new Refusal('conflict', {
    detail: refused.reason,
    conflict: { what, by: winner, at, version: alert.version, status: alert.standing.status },
  });
}
