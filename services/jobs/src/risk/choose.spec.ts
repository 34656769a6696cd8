import { describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { choose, type ChoiceGround, chosenByPerson } from './choose.js';
import { type Standing } from './standing.js';
import { type TrainedRisk } from './train-risk.js';

const rows = 600;
const random = createRandom(5);
const truth = Float64Array.from({ length: rows }, () => random.normal());
const target = Uint8Array.from(truth, (value) => Number(random.uniform() < 1 / (1 + Math.exp(1 - 2 * value))));
const person = Int32Array.from({ length: rows }, (_, row) => row);

/** A model that sees the truth through so much noise. */
function trained(recipe: string, noise: number, upTo = rows): TrainedRisk {
  const score = truth.map((value) => 1 / (1 + Math.exp(1 - 2 * (value + noise * random.normal()))));
  const loss = score.reduce((sum, p, row) => sum - Math.log(target[row] === 1 ? p : 1 - p), 0) / rows;
  const heldOut = { score: score.slice(0, upTo), target: target.slice(0, upTo), person: person.slice(0, upTo) };
  return { recipe, model: `sha256:${recipe}`, heldOut, judgement: { metrics: { logLoss: { value: loss, low: null, high: null } } } } as unknown as TrainedRisk; // prettier-ignore
}

const nothingYet: Standing = { recipe: null, byPerson: false, turnedDown: new Set() };
const ground: ChoiceGround = {
  standing: nothingYet,
  tries: 0,
  week: 4,
  classes: ['c'],
  limitPer100: 5,
  audit: () => null,
  seed: 1,
  replicates: 40,
};
const rule = trained('rule', 1.2);
const good = trained('logistic', 0.1);
const same = trained('glass-box', 1.2);

/** A choice without the models' rows, which nobody wants to read in a failure. */
const told = (...given: Parameters<typeof choose>) => {
  const { chosen, outcomes } = choose(...given);
  return { chosen: chosen.recipe, outcomes: outcomes.map(({ trained: of, ...rest }) => ({ ...rest, recipe: of.recipe })) };
};

describe('which model serves', () => {
  it('is a new recipe that names more of those who did not pass, beyond chance', () => {
    const { chosen, outcomes } = told([rule, good], ground);
    expect(chosen).toBe('logistic');
    expect(outcomes).toEqual([expect.objectContaining({ outcome: 'promoted', evidence: expect.objectContaining({ kind: 'first', verdict: 'superior' }) })]); // prettier-ignore
  });

  it('is the rule where nothing was shown to beat it, and the try is told with its reason', () => {
    const { chosen, outcomes } = told([rule, same], ground);
    expect(chosen).toBe('rule');
    expect(outcomes.map(({ outcome, recipe }) => [outcome, recipe])).toEqual([
      ['rejected', 'glass-box'],
      ['promoted', 'rule'],
    ]);
    expect(outcomes[0]!.reason).toContain('not shown');
  });

  it('stays where fewer than 50 would be selected: nothing is decidable', () => {
    const few = [trained('rule', 1.2, 400), trained('logistic', 0.1, 400)];
    const { chosen, outcomes } = told(few, ground);
    expect(chosen).toBe('rule');
    expect(outcomes[0]!.evidence).toMatchObject({ verdict: 'not-decidable', selected: 40, budget: null });
  });

  it('is a refit of the recipe in use while it is no worse than the rule, else the rule', () => {
    const standing = { ...nothingYet, recipe: 'logistic' };
    expect(told([rule, good], { ...ground, standing })).toMatchObject({ chosen: 'logistic', outcomes: [{ outcome: 'promoted', evidence: { kind: 'refit', verdict: 'non-inferior' } }] }); // prettier-ignore
    const bad = trained('logistic', 6);
    const { chosen, outcomes } = told([rule, bad], { ...ground, standing });
    expect(chosen).toBe('rule');
    expect(outcomes.map(({ outcome, evidence }) => [outcome, evidence.verdict])).toEqual([
      ['rejected', 'worse'],
      ['promoted', 'nothing-to-compare'],
    ]);
  });

  it('asks for more with every try on the same held-out classes', () => {
    const level = (tries: number): number => told([rule, good], { ...ground, tries }).outcomes[0]!.evidence.budget!.level;
    expect(level(0)).toBeCloseTo(0.0304, 4);
    expect(level(1)).toBeCloseTo(level(0) / 4, 12);
  });

  it('shares the level of a try between all that could have been tried', () => {
    const budget = (...others: TrainedRisk[]) => told([rule, ...others], ground).outcomes[0]!.evidence.budget!;
    expect(budget(good)).toMatchObject({ contenders: 1 });
    expect(budget(good, same)).toMatchObject({ contenders: 2 });
    expect(budget(good, same).level).toBeCloseTo(budget(good).level / 2, 12);
  });

  it('is the rule where the recipe in use has come to treat groups worse than the rule does, unless a person decided about it', () => {
    const standing = { ...nothingYet, recipe: 'logistic' };
    const report = (per100: number) => ({ family: { tests: [{ attribute: 'a', group: 'g', metric: 'tpr', difference: per100 / 100, significant: true }] } }); // prettier-ignore
    const auditing = (present: number, ofRule: number, more: Partial<ChoiceGround> = {}) =>
      told([rule, good], { ...ground, standing, audit: (one) => report(one === good ? present : ofRule) as never, ...more });
    const { chosen, outcomes } = auditing(-9, 2);
    expect(chosen).toBe('rule');
    expect(outcomes[0]).toMatchObject({ outcome: 'rejected', recipe: 'logistic', evidence: { kind: 'refit', verdict: 'unfair', fairness: { failures: [{ per100: 9, presentPer100: 2 }] } } }); // prettier-ignore
    expect(auditing(-9, 10)).toMatchObject({
      chosen: 'logistic',
      outcomes: [{ evidence: { verdict: 'non-inferior', fairness: { passed: true } } }],
    });
    expect(auditing(-9, 2, { gapsDecided: true }).chosen).toBe('logistic');
    expect(auditing(-9, 2, { standing: { ...standing, byPerson: true } }).chosen).toBe('logistic');
  });

  it('is not one that a person turned down, nor a challenger of what a person chose', () => {
    expect(told([rule, good], { ...ground, standing: { ...nothingYet, turnedDown: new Set(['logistic']) } }).chosen).toBe('rule');
    expect(told([rule, same, good], { ...ground, standing: { recipe: 'rule', byPerson: true, turnedDown: new Set() } }).chosen).toBe('rule'); // prettier-ignore
  });

  it('is not one whose gap is beyond chance, over the limit and larger than the present one', () => {
    const report = (per100: number, significant = true) => ({ family: { tests: [{ attribute: 'a', group: 'g', metric: 'tpr', difference: per100 / 100, significant }] } }); // prettier-ignore
    const auditing = (candidate: number, present: number, significant = true) =>
      told([rule, good], { ...ground, audit: (one) => report(one === good ? candidate : present, significant) as never });
    expect(auditing(-9, 2).outcomes[0]!.evidence).toMatchObject({ verdict: 'unfair', fairness: { passed: false, failures: [{ per100: 9, presentPer100: 2 }] } }); // prettier-ignore
    expect(auditing(-9, 2).chosen).toBe('rule');
    expect(auditing(9, 10).chosen).toBe('logistic');
    expect(auditing(4, 0).chosen).toBe('logistic');
    expect(auditing(9, 2, false).chosen).toBe('logistic');
  });

  it('is the rule where a person decided so about fairness', () => {
    const { chosen, outcomes } = chosenByPerson(rule, 'a gap', ground);
    expect([chosen.recipe, outcomes[0]!.evidence.verdict]).toEqual(['rule', 'by-person']);
  });
});

describe('a gate over many tries', () => {
  it('lets a recipe that is no better through at the rate of its budget at most, over 20 worlds', () => {
    const promoted = Array.from({ length: 20 }, (_, seed) =>
      told([trained('rule', 1), trained('logistic', 1)], { ...ground, seed }),
    ).filter(({ chosen }) => chosen === 'logistic');
    expect(promoted.length).toBeLessThanOrEqual(2);
  });

  it('lets none of three that are no better through more often, though the best of them is tried', () => {
    const worlds = Array.from({ length: 60 }, (_, seed) => told([trained('rule', 1), trained('logistic', 1), trained('glass-box', 1), trained('blend', 1)], { ...ground, seed })); // prettier-ignore
    // .0304 of 60 are 1.8 at most; five or more would come once in thirty
    expect(worlds.filter(({ chosen }) => chosen !== 'rule').length).toBeLessThanOrEqual(4);
  });

  it('lets a much better one through in each of 20 worlds', () => {
    const promoted = Array.from({ length: 20 }, (_, seed) =>
      told([trained('rule', 2), trained('logistic', 0.1)], { ...ground, seed }),
    ).filter(({ chosen }) => chosen === 'logistic');
    expect(promoted).toHaveLength(20);
  });
});
