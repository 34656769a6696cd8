import { describe, expect, it } from '@jest/globals';
import { makeCheckTable } from './checks/check-table.js';
import { riskModelChecks } from './checks/risk-model-checks.js';
import { CourseEffects } from './course-effects.js';
import { GlassBox } from './glass-box/glass-box.js';
import { L2Logistic } from './logistic/l2-logistic.js';
import { restoreScorer } from './restore-scorer.js';
import { type Learned } from './risk-model.js';
import { RiskBlend } from './blend.js';

const create = (seed: number) => new CourseEffects(new L2Logistic({ seed, lambda: 10 }));

/** The check table, with every third learner in a course that fails more often. */
function withCourses() {
  const table = makeCheckTable();
  const course: string[] = Array.from({ length: table.rows }, (_, row) => (row % 6 < 2 ? 'hard' : 'usual'));
  const target = table.target.map((y, row) => (course[row] === 'hard' && row % 4 < 3 ? 1 : y));
  return { ...table, course, target };
}

describe('CourseEffects passes the checks of every model where no course is said: it', () => {
  it.each(riskModelChecks(create))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

describe('CourseEffects', () => {
  const table = withCourses();

  it('scores learners of a harder course higher, and tells the courses as one term', () => {
    const { terms, contributions } = create(1).fit(table).predict(table);
    const at = terms.findIndex(({ names }) => names.join() === 'course');
    const of = (course: string): number => contributions[at]![table.course.indexOf(course)]!;
    expect(of('hard')).toBeGreaterThan(of('usual') + 0.3);
    expect(terms.filter(({ names }) => names[0]!.startsWith('course'))).toHaveLength(1);
  });

  it('tells what was declared as one term, and gives values of few rows no effect of their own', () => {
    const education = Array.from({ length: table.rows }, (_, row) => (row === 0 ? 'rare' : row % 6 < 2 ? 'none' : 'school'));
    const told = { ...table, course: table.course.map(() => 'same'), declared: { education } };
    const { terms, contributions } = create(1).fit(told).predict(told);
    const at = terms.findIndex(({ names }) => names.join() === 'education');
    expect(contributions[at]![1]! - contributions[at]![2]!).toBeGreaterThan(0.3);
    expect(
      create(1)
        .fit(told)
        .toLearned()
        .levels.map(({ value }) => value),
    ).toEqual(['none', 'school']);
  });

  it('adds up when a pair holds a course', () => {
    const model = new CourseEffects(
      new RiskBlend([new GlassBox({ seed: 1, bags: 4, pairs: 8 }), new L2Logistic({ seed: 1, lambda: 10 })]),
    ).fit(table);
    const { intercept, contributions, logOdds } = model.predict(table);
    logOdds.forEach((value, row) => expect(contributions.reduce((sum, one) => sum + one[row]!, intercept)).toBeCloseTo(value, 9));
    const quick = model.predict(table, { explain: false }).logOdds;
    quick.forEach((value, row) => expect(value).toBeCloseTo(logOdds[row]!, 9));
  });

  it('scores a course that it has not seen, and comes back from its learned values', () => {
    const model = create(1).fit(table);
    const unseen = { ...table, course: table.course.map(() => 'new') };
    const restored = restoreScorer(JSON.parse(JSON.stringify(model.toLearned())) as Learned);
    expect(restored.predict(unseen).logOdds).toEqual(model.predict(unseen).logOdds);
    expect(restored.features).toEqual(table.features);
  });

  it('refuses a table that does not say the courses', () => {
    const { course: _, ...without } = table;
    expect(() => create(1).fit(table).predict(without)).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});
