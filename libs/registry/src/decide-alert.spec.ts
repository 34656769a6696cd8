import { describe, expect, it } from '@jest/globals';
import { kinds } from '@pharos/facts';
import { type AlertAct, type AlertCase, type AlertCommand, type NewAlertFact, type RaisedAlert } from './alert-case.js';
import { decideAlert } from './decide-alert.js';
import { evolveAlert } from './evolve-alert.js';

const t0 = '2014-10-01T08:00:00.000Z';
const later = (seconds: number): string => new Date(Date.parse(t0) + seconds * 1000).toISOString();
const raised: RaisedAlert = {
  alert: 'a1', learner: 'l1', target: 'not-passing', term: '2014J', school: 's1', counselor: 'c1', probability: 0.71, heldOut: null,
  reasons: [], nextSteps: [], changed: [], evidence: [], asOf: t0, dueAt: '2014-10-06T08:00:00.000Z',
}; // prettier-ignore

const command = (act: AlertAct, by = 'u1', at = t0): AlertCommand => ({ tenant: 't', alert: 'a1', by, at, act });

/** The facts that these commands leave, each accepted. */
function given(...commands: readonly AlertCommand[]): readonly NewAlertFact[] {
  let state: AlertCase | undefined;
  return commands.flatMap((one) => {
    const decision = decideAlert(state, one);
    if (!decision.ok) throw new Error(`given ${one.act.do}: ${decision.reason}`);
    state = decision.facts.reduce<AlertCase | undefined>(evolveAlert, state);
    return decision.facts;
  });
}
const fold = (facts: readonly NewAlertFact[]) => facts.reduce<AlertCase | undefined>(evolveAlert, undefined);
const when = (facts: readonly NewAlertFact[], one: AlertCommand) => {
  const decision = decideAlert(fold(facts), one);
  return decision.ok ? decision.facts.map(({ type, data }) => ({ type, data })) : decision.refused;
};

const raise = command({ do: 'raise', raised }, 'policy');
const acknowledge = command({ do: 'acknowledge' });
const resolve = command({ do: 'resolve', code: 'helped', note: null }, 'u1', later(1));
const log = (at = t0) =>
  command({ do: 'logIntervention', action: 'x1', intervention: 'talk', owner: 'c1', followUpOn: '2014-10-08', note: null }, 'u1', at);

describe('an alert', () => {
  it('is raised once', () => {
    expect(when([], raise)).toEqual([{ type: 'AlertRaised', data: raised }]);
    expect(when(given(raise), raise)).toBe('exists');
  });

  it('is raised and held where its source is silent, and released', () => {
    const held = command({ do: 'raise', raised, heldFor: 'lms' }, 'policy');
    expect(when([], held)).toMatchObject([{ type: 'AlertRaised' }, { type: 'AlertHeld', data: { source: 'lms' } }]);
    expect(fold(given(held))?.heldFor).toBe('lms');
    expect(fold(given(held, command({ do: 'release', reason: 'back' })))?.heldFor).toBeNull();
    expect(when(given(raise), command({ do: 'release', reason: 'back' }))).toBe('already');
  });

  it.each([acknowledge, resolve, log(), command({ do: 'reopen', reason: 'r' })])('is not known before it is raised: $act.do', (act) => {
    expect(when([], act)).toBe('unknown-alert');
  });

  it('is acknowledged by one person', () => {
    expect(when(given(raise), acknowledge)).toEqual([{ type: 'AlertAcknowledged', data: { alert: 'a1', by: 'u1' } }]);
    expect(when(given(raise, acknowledge), command({ do: 'acknowledge' }, 'u2'))).toBe('already');
  });

  it('takes nothing but a note and a reopening once closed', () => {
    const closed = given(raise, resolve);
    for (const act of [
      acknowledge,
      log(),
      command({ do: 'contest', reason: 'r', note: null }),
      command({ do: 'update', raised }, 'policy'),
    ]) {
      expect(when(closed, act)).toBe('closed');
    }
    expect(when(closed, command({ do: 'note', action: 'n1', note: 'sealed' }))).toMatchObject([{ type: 'AlertNoted' }]);
    expect(when(closed, command({ do: 'reopen', reason: 'risk is back' }))).toMatchObject([{ type: 'AlertReopened' }]);
    expect(when(given(raise), command({ do: 'reopen', reason: 'r' }))).toBe('not-closed');
  });

  it('counts each reopening as another raise, open and nobody having acknowledged it', () => {
    const state = fold(given(raise, acknowledge, resolve, command({ do: 'reopen', reason: 'risk is back' }, 'policy')));
    expect(state).toMatchObject({ raise: 2, version: 4, standing: { status: 'open', acknowledgedBy: null, closed: null } });
  });

  it('is snoozed until a later moment and comes back', () => {
    expect(when(given(raise), command({ do: 'snooze', until: t0 }))).toBe('invalid');
    const snoozed = given(raise, command({ do: 'snooze', until: later(3600) }));
    expect(fold(snoozed)?.standing).toMatchObject({ status: 'snoozed', snoozedUntil: later(3600) });
    expect(when(snoozed, command({ do: 'reopen', reason: 'snooze-over' }, 'policy'))).toMatchObject([{ type: 'AlertReopened' }]);
  });

  it('is overridden with a reason, and can be contested while open', () => {
    expect(fold(given(raise, command({ do: 'override', reason: 'moved', note: null })))?.standing).toMatchObject({
      status: 'overridden',
      closed: { by: 'u1', code: 'overridden' },
    });
    const contested = given(raise, command({ do: 'contest', reason: 'wrong marks', note: null }, 'l1'));
    expect(fold(contested)?.standing.status).toBe('contested');
    expect(when(contested, command({ do: 'contest', reason: 'again', note: null }, 'l1'))).toBe('already');
  });

  it('is updated for its own concern only, and follows the caseload unless somebody assigned it', () => {
    const moved = { ...raised, counselor: 'c2', probability: 0.8 };
    expect(when(given(raise), command({ do: 'update', raised: { ...raised, learner: 'l2' } }))).toBe('invalid');
    expect(fold(given(raise, command({ do: 'update', raised: moved })))).toMatchObject({
      latest: { probability: 0.8 },
      standing: { assignee: 'c2' },
    });
    const assigned = given(raise, command({ do: 'assign', to: 'c9' }), command({ do: 'update', raised: moved }));
    expect(fold(assigned)?.standing.assignee).toBe('c9');
    expect(when(assigned, command({ do: 'assign', to: 'c9' }))).toBe('already');
  });
});

