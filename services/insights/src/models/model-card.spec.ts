import { describe, expect, it } from '@jest/globals';
import { type ModelEntry } from '@pharos/warehouse';
import { modelCard } from './model-card.js';

const metric = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 });
const at = '2026-03-02T03:00:00.000Z';
const data = {
  model: 'sha256:m', recipe: 'logistic', target: 'not-passing', week: 6, asOf: at, seed: 42, features: ['work_missed', 'days_silent'],
  window: { classes: ['algebra-1', 'latin-1'], rows: 900, learners: 640, baseRate: 0.31 },
  validation: {
    method: 'later-classes', classes: ['algebra-2', 'latin-2'], rows: 409, reliability: [],
    metrics: { auc: metric(0.86), precisionAt10: metric(0.93), ece: metric(0.03) },
    courses: [
      { course: 'algebra', rows: 240, failed: 80, metrics: { precisionAt10: metric(0.95) } },
      { course: 'biology', rows: 160, failed: 50, metrics: {} },
      { course: 'drama', rows: 300, failed: 90, metrics: { precisionAt10: metric(0.9) } },
      { course: 'latin', rows: 9, failed: 4, metrics: {} },
    ],
  },
}; // prettier-ignore
const trained = { id: 't', type: 'ModelTrained', at, data } as unknown as ModelEntry;
const decided = (by: string, reason: string): ModelEntry =>
  ({ id: by, type: 'ModelPromoted', at, data: { ...data, by, reason, evidence: null } }) as unknown as ModelEntry;
const readers = { minimum: 10, titleOf: (course: string) => ({ algebra: 'Algebra I' })[course] ?? course };

describe('a model card', () => {
  const { markdown } = modelCard([decided('u1', 'The board asked for it'), trained], undefined, 'sha256:m', readers)!;
  const section = (title: string): string => markdown.split(/^## /m).find((one) => one.startsWith(title))!;

  it('says what it was learned from: window, population, features', () => {
    expect(section('Data')).toContain('900 enrolments of 640 learners in 2 ended classes: algebra-1, latin-1.');
    expect(section('Data')).toContain('Of 100 of them 31 ended so.');
    expect(section('Data')).toContain('enrolled and not withdrawn by that day');
    expect(section('Features')).toContain('2: `work_missed`, `days_silent`.');
    expect(section('What it is')).toContain('seed 42');
  });

  it('has its metrics with intervals, on the whole and by presentation, small ones withheld', () => {
    expect(section('How it was judged')).toContain('409 enrolments in algebra-2, latin-2');
    expect(section('How it was judged')).toContain('- AUC: 0.860 (0.840 to 0.880)');
    expect(section('By presentation')).toContain('- Algebra I: 240 enrolments, of 100 of them 33 ended so; precision among the first tenth 0.950 (0.930 to 0.970).');
    expect(section('By presentation')).toContain('- latin: withheld, too few people.');
    // and the next smallest with it, so that the whole less the rest says nothing
    expect(section('By presentation')).toContain('- biology: withheld, too few people.');
    expect(section('By presentation')).not.toMatch(/\b9 enrolments/);
  }); // prettier-ignore

  it('says who put it to use and why, what is not known of fairness, and what it must not be used for', () => {
    expect(section('How it came into use')).toContain('by a person: The board asked for it');
    expect(section('Fairness')).toContain('No audit');
    expect(section('Limits and what it must not be used for')).toContain(
      'must not be used to grade, admit, sanction, exclude or rank learners',
    );
  });

  it('is of models that were trained, and of no others', () => {
    expect(modelCard([trained], undefined, 'sha256:other', readers)).toBeUndefined();
    expect(modelCard([trained], undefined, 'sha256:m', readers)!.markdown).toContain('it does not serve');
  });
});
