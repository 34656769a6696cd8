import { probabilityOf } from '../log-odds.js';
import { type Asked, type LearnerAttempts } from './knowledge-model.js';

/** Answers to an item or skill and rights among them; after a right answer to the question before, and after a wrong one, apart. */
export interface Tally {
  attempts: number;
  wins: number;
  afterWin: number;
  winsAfterWin: number;
}

/** Tallies of items and skills over the learners of a fit. Plain JSON: maps as lists of entries, sorted by name. */
export interface LearnedHistory {
  readonly items: readonly (readonly [string, number, number, number, number])[];
  readonly skills: readonly (readonly [string, number, number, number, number])[];
  readonly pairs: readonly (readonly [string, number, number, number, number])[];
  readonly all: readonly [number, number, number, number];
}

/** Answers that a skill's rate weighs against an item's own, and all answers against a skill's. */
const ITEM_PRIOR = 5;
const SKILL_PRIOR = 20;

const none: Tally = { attempts: 0, wins: 0, afterWin: 0, winsAfterWin: 0 };

/**
 * How items and skills went for the learners of a fit: the prior for whoever comes next, and the cold start for what is new (an item's skill speaks
 * for it, all items for a skill).
 */
export class ItemHistory {
  readonly items = new Map<string, Tally>();
  readonly skills = new Map<string, Tally>();
  /** An item right after another one: the steps of a problem, or a question and its follow-up. By `pairName`. */
  readonly pairs = new Map<string, Tally>();
  readonly all: Tally = { ...none };

  static of(learners: readonly LearnerAttempts[]): ItemHistory {
    const history = new ItemHistory();
    for (const { attempts } of learners) {
      let before = 0;
      let last: string | undefined;
      for (const { item, skills, correct } of attempts) {
        const right = correct ? 1 : 0;
        if (last !== undefined) count(tallyOf(history.pairs, pairName(last, item)), right, before);
        last = item;
        count(tallyOf(history.items, item), right, before);
        for (const skill of skills) count(tallyOf(history.skills, skill), right, before);
        count(history.all, right, before);
        before = right;
      }
    }
    return history;
  }

  static fromLearned(learned: LearnedHistory): ItemHistory {
    const history = new ItemHistory();
    for (const [name, ...numbers] of learned.items) history.items.set(name, asTally(numbers));
    for (const [name, ...numbers] of learned.pairs) history.pairs.set(name, asTally(numbers));
    for (const [name, ...numbers] of learned.skills) history.skills.set(name, asTally(numbers));
    Object.assign(history.all, asTally(learned.all));
    return history;
  }

  toLearned(): LearnedHistory {
    return { items: entries(this.items), skills: entries(this.skills), pairs: entries(this.pairs), all: asNumbers(this.all) };
  }

  /**
   * Rates, each drawn towards the wider one where answers are few. `without` are one learner's own answers, taken out: in a fit no learner may be
   * predicted from what they answer later.
   */
  rates({ item, skills }: Asked, without?: ItemHistory): { item: number; skill: number; itemAttempts: number; skillAttempts: number } {
    const base = rate(this.all, without?.all, 0.5, 2);
    let skillRate = base;
    let skillAttempts = 0;
    if (skills.length > 0) {
      let logOdds = 0;
      skillAttempts = Infinity;
      for (const skill of skills) {
        const tally = this.skills.get(skill);
        const own = without?.skills.get(skill);
        logOdds += Math.log(odds(rate(tally, own, base, SKILL_PRIOR)));
        skillAttempts = Math.min(skillAttempts, (tally?.attempts ?? 0) - (own?.attempts ?? 0));
      }
      skillRate = probabilityOf(logOdds / skills.length);
    }
    const tally = this.items.get(item);
    const own = without?.items.get(item);
    return {
      item: rate(tally, own, skillRate, ITEM_PRIOR),
      skill: skillRate,
      itemAttempts: (tally?.attempts ?? 0) - (own?.attempts ?? 0),
      skillAttempts,
    };
  }

  /**
   * How the item went for those who had just answered the same item before it as this learner: how many, their rate, and the rate of those whose answer before
   * was right, or wrong, like this one's. NaN where there were none.
   */
  ratesAfter(
    before: string,
    item: string,
    right: boolean,
    without?: ItemHistory,
  ): { attempts: number; rate: number; rateLikewise: number } {
    const name = pairName(before, item);
    const tally = this.pairs.get(name) ?? none;
    const own = without?.pairs.get(name) ?? none;
    const attempts = tally.attempts - own.attempts;
    const wins = tally.wins - own.wins;
    const afterWin = tally.afterWin - own.afterWin;
    const winsAfterWin = tally.winsAfterWin - own.winsAfterWin;
    const likewise = right ? afterWin : attempts - afterWin;
    const winsLikewise = right ? winsAfterWin : wins - winsAfterWin;
    return {
      attempts,
      rate: attempts > 0 ? (wins + 1) / (attempts + 2) : NaN,
      rateLikewise: likewise > 0 ? (winsLikewise + 1) / (likewise + 2) : NaN,
    };
  }

  /** The item's rate among learners whose answer before it was right, or wrong; drawn towards its rate among all. */
  rateAfter(item: string, right: boolean, usual: number, without?: ItemHistory): number {
    const tally = this.items.get(item) ?? none;
    const own = without?.items.get(item) ?? none;
    const attempts = right ? tally.afterWin - own.afterWin : tally.attempts - own.attempts - (tally.afterWin - own.afterWin);
    const wins = right ? tally.winsAfterWin - own.winsAfterWin : tally.wins - own.wins - (tally.winsAfterWin - own.winsAfterWin);
    return (wins + ITEM_PRIOR * usual) / (attempts + ITEM_PRIOR);
  }
}

/** Two items in a row, as one name. */
export const pairName = (before: string, item: string): string => `${before}\t${item}`;

function rate(tally: Tally | undefined, own: Tally | undefined, prior: number, weight: number): number {
  const attempts = (tally?.attempts ?? 0) - (own?.attempts ?? 0);
  const wins = (tally?.wins ?? 0) - (own?.wins ?? 0);
  return (wins + weight * prior) / (attempts + weight);
}

const odds = (p: number): number => p / (1 - p);

function tallyOf(map: Map<string, Tally>, name: string): Tally {
  let tally = map.get(name);
  if (!tally) map.set(name, (tally = { ...none }));
  return tally;
}

function count(tally: Tally, right: number, before: number): void {
  tally.attempts++;
  tally.wins += right;
  tally.afterWin += before;
  tally.winsAfterWin += before * right;
}

const asNumbers = ({ attempts, wins, afterWin, winsAfterWin }: Tally): [number, number, number, number] => [
  attempts,
  wins,
  afterWin,
  winsAfterWin,
];
const asTally = ([attempts = 0, wins = 0, afterWin = 0, winsAfterWin = 0]: readonly number[]): Tally => ({
  attempts,
  wins,
  afterWin,
  winsAfterWin,
});

function entries(map: ReadonlyMap<string, Tally>): [string, number, number, number, number][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, tally]) => [name, ...asNumbers(tally)]);
}
