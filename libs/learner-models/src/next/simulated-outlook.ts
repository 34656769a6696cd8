import { probabilityOf } from '../log-odds.js';
import { createRandom } from '../random.js';
import { OUTLOOK, outlookOf, type OutlookSettings, TEST_ITEMS } from './outlook.js';
import { type LoggedAttempt, masteryOf } from '../knowledge/mastery.js';
import { priorKnowledge } from '../knowledge/prior.js';

export interface OutlookWorld {
  readonly learners: number;
  readonly skills: number;
  /** Log odds that an answer truly adds, in the middle; learners differ around it. */
  readonly gain: number;
  readonly seed: number;
}

/** How outlooks did that were given on one day of the term. */
export interface OutlookCoverage {
  readonly day: number;
  readonly learners: number;
  /** Share of learners whose result lay within the interval, which promises 0.8. */
  readonly covered: number;
  /** Mean width of the interval, and mean absolute error of the likely value, as shares of the test. */
  readonly width: number;
  readonly error: number;
  /** Mean of likely less result: above 0 promises too much. */
  readonly bias: number;
}

const TERM_DAYS = 120;
const ASKED_ON = [28, 56, 84, 112] as const;
const PACE_DAYS = 28;
const DAY_S = 86_400;

/**
 * SIMULATION: learners of a term who know some skills, practise in rhythms of their own and gain from it as the world says, and a test at its end. Their outlook is asked on several days, from
 * what was answered until then only, and held against the result.
 */
export function coverageOfOutlook({ learners, skills, gain, seed }: OutlookWorld, settings: OutlookSettings = OUTLOOK): readonly OutlookCoverage[] {
  const random = createRandom(seed);
  const model = priorKnowledge('', 0);
  const hardness = Array.from({ length: 12 }, () => 0.6 * random.normal());
  const found = ASKED_ON.map((day) => ({ day, covered: 0, width: 0, error: 0, bias: 0 }));
  for (let learner = 0; learner < learners; learner++) {
    const ability = 0.8 * random.normal();
    const known = Array.from({ length: skills }, () => ability - 0.3 + 0.7 * random.normal());
    const own = gain * Math.exp(0.5 * random.normal());
    const [often, atOnce] = [0.15 + 0.6 * random.uniform(), 3 + random.integer(8)];
    const answers: LoggedAttempt[] = [];
    const counts: number[] = [];
    const outlooks: { readonly day: number; readonly low: number; readonly high: number; readonly likely: number }[] = [];
    for (let day = 0; day < TERM_DAYS; day++) {
      if ((ASKED_ON as readonly number[]).includes(day)) {
        const masteries = masteryOf(answers, () => model);
        const standings = known.map((_, skill) => {
          const mastery = masteries.get(`s${skill}`);
          return mastery === undefined ? null : { chance: mastery.probability, interval: mastery };
        });
        outlooks.push({ day, ...outlookOf({ standings, days: counts.slice(-PACE_DAYS), daysLeft: TERM_DAYS - day, seed: learner }, settings)! });
      }
      const today = random.uniform() < often ? 1 + random.integer(2 * atOnce - 1) : 0;
      counts.push(today);
      for (let turn = 0; turn < today; turn++) {
        const skill = random.integer(skills);
        const item = random.integer(12);
        const correct = random.uniform() < probabilityOf(known[skill]! - hardness[item]!);
        answers.push({ item: `s${skill}-${item}`, skills: [`s${skill}`], at: day * DAY_S + 60 * turn, correct, version: 'prior' });
        known[skill]! += 2 * own * (1 - probabilityOf(known[skill]!));
      }
    }
    const shift = 0.3 * random.normal();
    let right = 0;
    for (let item = 0; item < TEST_ITEMS; item++) right += random.uniform() < probabilityOf(known[item % skills]! + shift - 0.6 * random.normal()) ? 1 : 0;
    const result = right / TEST_ITEMS;
    outlooks.forEach(({ low, high, likely }, at) => {
      const sums = found[at]!;
      sums.covered += low <= result && result <= high ? 1 : 0;
      sums.width += high - low;
      sums.error += Math.abs(likely - result);
      sums.bias += likely - result;
    });
  }
  return found.map(({ day, covered, width, error, bias }) => ({ day, learners, covered: covered / learners, width: width / learners, error: error / learners, bias: bias / learners }));
} // prettier-ignore
