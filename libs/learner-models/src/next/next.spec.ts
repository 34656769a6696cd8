import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { assess, ASSESSMENT, type AssessmentAnswer, type BankItem } from './assessment.js';
import { type ComparedAnswer, mantelHaenszel } from './mantel-haenszel.js';
import { chooseNext, type NextQuestion } from './next-activity.js';
import { pathTo } from './path.js';
import { simulateLearning } from './simulated-learning.js';
import { type SkillAnswer, standingOf } from './standing.js';
import { hintAbuseShare, rapidGuessShare, wheelSpinning } from './struggle.js';

const DAY = 86_400_000;
const answers = (marks: string, at = 0): SkillAnswer[] =>
  [...marks].map((mark, index) => ({ correct: mark === '1', at: at + index * 1000 }));

describe('a standing', () => {
  it('starts from a uniform prior and leans to the later answers', () => {
    expect(standingOf(answers('1')).chance).toBeCloseTo(2 / 3, 12);
    expect(standingOf(answers('0')).chance).toBeCloseTo(1 / 3, 12);
    expect(standingOf(answers('000111')).chance).toBeGreaterThan(standingOf(answers('111000')).chance);
    expect(() => standingOf([])).toThrow(RangeError);
  });
  it('is surer with more answers, and never NaN for all right or all wrong', () => {
    const width = (marks: string) => { const { low, high } = standingOf(answers(marks)).interval; return high - low; }; // prettier-ignore
    expect(width('1111111111')).toBeLessThan(width('11'));
    expect(standingOf(answers('0'.repeat(100))).chance).toBeGreaterThan(0);
  });
  it('waits longer with every right answer in a row, and a day after a wrong one', () => {
    const wait = (marks: string) => { const { reviewAt, lastAt } = standingOf(answers(marks)); return (reviewAt - lastAt) / DAY; }; // prettier-ignore
    expect([wait('0'), wait('01'), wait('011'), wait('0110'), wait('1'.repeat(30))]).toEqual([1, 2, 4, 1, 180]);
  });
});

describe('what comes next', () => {
  const skills = [
    { skill: 'add', prerequisites: [] },
    { skill: 'subtract', prerequisites: ['add'] },
    { skill: 'multiply', prerequisites: ['add'] },
  ];
  const items = skills.flatMap(({ skill }) => [0, 1, 2].map((n) => ({ item: `${skill}-${n}`, skill, difficulty: n - 1 })));
  const ask = (known: Record<string, string>, more: Partial<NextQuestion> = {}) =>
    chooseNext({ skills, items, standings: new Map(Object.entries(known).map(([skill, marks]) => [skill, standingOf(answers(marks))])), recent: [], now: 60_000, ...more }); // prettier-ignore

  it('begins with what needs nothing before it', () => {
    expect(ask({})).toEqual([expect.objectContaining({ skill: 'add', reason: { code: 'ready', after: [] } })]);
  });
  it('opens a skill once what comes before is known, and not earlier', () => {
    expect(ask({ add: '0010' }).map(({ skill }) => skill)).toEqual(['add']);
    expect(ask({ add: '111111' }).map(({ skill }) => skill)).toContain('multiply');
  });
  it('puts what is due for review first', () => {
    const standings = new Map([['add', standingOf(answers('1'))], ['subtract', standingOf(answers('0000', 3 * DAY - 60_000))]]); // prettier-ignore
    expect(ask({}, { standings, now: 3 * DAY })[0]).toMatchObject({ skill: 'add', reason: { code: 'review-due', days: 3 } });
  });
  it('goes to another skill that needs practice after two in a row of one, and to one that is known after six', () => {
    const inARow = (count: number) => Array.from({ length: count }, (_, n) => ({ item: `subtract-${n % 3}`, skill: 'subtract' }));
    const next = (add: string, count: number) => ask({ add, subtract: '0101', multiply: '1111111' }, { recent: inARow(count) })[0]!.skill;
    expect(ask({ add: '1111', subtract: '0101' })[0]).toMatchObject({ skill: 'subtract', reason: { code: 'weak' } });
    expect([next('1111', 1), next('1111', 2)]).toEqual(['subtract', 'add']);
    expect([next('1111111', 2), next('1111111', 5), next('1111111', 6)]).toEqual(['subtract', 'subtract', 'add']);
  });
  it('takes no item again that was just seen while there is another', () => {
    const [first] = ask({});
    expect(ask({}, { recent: [first!] })[0]!.item).not.toBe(first!.item);
  });
  it('aims at the band, and follows a wish within what is ready', () => {
    const chanceAt = (wish: number) => ask({ add: '1111' }, { wish }).find(({ skill }) => skill === 'add')!.chance;
    expect(chanceAt(2)).toBeLessThan(chanceAt(0));
    expect(chanceAt(0)).toBeGreaterThanOrEqual(0.6);
    expect(ask({}, { wish: 5 }).map(({ skill }) => skill)).toEqual(['add']);
  });
  it('says nothing where there is nothing', () => {
    expect(chooseNext({ skills: [], items: [], standings: new Map(), recent: [], now: 0 })).toEqual([]);
  });
  it('lays a path, prerequisites first, and names a circle', () => {
    const path = pathTo(['multiply'], skills, new Map(), 4);
    expect(path.steps.map(({ skill }) => skill)).toEqual(['add', 'multiply']);
    expect(path.days).toEqual({ likely: 4, low: 2, high: 6 });
    expect(pathTo(['multiply'], skills, new Map(), 0).days).toBeNull();
    const circle = [{ skill: 'a', prerequisites: ['b'] }, { skill: 'b', prerequisites: ['a'] }]; // prettier-ignore
    expect(() => pathTo(['a'], circle, new Map(), 1)).toThrow('a → b → a');
    expect(() => pathTo(['x'], skills, new Map(), 1)).toThrow('unknown skill: x');
  });
});

