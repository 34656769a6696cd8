import { type GateDecision, type InputsWatch, type ModelOffer, type ModelStanding, type Observation } from '@pharos/contract';
import { daysAfter } from './people.js';

const evidence = (verdict: NonNullable<GateDecision['evidence']>['verdict'], candidate: number, present: number, week = 6): GateDecision['evidence'] => ({
  kind: 'new-recipe', week, against: { recipe: 'rule', model: 'sha256:91aa27' }, verdict, classes: ['2026 spring'], rows: 11_790, capacity: 0.1, selected: 1179,
  precision: { candidate, present, difference: { value: candidate - present, low: candidate - present - 0.02, high: candidate - present + 0.02 } },
  logLoss: null, budget: { total: 0.05, attempt: 2, level: 0.0025, pValue: verdict === 'superior' ? 0.0001 : 0.21, contenders: 3 }, fairness: { passed: verdict !== 'unfair', limitPer100: 5, failures: [] },
}); // prettier-ignore

export const decisionsOf = (now: Date): GateDecision[] => [
  { id: 'd2', at: daysAfter(now, -3).toISOString(), model: 'sha256:5b1f0c', recipe: 'glass-box', target: 'not-passing', outcome: 'promoted', by: 'gate', reason: 'On later learners it names more of those who did not pass than the rule, and its gaps between groups are no larger.', evidence: evidence('superior', 0.93, 0.83) },
  { id: 'd1', at: daysAfter(now, -31).toISOString(), model: 'sha256:44cd90', recipe: 'logistic', target: 'not-passing', outcome: 'rejected', by: 'gate', reason: 'It was not shown to name more of those who did not pass; the rule stays.', evidence: evidence('not-shown', 0.84, 0.83, 4) },
]; // prettier-ignore

export const inputsOf = (now: Date): InputsWatch[] => [
  {
    id: 'w1', at: daysAfter(now, -3).toISOString(), model: 'sha256:5b1f0c', recipe: 'glass-box', target: 'not-passing', asOf: daysAfter(now, -3).toISOString(), week: 6,
    classes: ['algebra-1', 'biology-2'], compared: 164,
    moved: [{ class: 'biology-2', course: 'biology', title: 'Biology', feature: 'mark_mean', stability: 0.41, missingBefore: 0.1, missingNow: 0.08, adjusted: 0.001, weight: 0.3 }],
    heldBack: [{ class: 'biology-2', share: 0.42, servedBy: { recipe: 'rule', model: 'sha256:91aa27' } }],
  },
]; // prettier-ignore

export const observationsOf = (now: Date): Observation[] => [
  {
    id: 'o1', at: daysAfter(now, -40).toISOString(), model: 'sha256:44cd90', recipe: 'logistic', target: 'not-passing', asOf: daysAfter(now, -40).toISOString(), classes: ['2025 autumn'],
    rows: 3900, named: 410, withheld: 2, concern: true,
    groups: ['female', 'male'].map((group, at) => ({ attribute: 'gender', group, n: 1950, precision: 0.82 - at / 50, falseNegativeRate: 0.4 + at / 50, figures: { precision: { value: 0.82 - at / 50, low: 0.78, high: 0.86 }, falseNegativeRate: { value: 0.4 + at / 50, low: 0.36, high: 0.46 }, calibrationGap: { value: -0.04, low: -0.06, high: -0.02 } } })),
    figures: [
      { name: 'precision', observed: { value: 0.81, low: 0.78, high: 0.84 }, backtest: { value: 0.84, low: 0.8, high: 0.87 }, outside: false },
      { name: 'falseNegativeRate', observed: { value: 0.41, low: 0.38, high: 0.44 }, backtest: { value: 0.33, low: 0.29, high: 0.37 }, outside: true },
    ],
  },
]; // prettier-ignore

export const standingOf = (now: Date): ModelStanding => ({
  target: 'not-passing', serves: 'model', recipe: 'logistic', model: 'sha256:5b1f0c', since: daysAfter(now, -3).toISOString(), borrowedFrom: null,
  completedClasses: 12, outcomes: 3_618, terms: 3, missing: ['rows-for-glass-box'],
}); // prettier-ignore

const share = (value: number) => ({ value, low: value - 0.03, high: value + 0.03 });

/** For a look at a tenant that has just begun; the district above has outcomes of its own, so nothing is offered on its page. */
export const offersOf = (now: Date): ModelOffer[] => [
  {
    from: 'riverside', name: 'Riverside Unified', recipe: 'blend', target: 'not-passing', reason: 'Same courses on the same platform', learners: 9_210,
    weeks: [4, 8].map((week) => ({ week, model: `sha256:r${week}`, asOf: daysAfter(now, -10).toISOString(), rows: 8_318, precisionAt10: share(0.91), rule: share(0.8) })),
  },
]; // prettier-ignore
