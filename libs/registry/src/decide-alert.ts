import { factId } from '@pharos/facts';
import {
  type AlertAct,
  type AlertCase,
  type AlertCommand,
  type AlertDecision,
  type AlertRefusal,
  type NewAlertFact,
  openStatuses,
} from './alert-case.js';

/** How long the author of an act may take it back. */
export const withdrawWithinMs = 10_000;

/**
 * What comes of a command: facts, or why not. Pure: the moment is in the command.
 *
 * @example decideAlert(undefined, { tenant: 't', alert: 'a', by: 'u', at: '2014-10-01T08:00:00.000Z', act: { do: 'acknowledge' } })
 * // => { ok: false, refused: 'unknown-alert', reason: 'there is no alert a' }
 */
export function decideAlert(state: AlertCase | undefined, command: AlertCommand): AlertDecision {
  const { act, alert } = command;
  if (act.do === 'raise')
    return state ? refuse('exists', `alert ${alert} was raised before`) : accept(state, command, bodyOfRaise(command, act));
  if (!state) return refuse('unknown-alert', `there is no alert ${alert}`);
  const refusal = refusalOf(state, command);
  return refusal ?? accept(state, command, [bodyOf(command, act)]);
}

const refuse = (refused: AlertRefusal, reason: string): AlertDecision & { ok: false } => ({ ok: false, refused, reason });

const isOpen = ({ standing }: AlertCase): boolean => (openStatuses as readonly string[]).includes(standing.status);

function refusalOf(state: AlertCase, { act, by, at }: AlertCommand): (AlertDecision & { ok: false }) | undefined {
  const { standing } = state;
  const closed = isOpen(state) ? undefined : refuse('closed', `the alert is ${standing.status}`);
  switch (act.do) {
    case 'raise':
    case 'note':
      return undefined; // a note may be added to what is closed
    case 'update':
      if (
        act.raised.learner !== state.latest.learner ||
        act.raised.target !== state.latest.target ||
        act.raised.term !== state.latest.term
      ) {
        return refuse('invalid', 'an update speaks of the same learner, target and term');
      }
      return closed;
    case 'acknowledge':
      return closed ?? (standing.status === 'acknowledged' ? refuse('already', 'the alert is acknowledged') : undefined);
    case 'assign':
      return closed ?? (standing.assignee === act.to ? refuse('already', 'the alert is assigned to this person') : undefined);
    case 'logIntervention':
    case 'override':
    case 'resolve':
      return closed;
    case 'snooze':
      return closed ?? (act.until > at ? undefined : refuse('invalid', 'an alert is snoozed until a later moment'));
    case 'contest':
      return closed ?? (standing.status === 'contested' ? refuse('already', 'the alert is contested') : undefined);
    case 'reopen': // a snoozed alert comes back by it, too
      return isOpen(state) && standing.status !== 'snoozed' ? refuse('not-closed', `the alert is ${standing.status}`) : undefined;
    case 'withdraw':
      return refusalOfWithdraw(state, act.action, by, at);
    case 'hold':
      return closed ?? (state.heldFor === null ? undefined : refuse('already', `the alert is held for ${state.heldFor}`));
    case 'release':
      return state.heldFor === null ? refuse('already', 'the alert is not held') : undefined;
    default:
      return act satisfies never;
  }
}

function refusalOfWithdraw({ lastAct }: AlertCase, action: string, by: string, at: string): (AlertDecision & { ok: false }) | undefined {
  if (lastAct?.id !== action) return refuse('superseded', 'only the latest act can be taken back');
  if (lastAct.by !== by) return refuse('not-author', 'only who acted can take it back');
  const age = Date.parse(at) - Date.parse(lastAct.at);
  return age > withdrawWithinMs ? refuse('too-late', `an act can be taken back for ${withdrawWithinMs / 1000} s`) : undefined;
}

type Body = Pick<NewAlertFact, 'type' | 'data'>;

function bodyOfRaise({ alert, by }: AlertCommand, { raised, heldFor }: AlertAct & { do: 'raise' }): readonly Body[] {
  const body: Body = { type: 'AlertRaised', data: { ...raised, alert } };
  return heldFor === undefined ? [body] : [body, { type: 'AlertHeld', data: { alert, by, source: heldFor } }];
}

function bodyOf({ alert, by }: AlertCommand, act: Exclude<AlertAct, { do: 'raise' }>): Body {
  switch (act.do) {
    case 'update':
      return { type: 'AlertUpdated', data: { ...act.raised, alert } };
    case 'acknowledge':
      return { type: 'AlertAcknowledged', data: { alert, by } };
    case 'assign':
      return { type: 'AlertAssigned', data: { alert, by, to: act.to } };
    case 'logIntervention': {
      const { action, intervention, owner, followUpOn, note } = act;
      return { type: 'InterventionLogged', data: { alert, by, action, intervention, owner, followUpOn, note } };
    }
    case 'note':
      return { type: 'AlertNoted', data: { alert, by, action: act.action, note: act.note } };
    case 'snooze':
      return { type: 'AlertSnoozed', data: { alert, by, until: act.until } };
    case 'override':
      return { type: 'AlertOverridden', data: { alert, by, reason: act.reason, note: act.note } };
    case 'contest':
      return { type: 'AlertContested', data: { alert, by, reason: act.reason, note: act.note } };
    case 'resolve':
      return { type: 'AlertResolved', data: { alert, by, code: act.code, note: act.note } };
    case 'reopen':
      return { type: 'AlertReopened', data: { alert, by, reason: act.reason } };
    case 'withdraw':
      return { type: 'ActionWithdrawn', data: { alert, by, action: act.action } };
    case 'hold':
      return { type: 'AlertHeld', data: { alert, by, source: act.source } };
    case 'release':
      return { type: 'AlertReleased', data: { alert, by, reason: act.reason } };
    default:
      return act satisfies never;
  }
}

/** Ids come from the command, or from alert and version: a decision that is told twice is one fact. */
function accept(state: AlertCase | undefined, command: AlertCommand, bodies: readonly Body[]): AlertDecision {
  const version = state?.version ?? 0;
  const facts = bodies.map((body, index) => ({
    id: index === 0 && command.id !== undefined ? command.id : factId('alert', command.alert, version + index + 1),
    version: 1,
    tenant: command.tenant,
    key: command.alert,
    occurredAt: command.at,
    ...body,
  })) as unknown as NewAlertFact[];
  return { ok: true, facts };
}
