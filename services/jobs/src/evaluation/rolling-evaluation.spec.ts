import { describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { type KnownClass } from '@pharos/warehouse';
import { asFeatureRows, type RowKey } from '../features/feature-rows.js';
import { type EvaluationSource } from './evaluation-source.js';
import { evaluateRolling, type RollingOptions } from './rolling-evaluation.js';

const size = 150;
const known = (name: string, term: string, start: string, end: string): KnownClass => ({ class: name, title: name, course: 'x', school: 's', term, start, end, outcomes: size }); // prettier-ignore

/** The third term begins while the second still runs. */
const classes = [
  known('a', '1', '2020-01-01', '2020-06-30'),
  known('b', '2', '2020-09-01', '2021-06-30'),
  known('c', '3', '2021-02-01', '2021-05-31'),
  known('d', '4', '2021-09-01', '2021-12-31'),
];

/** Who missed more work passes less often; learners with an even number belong to group e, which fails no more often. */
function source(): EvaluationSource {
  const random = createRandom(7);
  const learners = classes.flatMap((one) =>
    Array.from({ length: size }, (_, number) => {
      const missed = random.integer(4);
      return {
        class: one.class,
        learner: `${one.class}${number}`,
        missed,
        failed: random.uniform() < 0.1 + 0.25 * missed,
        group: number % 2 === 0 ? 'e' : 'o',
      };
    }),
  );
  return {
    ended: classes,
    classesAt: (asOf) => Promise.resolve(classes.map((one) => (one.end < asOf.slice(0, 10) ? one : { ...one, outcomes: 0 }))),
    outcomes: learners.map((one) => ({ class: one.class, learner: one.learner, outcome: one.failed ? 'fail' : 'pass' })),
    attributes: learners.map((one) => ({ class: one.class, learner: one.learner, attribute: 'parity', value: one.group })),
    features: (cuts) => {
      const rows = learners.filter((one) => cuts.some((cut) => cut.class === one.class));
      const keys = rows.map((one): RowKey => ({ learner: one.learner, class: one.class, term: classes.find((of) => of.class === one.class)!.term, course: 'x', school: 's', dayNumber: 28 })); // prettier-ignore
      return Promise.resolve(asFeatureRows(keys, (name) => Float64Array.from(rows, (one) => (name === 'work_missed' ? one.missed : NaN))));
    },
  };
}

const options: RollingOptions = { target: 'not-passing', seed: 1, resamples: 20, everyDays: 56, ablations: false, only: ['3', '4'] };

describe('rolling evaluation', () => {
  const evaluated = evaluateRolling(source(), options);

  it('judges each presentation by models that knew only what was complete before the day', async () => {
    const { presentations } = await evaluated;
    // The second term still runs while the third does; days that a class does not reach are not there.
    expect(presentations.map(({ presentation, day, learnedFrom: from }) => [presentation, day, from?.classes])).toEqual([
      ['3', 56, 1], ['4', 56, 3], ['3', 112, 1], ['4', 112, 3],
    ]); // prettier-ignore
  });

  it('does not judge a presentation before which nothing was complete', async () => {
    expect((await evaluateRolling(source(), { ...options, only: ['1'] })).presentations).toEqual([]);
  });

  it('gives every figure with its interval, by presentation and pooled', async () => {
    const { presentations, pooled } = await evaluated;
    for (const { model, metrics } of presentations[0]!.models) {
      expect(['rule', 'logistic']).toContain(model);
      expect(Object.keys(metrics).sort()).toEqual([
        'auc', 'averagePrecision', 'brier', 'calibrationIntercept', 'calibrationSlope', 'ece', 'logLoss', 'precisionAt10', 'recallAt10',
      ]); // prettier-ignore
      expect(metrics.auc!.value).toBeGreaterThan(0.6);
      expect(metrics.auc!.low!).toBeLessThan(metrics.auc!.value!);
      expect(metrics.auc!.high!).toBeGreaterThan(metrics.auc!.value!);
    }
    expect(pooled.at(-1)).toMatchObject({ presentation: null, day: null, n: presentations.length * size });
  });

  it('says what a family of features gives, and what protected attributes would have added', async () => {
    const { ablations } = await evaluateRolling(source(), { ...options, only: ['4'], everyDays: 112, ablations: true });
    const auc = (change: string, family: string | null = null) =>
      ablations.find((one) => one.change === change && one.family === family)!.auc;
    expect(auc('none') - auc('without', 'work')).toBeGreaterThan(0.1);
    expect(Math.abs(auc('protected') - auc('none'))).toBeLessThan(0.05);
  });
});
