import { describe, expect, it } from '@jest/globals';
import { choose } from './choose.js';
import { type TrainedRisk } from './train-risk.js';

const trained = (recipe: string, precision: number | null, loss: number | null) =>
  ({ recipe, judgement: { metrics: { precisionAt10: { value: precision, low: null, high: null }, logLoss: { value: loss, low: null, high: null } }, reliability: [] } }) as unknown as TrainedRisk; // prettier-ignore
const rule = trained('rule', 0.8, 0.5);

describe('which model serves', () => {
  it.each([
    ['better in both', trained('logistic', 0.85, 0.45), 'logistic'],
    ['as precise and better calibrated', trained('logistic', 0.8, 0.45), 'logistic'],
    ['less precise among the first tenth', trained('logistic', 0.75, 0.4), 'rule'],
    ['worse in log loss', trained('logistic', 0.9, 0.55), 'rule'],
    ['not measurable', trained('logistic', null, 0.4), 'rule'],
  ])('a model that is %s: %#', (_, other, expected) => {
    expect(choose(rule, [other]).chosen.recipe).toBe(expected);
  });

  it('says why in words', () => {
    expect(choose(rule, []).reason).toBe('No model did better than the rule on held-out learners.');
  });
});
