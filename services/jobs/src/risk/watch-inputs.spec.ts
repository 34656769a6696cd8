import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRandom, L2Logistic, type Random, type RiskScorer } from '@pharos/learner-models';
import { asFeatureRows, type FeatureRows, type RowKey } from '../features/feature-rows.js';
import { type LabelledRows } from './target.js';
import { watchInputs } from './watch-inputs.js';

interface Drawn {
  readonly work_missed: number;
  readonly mark_mean: number;
  readonly activity_28: number;
}

const usual = (random: Random): Drawn => ({
  work_missed: random.integer(4),
  mark_mean: 0.7 + 0.12 * random.normal(),
  activity_28: Math.exp(random.normal()),
});

/** Rows of two courses; `change` says what is different in one of them. */
function rows(seed: number, each: number, change?: (drawn: Drawn, random: Random) => Drawn): FeatureRows {
  const random = createRandom(seed);
  const drawn = ['maths', 'art'].flatMap((course) =>
    Array.from({ length: each }, (_, number) => {
      const values = usual(random);
      return { course, learner: `${course}${number}`, values: course === 'maths' && change ? change(values, random) : values };
    }),
  );
  const keys = drawn.map(({ course, learner }): RowKey => ({
    learner,
    class: `${course}-1`,
    course,
    term: '1',
    school: 's',
    dayNumber: 28,
  }));
  return asFeatureRows(keys, (name) =>
    Float64Array.from(drawn, ({ values }) => (values as unknown as Record<string, number>)[name] ?? NaN),
  );
}

let training: LabelledRows;
let scorer: RiskScorer;
beforeAll(() => {
  const before = rows(1, 400);
  const random = createRandom(2);
  const columnOf = (name: string) => before.table.columns[before.table.features.findIndex((feature) => feature.name === name)]!;
  const [missed, marks] = [columnOf('work_missed'), columnOf('mark_mean')];
  const target = Uint8Array.from(missed, (value, row) =>
    Number(random.uniform() < 1 / (1 + Math.exp(0.5 - value + 6 * (marks[row]! - 0.5)))),
  );
  training = { keys: before.keys, table: { ...before.table, target, group: before.table.group! } };
  scorer = new L2Logistic({ seed: 1, lambda: 10 }).fit(training.table);
});

describe('the watch over inputs', () => {
  it('stays quiet, in 20 terms of the same kind', () => {
    const found = Array.from({ length: 20 }, (_, seed) => watchInputs(rows(100 + seed, 300), training, scorer));
    expect(found.every(({ compared }) => compared > 0)).toBe(true);
    expect(found.flatMap(({ moved }) => moved)).toEqual([]);
  });

  it('notices, in 20 terms, marks of 1 or 100 as of work that weighs nothing: names them, and holds the model back in that course only', () => {
    const planted = (drawn: Drawn, random: Random): Drawn => ({ ...drawn, mark_mean: random.uniform() < 0.4 ? 0.01 : 1 });
    for (let seed = 0; seed < 20; seed += 1) {
      const { moved, heldBack } = watchInputs(rows(200 + seed, 300, planted), training, scorer);
      expect(moved[0]).toMatchObject({ course: 'maths', class: 'maths-1', feature: 'mark_mean' });
      expect(moved.every(({ course }) => course === 'maths')).toBe(true);
      expect(heldBack.map(({ course }) => course)).toEqual(['maths']);
    }
  });

  it('names a platform that fell silent, by the share that is missing', () => {
    const { moved } = watchInputs(
      rows(300, 300, (drawn) => ({ ...drawn, work_missed: NaN })),
      training,
      scorer,
    );
    expect(moved.find(({ feature }) => feature === 'work_missed')).toMatchObject({ missingBefore: 0, missingNow: 1 });
  });

  it('says nothing about a course of too few learners', () => {
    expect(watchInputs(rows(400, 30, (drawn) => ({ ...drawn, mark_mean: 1 })), training, scorer)).toEqual({ compared: 0, moved: [], heldBack: [] }); // prettier-ignore
  });
});
