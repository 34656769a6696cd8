import { describe, expect, it } from '@jest/globals';
import { type Decision, decisionsIn, standingOf, triesOn } from './standing.js';

const decision = (type: Decision['type'], recipe: string, by: string, at: string, evidence: unknown = null): Decision => ({
  id: at,
  type,
  at: `${at}T00:00:00.000Z`,
  data: { model: `m-${recipe}`, recipe, target: 't', by, reason: '', evidence },
});

const promoted = (recipe: string, at: string, by = 'gate'): Decision => decision('ModelPromoted', recipe, by, at);
const rejected = (recipe: string, at: string, by = 'gate'): Decision => decision('ModelRejected', recipe, by, at);
const lastEnd = '2026-01-31';

describe('which recipe is in use', () => {
  it.each<[string, Decision[], string | null]>([
    ['none at the start', [], null],
    ['the last promoted', [promoted('logistic', '2026-03-02'), promoted('rule', '2026-02-02')], 'logistic'],
    ['the same after a try that failed', [rejected('blend', '2026-03-02'), promoted('logistic', '2026-02-02')], 'logistic'],
    ['the one before, after a person turned it down', [rejected('logistic', '2026-03-03', 'u1'), promoted('logistic', '2026-03-02'), promoted('glass-box', '2026-02-02')], 'glass-box'],
    ['the rule, after a person turned down the only one', [rejected('logistic', '2026-03-03', 'u1'), promoted('logistic', '2026-03-02')], 'rule'],
  ])('%s', (_, decisions, expected) => {
    expect(standingOf(decisions, 't', lastEnd).recipe).toBe(expected);
    expect(standingOf(decisions, 'another', lastEnd).recipe).toBeNull();
  }); // prettier-ignore

  it('keeps to what a person decided until new outcomes are known', () => {
    const decisions = [rejected('logistic', '2026-03-03', 'u1'), promoted('rule', '2026-03-02', 'u1')];
    expect(standingOf(decisions, 't', lastEnd)).toMatchObject({ recipe: 'rule', byPerson: true, turnedDown: new Set(['logistic']) });
    expect(standingOf(decisions, 't', '2026-06-30')).toMatchObject({ recipe: 'rule', byPerson: false, turnedDown: new Set() });
  });
});

describe('tries of an error budget', () => {
  const evidence = (classes: string[], spends: boolean) => ({
    kind: 'new-recipe', week: 3, against: null, verdict: 'not-shown', classes, rows: 1, capacity: 0.1, selected: 1, precision: null, logLoss: null,
    budget: spends ? { total: 0.05, attempt: 1, level: 0.03, pValue: 0.5 } : null, fairness: null,
  }); // prettier-ignore

  it('are those on the same held-out classes, refits and undecidable ones aside', () => {
    const decisions = [
      decision('ModelRejected', 'blend', 'gate', '2026-03-01', evidence(['b', 'a'], true)),
      decision('ModelRejected', 'blend', 'gate', '2026-03-08', evidence(['a', 'b'], false)),
      decision('ModelRejected', 'blend', 'gate', '2026-03-15', evidence(['a'], true)),
    ];
    expect(triesOn(decisions, 't', ['a', 'b'])).toBe(1);
  });

  it('count those of the same run, for classes of another week', () => {
    const [{ id, type, at, data }] = [decision('ModelRejected', 'blend', 'gate', '2026-03-01', evidence(['a', 'b'], true))];
    const facts = [{ id, type, version: 1, tenant: 't', key: 'm', occurredAt: at, data }, { id: 'x', type: 'ModelTrained', version: 1, tenant: 't', key: 'm', occurredAt: at, data: {} }] as never; // prettier-ignore
    expect(triesOn(decisionsIn(facts), 't', ['a', 'b'])).toBe(1);
  });
});
