import { describe, expect, it } from '@jest/globals';
import { leversOf } from './levers.js';
import { type Standing } from './standing.js';

const skill = (id: string, subject: string, ...prerequisites: string[]) => ({ skill: id, subject, prerequisites });
const skills = [
  skill('integers', 'maths'),
  skill('fractions', 'maths', 'integers'),
  skill('equations', 'maths', 'fractions'),
  skill('slope', 'maths', 'equations'),
  skill('shapes', 'maths'),
  skill('letters', 'reading'),
];
const known = (chances: Readonly<Record<string, number>>): ReadonlyMap<string, Standing> =>
  new Map(
    Object.entries(chances).map(([id, chance]) => [
      id,
      { chance, interval: { low: 0, high: 1 }, evidence: 5, lastAt: 0, reviewAt: 0, run: 0 },
    ]),
  );

describe('the skills that would change the outlook most', () => {
  it('are those that much stands on, and what to practise first is what they stand on', () => {
    const [first, second] = leversOf(skills, known({ integers: 0.9, fractions: 0.4, shapes: 0.3 }));
    expect(first).toEqual({ skill: 'fractions', chance: 0.4, opens: 2, first: 'fractions' });
    // Further from being known than fractions, and nothing stands on it.
    expect(leversOf(skills, known({ integers: 0.9, fractions: 0.4, shapes: 0.3 })).map((one) => one.skill)).toContain('shapes');
    expect(second!.opens).toBeLessThan(2);
    expect(leversOf(skills, known({ integers: 0.6, fractions: 0.5 })).find((one) => one.skill === 'fractions')!.first).toBe('integers');
  });
  it('are named by name only where something was answered, and few', () => {
    expect(leversOf(skills, known({ letters: 0.2 }))).toEqual([{ skill: 'letters', chance: 0.2, opens: 0, first: 'letters' }]);
    expect(leversOf(skills, known({ integers: 0.1, shapes: 0.1, letters: 0.1 }), 2)).toHaveLength(2);
    expect(leversOf(skills, new Map())).toEqual([]);
    expect(leversOf(skills, known(Object.fromEntries(skills.map((one) => [one.skill, 0.9]))))).toEqual([]);
  });
  it('end circles where they close', () => {
    const circle = [skill('a', 's', 'b'), skill('b', 's', 'a')];
    expect(leversOf(circle, known({ a: 0.3 })).map(({ skill: id, opens }) => [id, opens])).toContainEqual(['a', 1]);
  });
});