describe('taking an act back', () => {
  const acted = given(raise, acknowledge, log());
  const act = acted.at(-1)!.id;
  const withdraw = (by = 'u1', at = later(10), action = act) => command({ do: 'withdraw', action }, by, at);

  it('puts everything back as it was before', () => {
    const before = fold(acted.slice(0, -1));
    expect(fold(acted)?.standing.interventions).toHaveLength(1);
    const decision = decideAlert(fold(acted), withdraw());
    const after = decision.ok ? decision.facts.reduce<AlertCase | undefined>(evolveAlert, fold(acted)) : undefined;
    expect(after?.standing).toEqual(before?.standing);
    expect(after?.version).toBe(4);
  });

  it('is for its author, for 10 s, and for the latest act', () => {
    expect(when(acted, withdraw())).toEqual([{ type: 'ActionWithdrawn', data: { alert: 'a1', by: 'u1', action: act } }]);
    expect(when(acted, withdraw('u2'))).toBe('not-author');
    expect(when(acted, withdraw('u1', later(10.001)))).toBe('too-late');
    expect(when(acted, withdraw('u1', later(1), acted[1]!.id))).toBe('superseded');
    expect(when([...acted, ...given(raise, acknowledge, log(), withdraw()).slice(-1)], withdraw())).toBe('superseded');
  });

  it('is not hindered by a fresh score in between', () => {
    const rescored = given(raise, acknowledge, log(), command({ do: 'update', raised: { ...raised, probability: 0.9 } }, 'policy'));
    expect(when(rescored, withdraw())).toMatchObject([{ type: 'ActionWithdrawn' }]);
  });
});

describe('the facts', () => {
  const facts = given(
    command({ do: 'raise', raised, heldFor: 'lms' }, 'policy'),
    command({ do: 'release', reason: 'back' }),
    acknowledge,
    command({ do: 'assign', to: 'c2' }),
    log(),
    command({ do: 'note', action: 'n', note: 'sealed' }),
    command({ do: 'snooze', until: later(9) }),
    command({ do: 'update', raised }),
    command({ do: 'contest', reason: 'r', note: null }),
    resolve,
    command({ do: 'reopen', reason: 'r' }),
    command({ do: 'override', reason: 'r', note: null }),
  );

  it('are those of the catalogue', () => {
    for (const fact of facts) {
      const read = kinds.get(fact.type)?.schema.safeParse({ ...fact, knownAt: t0, recordedAt: t0 });
      expect({ type: fact.type, error: read?.error?.message }).toEqual({ type: fact.type, error: undefined });
    }
  });

  it('have ids of their own that do not change when the same is decided again', () => {
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    expect(given(raise, acknowledge).map(({ id }) => id)).toEqual(given(raise, acknowledge).map(({ id }) => id));
    expect(given({ ...raise, id: 'job-1' })[0]?.id).toBe('job-1');
  });
});
