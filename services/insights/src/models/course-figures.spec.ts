import { describe, expect, it } from '@jest/globals';
import { courseFigures } from './course-figures.js';

const metrics = { precisionAt10: { value: 0.9, low: 0.85, high: 0.95 } };
const course = (name: string, rows: number, failed: number) => ({ course: name, rows, failed, metrics });

describe('figures of a model by course', () => {
  it('stand beside the rule on the same learners, under the name of the course', () => {
    const rule = { courses: [{ ...course('algebra', 400, 120), metrics: { precisionAt10: { value: 0.8, low: 0.7, high: 0.9 } } }] };
    const [found] = courseFigures({ courses: [course('algebra', 400, 120)] }, rule, 10, (name) => name.toUpperCase());
    expect(found).toEqual({
      course: 'algebra',
      title: 'ALGEBRA',
      n: 400,
      withheld: false,
      rate: 0.3,
      metrics,
      rule: rule.courses[0]!.metrics,
    });
  });

  it('are withheld for a course of few people, or where all but a few ended alike, and for one more, so that the whole less the rest says nothing', () => {
    for (const few of [course('latin', 9, 4), course('latin', 200, 2), course('latin', 200, 199)]) {
      const all = courseFigures({ courses: [course('algebra', 400, 120), course('biology', 300, 90), few] }, undefined, 10, (name) => name);
      expect(all.map(({ course: name, withheld }) => [name, withheld])).toEqual([
        ['algebra', false],
        ['biology', few.rows === 9 || few.rows === 200],
        ['latin', true],
      ]);
      expect(all.filter(({ withheld }) => withheld).every(({ n, rate, metrics: shown, rule }) => n === null && rate === null && rule === null && Object.keys(shown).length === 0)).toBe(true); // prettier-ignore
    }
  });

  it('are none where a model was judged before they were kept', () => {
    expect(courseFigures({}, undefined, 10, (name) => name)).toEqual([]);
  });
});
