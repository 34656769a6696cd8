import { type AlertCase, type AlertFactType, type AlertStanding, type NewAlertFact, type RaisedAlert } from './alert-case.js';

/** Whom the facts of jobs name as their author. */
export const policyAuthor = 'policy';

/**
 * The case after one more fact. Pure; facts of one alert in the order of its versions.
 *
 * @param state undefined before the first fact
 * @throws RangeError when the first fact is not `AlertRaised`: then the history is not whole
 */
export function evolveAlert(state: AlertCase | undefined, fact: NewAlertFact): AlertCase {
  if (!state) {
    if (fact.type !== 'AlertRaised') throw new RangeError(`alert ${fact.key} begins with ${fact.type}`);
    return raised(fact.tenant, fact.data, fact.occurredAt);
  }
  const next = { ...state, version: state.version + 1, lastChange: { by: authorOf(fact), at: fact.occurredAt, type: fact.type } };
  const { standing } = state;
  const acted = (change: Partial<AlertStanding>): AlertCase => ({
    ...next,
    standing: { ...standing, ...change },
    lastAct: { id: fact.id, by: authorOf(fact), at: fact.occurredAt, type: fact.type, before: standing },
  });
  switch (fact.type) {
    case 'AlertRaised':
    case 'AlertUpdated':
      return withLatest(next, fact.data);
    case 'AlertAssigned':
      return acted({ assignee: fact.data.to });
    case 'AlertAcknowledged':
      return acted({ status: 'acknowledged', acknowledgedBy: fact.data.by, snoozedUntil: null });
    case 'InterventionLogged': {
      const { by, action, intervention, owner, followUpOn, note } = fact.data;
      const logged = { id: fact.id, by, at: fact.occurredAt, action, intervention, owner, followUpOn, note };
      return acted({ interventions: [...standing.interventions, logged] });
    }
    case 'AlertNoted':
      return acted({ notes: standing.notes + 1 });
    case 'AlertSnoozed':
      return acted({ status: 'snoozed', snoozedUntil: fact.data.until });
    case 'AlertOverridden':
      return acted({ status: 'overridden', snoozedUntil: null, closed: { by: fact.data.by, at: fact.occurredAt, code: 'overridden' } });
    case 'AlertContested':
      return acted({ status: 'contested', snoozedUntil: null });
    case 'AlertResolved':
      return acted({ status: 'resolved', snoozedUntil: null, closed: { by: fact.data.by, at: fact.occurredAt, code: fact.data.code } });
    case 'AlertReopened':
      return { ...acted({ status: 'open', snoozedUntil: null, acknowledgedBy: null, closed: null }), raise: state.raise + 1 };
    case 'ActionWithdrawn':
      // Decided against the latest act only, so another one here means a history out of order: kept as it stands.
      return state.lastAct?.id === fact.data.action ? { ...next, standing: state.lastAct.before, lastAct: null } : next;
    case 'AlertHeld':
      return { ...next, heldFor: fact.data.source };
    case 'AlertReleased':
      return { ...next, heldFor: null };
    default:
      return fact satisfies never;
  }
}

function raised(tenant: string, latest: RaisedAlert, at: string): AlertCase {
  return {
    tenant,
    alert: latest.alert,
    version: 1,
    raise: 1,
    raisedAt: at,
    latest,
    standing: {
      status: 'open',
      assignee: latest.counselor,
      acknowledgedBy: null,
      snoozedUntil: null,
      closed: null,
      interventions: [],
      notes: 0,
    },
    heldFor: null,
    lastAct: null,
    lastChange: { by: policyAuthor, at, type: 'AlertRaised' },
  };
}

/** An alert that nobody assigned by hand follows the caseload; one that somebody did stays with whom they chose. */
function withLatest(state: AlertCase, latest: RaisedAlert): AlertCase {
  const follows = state.standing.assignee === state.latest.counselor && latest.counselor !== state.latest.counselor;
  if (!follows) return { ...state, latest };
  // The act before can no longer be taken back: its `before` names the former counselor.
  return { ...state, latest, standing: { ...state.standing, assignee: latest.counselor }, lastAct: null };
}

/** Who made a fact: jobs are `policy`. */
export function authorOf(fact: { readonly type: AlertFactType; readonly data: object }): string {
  return 'by' in fact.data && typeof fact.data.by === 'string' ? fact.data.by : policyAuthor;
}