describe('simulation: choosing against random and fixed order', () => {
  const mean = (policy: 'pharos' | 'random' | 'fixed', gain: number) => {
    const known = Array.from({ length: 60 }, (_, seed) => simulateLearning(policy, 100 + seed, 80, { gain, withoutPrerequisites: 0.3 }));
    const average = known.reduce((sum, value) => sum + value, 0) / known.length;
    const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - average) ** 2, 0) / (known.length - 1) / known.length);
    return { average, low: average - 1.96 * spread, high: average + 1.96 * spread };
  };
  // Half and twice the rate as well: the chooser assumes none.
  it.each([0.2, 0.4, 0.8])('knows more skills in the end with a gain of %d per answer, beyond chance', (gain) => {
    const [pharos, random] = [mean('pharos', gain), mean('random', gain)];
    expect(pharos.low).toBeGreaterThan(random.high);
  });
});

describe('an adaptive assessment', () => {
  const random = createRandom(5);
  const bank: readonly BankItem[] = Array.from({ length: 240 }, (_, index) => ({
    item: `i${index}`, area: index % 2 === 0 ? 'number' : 'shape', discrimination: 0.7 + random.uniform() * 1.3, difficulty: random.normal() * 1.2,
  })); // prettier-ignore
  const answer = (item: BankItem, ability: number, draw: number): AssessmentAnswer => ({
    item: item.item,
    correct: draw < 1 / (1 + Math.exp(-item.discrimination * (ability - item.difficulty))),
  });
  const run = (seed: number, ability: number, most: number) => {
    const draws = createRandom(seed);
    const given: AssessmentAnswer[] = [];
    for (;;) {
      const now = assess(bank, given, { ...ASSESSMENT, standardError: 0, most, seed });
      if (now.next === undefined) return now;
      given.push(
        answer(
          bank.find(({ item }) => item === now.next)!,
          ability,
          draws.uniform(),
        ),
      );
    }
  };
  const fixed = (seed: number, ability: number, length: number) => {
    const draws = createRandom(seed);
    const form = bank.slice(0, length).map((item) => answer(item, ability, draws.uniform()));
    return assess(bank, form);
  };

  it('has with half of the items no larger error than a fixed form (simulation, 3 seeds of 60 abilities)', () => {
    for (const seed of [1, 2, 3]) {
      const drawn = createRandom(seed);
      const abilities = Array.from({ length: 60 }, () => drawn.normal());
      const rmse = (of: (ability: number, index: number) => number) =>
        Math.sqrt(abilities.reduce((sum, ability, index) => sum + (of(ability, index) - ability) ** 2, 0) / abilities.length);
      const adaptive = rmse((ability, index) => run(seed * 1000 + index, ability, 20).ability);
      expect(adaptive).toBeLessThanOrEqual(rmse((ability, index) => fixed(seed * 1000 + index, ability, 40).ability));
    }
  });

  it('balances areas, stops when it is precise, and goes on where it was left', () => {
    const ended = run(7, 0.3, 20);
    expect(ended.areas.map(({ asked }) => asked)).toEqual([10, 10]);
    expect(ended.stopped).toBe('longest');
    const given = [{ item: 'i3', correct: true }];
    expect(assess(bank, given)).toEqual(assess(bank, given));
    expect(assess(bank, [], { ...ASSESSMENT, least: 0, standardError: 2 })).toMatchObject({ stopped: 'precise', next: undefined });
    expect(() => assess(bank, [{ item: 'nowhere', correct: true }])).toThrow(RangeError);
    expect(() => assess(bank, [...given, ...given])).toThrow('answered twice');
  });

  it('does not show the same first items to all', () => {
    const first = new Set(Array.from({ length: 30 }, (_, seed) => assess(bank, [], { ...ASSESSMENT, seed }).next));
    expect(first.size).toBeGreaterThan(2);
  });
});

