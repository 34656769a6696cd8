import { describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { fairPractice, type PractisedAnswer } from './fair-practice.js';

const ITEMS = 24;
const SKILLS = 6;

/** SIMULATION: two groups, the smaller one a little weaker; an item may ask more of it, and it may be offered easier items or fewer new skills. */
function practice(seed: number, { unfair, steered }: { readonly unfair?: number; readonly steered?: 'easier' | 'fewer-new' } = {}, learners = 300): PractisedAnswer[] {
  const random = createRandom(seed);
  const answers: PractisedAnswer[] = [];
  for (let learner = 0; learner < learners; learner++) {
    const small = learner % 3 === 0;
    const ability = random.normal() - (small ? 0.4 : 0);
    let reach = 2;
    for (let turn = 0; turn < 40; turn++) {
      if (random.uniform() < (small && steered === 'fewer-new' ? 0.02 : 0.15)) reach = Math.min(SKILLS, reach + 1);
      const skill = random.integer(reach);
      const within = small && steered === 'easier' ? random.integer(2) : random.integer(4);
      const item = skill * 4 + within;
      const difficulty = (within - 1.5) * 0.8 + (small && item === unfair ? 1.6 : 0);
      answers.push({ learner: `l${learner}`, item: `i${item}`, skill: `s${skill}`, correct: random.uniform() < 1 / (1 + Math.exp(-(ability + 0.5 - difficulty))) });
    }
  }
  return answers;
} // prettier-ignore
const groupOf = (learner: string) => (Number(learner.slice(1)) % 3 === 0 ? 'small' : 'large');
const seen = (answers: PractisedAnswer[]) => fairPractice(answers, groupOf, 10)[0]!;

describe('fair practice (simulation)', () => {
  // A correction over all items costs power: with 100 learners of a group an item of this size is missed now and then.
  it.each([1, 2, 3])('finds a planted item, and it alone, among 900 learners; seed %d', (seed) => {
    const found = seen(practice(seed, { unfair: 1 }, 900));
    expect(found).toMatchObject({ group: 'small', reference: 'large', learners: 300 });
    expect(found.items.map(({ item }) => item)).toEqual(['i1']);
    expect(found.items[0]!.delta).toBeLessThan(-1.5);
    expect(found.compared).toBeGreaterThan(ITEMS / 2);
  });

  it('finds a group that is offered easier things, and one that is offered fewer new ones', () => {
    const easier = seen(practice(2, { steered: 'easier' })).offered;
    expect(easier.ease).toMatchObject({ steered: true });
    expect(easier.ease!.gap).toBeGreaterThan(0.03);
    expect(seen(practice(3, { steered: 'fewer-new' })).offered.fresh).toMatchObject({ steered: true });
  });

  it('finds nothing where nothing is, though one group knows less; 8 districts', () => {
    for (let seed = 10; seed < 18; seed++) {
      const { items, offered } = seen(practice(seed));
      expect({ seed, items: items.map(({ item }) => item), ease: offered.ease!.steered, fresh: offered.fresh!.steered }).toEqual({ seed, items: [], ease: false, fresh: false });
    }
  }); // prettier-ignore

  it('leaves out groups too small to be shown, and says nothing without any', () => {
    expect(fairPractice(practice(1), groupOf, 150)).toEqual([]);
    expect(fairPractice([], groupOf, 10)).toEqual([]);
    expect(fairPractice(practice(1), () => undefined, 10)).toEqual([]);
  });
});
