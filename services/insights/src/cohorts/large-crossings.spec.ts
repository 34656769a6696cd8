import { describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { type Cell, type ClassRow } from '@pharos/warehouse';
import { type CohortRow } from '../questions/cohort-cells.js';
import { CohortPattern } from './cohort-pattern.js';
import { MOST_CELLS } from './disclosure.js';
import { type Crossing, workOutPattern } from './work-out-pattern.js';

const cell = (n: number): Cell => ({ n, key: '0' });

/** A district of three schools, each with 42 classes of about 80, crossed with two attributes of two values: a plain question of an analyst. */
const places = [0, 1, 2].flatMap((school) =>
  Array.from({ length: 42 }, (_, at): ClassRow => {
    const id = `${school}-${at}`;
    return { class: id, school: `school ${school}`, course: `course ${at % 7}`, title: id, courseTitle: '', schoolTitle: '', term: 't', start: '', end: '', enrolled: 0 }; // prettier-ignore
  }),
);
const random = createRandom(4);
const learners = places.flatMap((place) =>
  Array.from({ length: 60 + random.integer(40) }, () => ({
    class: place.class,
    gender: random.uniform() < 0.5 ? 'female' : 'male',
    disability: random.uniform() < 0.15 ? 'yes' : 'no',
    atRisk: random.uniform() < 0.3,
  })),
);

const rowsOf = (attributes: readonly ('gender' | 'disability')[]): CohortRow[] =>
  [...Map.groupBy(learners, (one) => JSON.stringify([one.class, ...attributes.map((name) => one[name])]))].map(([id, some]) => {
    const [group, ...values] = JSON.parse(id) as [string, ...string[]];
    const [all, atRisk] = [cell(some.length), cell(some.filter((one) => one.atRisk).length)];
    const rest = cell(all.n - atRisk.n);
    return {
      group, attributes: values, enrolled: all, active: all, scored: all, atRisk, bands: { riskLow: rest, riskSome: cell(0), riskHigh: atRisk, riskVeryHigh: cell(0) },
      attended: all, attendance: null, marked: all, meanMark: null, withWorkDue: all, handedIn: null, events: 0, activeDays: null,
    };
  }); // prettier-ignore

describe('gender and disability by class, in a district of 126 classes', () => {
  const crossings: Crossing[] = ([[], ['disability'], ['gender'], ['disability', 'gender']] as const).map((attributes) => ({
    attributes,
    rows: rowsOf(attributes),
  }));
  const whole = crossings.at(-1)!.rows;
  const pattern = new CohortPattern(places, workOutPattern({ places, crossings, minimum: 10 }));
  const enrolled = (group: string, gender: string, disability: string) =>
    pattern.hides('enrolled', { level: 'class', group, filter: {}, attributes: { gender, disability } }).at(-1)!;

  it('is few enough cells to be answered', () => {
    expect(whole.length).toBeGreaterThan(480);
    expect(whole.length).toBeLessThan(MOST_CELLS);
  });

  it('shows what is large and hides what is small, and the schools keep their figures', () => {
    const shown = whole.filter(({ group, attributes: [disability, gender] }) => !enrolled(group, gender!, disability!));
    expect(shown.every((row) => row.enrolled.n >= 10)).toBe(true);
    expect(shown.length).toBeGreaterThan(0);
    expect(whole.filter((row) => row.enrolled.n < 10).length).toBeGreaterThan(100);
    const school = pattern.hides('enrolled', { level: 'school', group: 'school 0', filter: {}, attributes: { gender: 'female', disability: 'yes' } }); // prettier-ignore
    expect(school.at(-1)).toBe(false);
  });
});
