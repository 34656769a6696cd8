import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { chooseNext, type NextQuestion } from './next-activity.js';
import { likelyDays, pathTo } from './path.js';
import { type Standing } from './standing.js';

const skills = [
  { skill: 'add', prerequisites: [] },
  { skill: 'read', prerequisites: [] },
  { skill: 'multiply', prerequisites: ['add'] },
  { skill: 'divide', prerequisites: ['multiply'] },
];
const items = skills.flatMap(({ skill }) => [-1, 0, 1].map((difficulty) => ({ item: `${skill}${difficulty}`, skill, difficulty })));
const at = (chance: number): Standing => ({ chance, interval: { low: 0, high: 1 }, evidence: 5, lastAt: 0, reviewAt: 1e15, run: 1 });
const ask = (known: Record<string, number>, more: Partial<NextQuestion> = {}) =>
  chooseNext({
    skills,
    items,
    standings: new Map(Object.entries(known).map(([skill, chance]) => [skill, at(chance)])),
    recent: [],
    now: 1,
    ...more,
  });
const order = (known: Record<string, number>, more: Partial<NextQuestion> = {}) => ask(known, more).map(({ skill }) => skill);

describe('what people say changes what comes next', () => {
  it('puts an assigned path first, with what it stands on, and opens nothing that is not ready', () => {
    const paths = [{ path: 'Term plan', skills: ['divide'], locked: false }];
    expect(order({}, { paths })).toEqual(['add', 'read']);
    expect(ask({}, { paths })[0]!.reason).toEqual({ code: 'assigned', path: 'Term plan' });
    expect(order({ add: 0.8, read: 0.3 }, { paths })[0]).toBe('multiply');
    expect(order({ add: 0.8, read: 0.3 })[0]).toBe('read');
  });
  it('mixes the skills of a path with each other, and not with what is on none', () => {
    const paths = [{ path: 'Term plan', skills: ['add', 'read'], locked: false }];
    const recent = ['add-1', 'add0'].map((item) => ({ item, skill: 'add' }));
    expect(order({ add: 0.5, read: 0.5, multiply: 0.1 }, { paths, recent }).slice(0, 2)).toEqual(['read', 'add']);
    expect(order({ add: 0.5, multiply: 0.1 }, { paths: [{ path: 'Term plan', skills: ['add'], locked: false }], recent })[0]).toBe('add');
  });
  it('leaves nothing besides a locked path until it is known', () => {
    const paths = [{ path: 'First this', skills: ['add'], locked: true }];
    expect(order({}, { paths })).toEqual(['add']);
    expect(order({ add: 0.9 }, { paths })).toContain('read');
  });
  it('follows a teacher who puts a skill next, ready or not, and says so', () => {
    expect(ask({}, { override: 'divide' })[0]).toMatchObject({ skill: 'divide', reason: { code: 'teacher' } });
  });
  it('lets what is liked go before its like, and opens nothing', () => {
    expect(order({})).toEqual(['add', 'read']);
    expect(order({}, { liked: new Set(['read', 'divide']) })).toEqual(['read', 'add']);
    expect(order({ add: 0.2 }, { liked: new Set(['read']) })[0]).toBe('add');
    const two = ['a', 'b'].map((item) => ({ item, skill: 'add', difficulty: item === 'a' ? -0.8 : -0.6 }));
    expect(ask({}, { items: two })[0]!.item).toBe('a');
    expect(ask({}, { items: two, liked: new Set(['b']) })[0]!.item).toBe('b');
  });
  it('gives easier items of a skill that was too hard, and of no other', () => {
    const chance = (skill: string, wishes = new Map<string, number>()) =>
      ask({ add: 0.5, read: 0.5 }, { wishes }).find((one) => one.skill === skill)!.chance;
    expect(chance('add', new Map([['add', -1.5]]))).toBeGreaterThanOrEqual(chance('add'));
    expect(chance('add', new Map([['add', 1.5]]))).toBeLessThan(chance('add'));
    expect(chance('read', new Map([['add', 1.5]]))).toBe(chance('read'));
  });
});

describe('the way to a goal', () => {
  it('asks more of what the goal names than of what it stands on', () => {
    const known = new Map([['add', at(0.75)], ['multiply', at(0.75)]]); // prettier-ignore
    expect(pathTo(['multiply'], skills, known, 1).steps).toEqual([]);
    expect(pathTo(['multiply'], skills, known, 1, (skill) => (skill === 'multiply' ? 0.95 : 0.7)).steps.map(({ skill }) => skill)).toEqual(['multiply']);
  });
  it('foretells a date that eight in ten reach in its range (simulation: 400 learners of uneven pace)', () => {
    const random = createRandom(5);
    let inside = 0;
    for (let learner = 0; learner < 400; learner += 1) {
      const busy = 0.2 + 0.6 * random.uniform();
      const day = () => (random.uniform() < busy ? 1 + random.integer(10) : 0);
      const needed = 30 + random.integer(60);
      const range = likelyDays(needed, Array.from({ length: 28 }, day), 0.2, learner);
      let left = needed * Math.exp(0.2 * random.normal());
      let took = 0;
      for (; left > 0; took += 1) left -= day();
      if (range !== null && took >= range.low && took <= range.high) inside += 1;
    }
    // Four weeks tell the pace itself with some error, so that a little less than the nominal eight in ten is inside.
    expect(inside / 400).toBeGreaterThan(0.7);
    expect(inside / 400).toBeLessThan(0.9);
  });
  it('is now where nothing is left, and unknown where nothing was done', () => {
    expect(likelyDays(0, [0], 0.3, 1)).toEqual({ likely: 0, low: 0, high: 0 });
    expect(likelyDays(10, [0, 0], 0.3, 1)).toBeNull();
    expect(likelyDays(100_000, [1], 0.3, 1)).toBeNull();
  });
}); // prettier-ignore
