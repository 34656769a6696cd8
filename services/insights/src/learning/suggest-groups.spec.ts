import { describe, expect, it } from '@jest/globals';
import { type Standing } from '@pharos/learner-models';
import { suggestGroups } from './suggest-groups.js';

const skills = ['add', 'multiply'].map((skill) => ({ skill, title: { en: skill }, prerequisites: [] }));
const at = (chance: number, evidence = 5): Standing => ({
  chance,
  evidence,
  interval: { low: 0, high: 1 },
  lastAt: 0,
  reviewAt: 0,
  run: 0,
});
const of = (all: Record<string, Record<string, number>>) =>
  new Map(
    Object.entries(all).map(([learner, own]) => [learner, new Map(Object.entries(own).map(([skill, chance]) => [skill, at(chance)]))]),
  );

describe('groups from the gaps', () => {
  it('puts those together who share a gap, each learner once, nobody alone', () => {
    const groups = suggestGroups(skills, of({ ana: { add: 0.3, multiply: 0.2 }, ben: { add: 0.4 }, cleo: { add: 0.9, multiply: 0.4 }, dan: { multiply: 0.1 } }), 0.7);
    expect(groups.map(({ skill, learners }) => [skill, learners])).toEqual([['multiply', ['dan', 'ana', 'cleo']]]);
    const all = groups.flatMap(({ learners }) => learners);
    expect(new Set(all).size).toBe(all.length);
  });
  it('divides what is too large to sit with', () => {
    const many = of(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`l${n}`, { add: 0.2 + n / 100 }])));
    expect(suggestGroups(skills, many, 0.7).map(({ learners }) => learners.length)).toEqual([6, 3]);
  });
  it('finds none in an empty class, nor from a single answer', () => {
    expect(suggestGroups(skills, new Map(), 0.7)).toEqual([]);
    const once = new Map(['a', 'b'].map((learner) => [learner, new Map([['add', at(0.1, 1)]])]));
    expect(suggestGroups(skills, once, 0.7)).toEqual([]);
  });
}); // prettier-ignore