describe('pace and struggle', () => {
  it('finds wheel-spinning: ten answers without three right in a row', () => {
    const spinning = (marks: string) => wheelSpinning([...marks].map((mark) => ({ correct: mark === '1' })));
    expect([spinning('0101101101'), spinning('0101110'), spinning('01011')]).toEqual([true, false, false]);
  });
  it('takes nobody with extra time for a guesser', () => {
    const paced = [20, 25, 2.5].map((seconds) => ({ correct: false, seconds, hints: 0, ladder: 3 }));
    expect(rapidGuessShare(paced, [30, 30, 30])).toBeCloseTo(1 / 3, 12);
    expect(rapidGuessShare(paced, [30, 30, 30], 1.5)).toBe(0);
    expect(rapidGuessShare([], [])).toBeNull();
  });
  it('finds hints that were clicked through', () => {
    const with3 = (seconds: number) => ({ correct: true, seconds, hints: 3, ladder: 3 });
    expect(hintAbuseShare([with3(4), with3(60)])).toBe(0.5);
    expect(hintAbuseShare([])).toBeNull();
  });
});

describe('fair items by Mantel and Haenszel', () => {
  const simulate = (harder: number, seed: number): ComparedAnswer[] => {
    const random = createRandom(seed);
    return Array.from({ length: 4000 }, (_, index) => {
      const stratum = random.integer(6);
      const group = index % 2 === 0 ? 'reference' : 'focal';
      const odds = stratum - 2.5 - (group === 'focal' ? harder : 0);
      return { group, stratum, correct: random.uniform() < 1 / (1 + Math.exp(-odds)) };
    });
  };
  it('finds a planted item, and leaves a fair one alone', () => {
    expect(mantelHaenszel(simulate(1, 1))).toMatchObject({ verdict: 'C' });
    expect(mantelHaenszel(simulate(0, 1))).toMatchObject({ verdict: 'A' });
    expect(mantelHaenszel(simulate(1, 2)).oddsRatio).toBeCloseTo(Math.E, 0);
    expect(mantelHaenszel([])).toMatchObject({ verdict: 'unknown', delta: null });
  });
  it('is the odds ratio of the only stratum', () => {
    const cell = (group: 'reference' | 'focal', correct: boolean, n: number) =>
      Array.from({ length: n }, () => ({ group, correct, stratum: 0 }));
    const table = [
      ...cell('reference', true, 30),
      ...cell('reference', false, 10),
      ...cell('focal', true, 20),
      ...cell('focal', false, 20),
    ];
    const { oddsRatio, chiSquare } = mantelHaenszel(table);
    expect(oddsRatio).toBeCloseTo((30 * 20) / (10 * 20), 12);
    // (|30 − 25| − 0.5)² / (40 · 40 · 50 · 30 / (80² · 79))
    expect(chiSquare).toBeCloseTo(4.5 ** 2 / ((40 * 40 * 50 * 30) / (80 ** 2 * 79)), 12);
  });
});
