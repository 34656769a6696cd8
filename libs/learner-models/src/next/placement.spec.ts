import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { assess, type AssessmentAnswer } from './assessment.js';
import { bankOf, PLACEMENT, placedOf } from './placement.js';
import { streakOf } from './streak.js';

const skills = Array.from({ length: 8 }, (_, n) => ({ skill: `s${n}`, prerequisites: n === 0 ? [] : [`s${n - 1}`] }));
const items = skills.flatMap(({ skill }) =>
  Array.from({ length: 8 }, (_, n) => ({ item: `${skill}/${n}`, skill, difficulty: (n - 3.5) / 4 })),
);
const bank = bankOf(skills, items);

describe('a placement test', () => {
  it('is short, and seldom skips what is not known (simulation: 300 learners whose skills stray from one scale)', () => {
    const random = createRandom(11);
    let [skipped, wrong, missed, known, asked] = [0, 0, 0, 0, 0];
    for (let learner = 0; learner < 300; learner += 1) {
      const ability = 2 * random.normal();
      // Each skill strays from the one scale that the test assumes: nobody is as regular as a model.
      const truth = new Map(skills.map(({ skill }, n) => [skill, ability - (n - 3.5) + 0.5 * random.normal()]));
      const given: AssessmentAnswer[] = [];
      let now = assess(bank, given, { ...PLACEMENT, seed: learner });
      while (now.next !== undefined) {
        const item = items.find((one) => one.item === now.next)!;
        given.push({ item: item.item, correct: random.uniform() < 1 / (1 + Math.exp(-1.2 * (truth.get(item.skill)! - item.difficulty))) });
        now = assess(bank, given, { ...PLACEMENT, seed: learner });
      }
      asked += given.length;
      for (const placed of placedOf(skills, now)) {
        const really = 1 / (1 + Math.exp(-1.2 * truth.get(placed.skill)!)) >= 0.7;
        if (placed.known) skipped += 1;
        if (placed.known && !really) wrong += 1;
        if (really) known += 1;
        if (really && !placed.known) missed += 1;
      }
    }
    expect(asked / 300).toBeLessThanOrEqual(15);
    expect(wrong / skipped).toBeLessThan(0.1);
    expect(skipped).toBeGreaterThan(300);
    expect(missed / known).toBeLessThan(0.6);
  });
  it('skips nothing whose own answers were wrong, nor what stands on it', () => {
    const areas = skills.map(({ skill }) => ({ area: skill, asked: skill === 's2' ? 2 : 0, right: 0 }));
    const placed = placedOf(skills, { ability: 9, error: 0.3, areas });
    expect(placed.filter(({ known }) => known).map(({ skill }) => skill)).toEqual(['s0', 's1']);
  });
  it('names a circle, and has nothing to ask of an empty catalogue', () => {
    expect(() =>
      bankOf(
        [
          { skill: 'a', prerequisites: ['b'] },
          { skill: 'b', prerequisites: ['a'] },
        ],
        [],
      ),
    ).toThrow('a → b → a');
    expect(assess(bankOf([], []), [], PLACEMENT)).toMatchObject({ stopped: 'no-items', next: undefined });
  });
});

describe('a streak', () => {
  it('goes on over two days of rest and ends with the third', () => {
    expect(streakOf(['2026-03-02', '2026-03-05'], '2026-03-06')).toEqual({ days: 2, longest: 2, restsLeft: 2, practisedToday: false });
    expect(streakOf(['2026-03-02', '2026-03-05'], '2026-03-08')).toMatchObject({ days: 2, restsLeft: 0 });
    expect(streakOf(['2026-03-02', '2026-03-05'], '2026-03-09')).toMatchObject({ days: 0, longest: 2 });
    expect(streakOf(['2026-03-02', '2026-03-06'], '2026-03-06')).toMatchObject({ days: 1, longest: 1, practisedToday: true });
  });
  it('counts a day once and none that is yet to come', () => {
    expect(streakOf(['2026-03-02', '2026-03-02', '2026-04-01'], '2026-03-02').days).toBe(1);
    expect(streakOf([], '2026-03-02')).toEqual({ days: 0, longest: 0, restsLeft: 0, practisedToday: false });
  });
}); // prettier-ignore
