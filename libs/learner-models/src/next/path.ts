import { createRandom } from '../random.js';
import { type PracticeSkill, READY_AT } from './next-activity.js';
import { type Standing } from './standing.js';

export interface PathStep {
  readonly skill: string;
  /** Answers that it is likely to take. */
  readonly answers: number;
}

export interface Path {
  readonly steps: readonly PathStep[];
  readonly answers: number;
  /** Days at the learner's pace, and its range; null without a pace. */
  readonly days: { readonly likely: number; readonly low: number; readonly high: number } | null;
}

const TO_MASTER = 8;

/**
 * The way to a goal: every skill that it stands on and that is not known yet, prerequisites first.
 *
 * The effort is a rough reckoning, said as such: eight answers for a skill never met, fewer the nearer it is. The range is a
 * third to either side, wider where nothing is known of the learner.
 *
 * @param answersPerDay of the last weeks
 * @param reach chance from which a skill counts as known; for what the goal names it may be more than for what it stands on
 * @throws RangeError naming the way round when prerequisites go in a circle, or a skill that is not in the list
 */
export function pathTo(
  goal: readonly string[],
  skills: readonly PracticeSkill[],
  standings: ReadonlyMap<string, Standing>,
  answersPerDay: number,
  reach: (skill: string) => number = () => READY_AT,
): Path {
  const known = new Map(skills.map((skill) => [skill.skill, skill]));
  const steps: PathStep[] = [];
  const done = new Set<string>();
  const visit = (skill: string, above: readonly string[]): void => {
    if (above.includes(skill)) throw new RangeError(`prerequisites go in a circle: ${[...above.slice(above.indexOf(skill)), skill].join(' → ')}`);
    const own = known.get(skill);
    if (own === undefined) throw new RangeError(`unknown skill: ${[...above, skill].join(' → ')}`);
    if (done.has(skill)) return;
    for (const before of own.prerequisites) visit(before, [...above, skill]);
    done.add(skill);
    const chance = standings.get(skill)?.chance ?? 0;
    const wanted = reach(skill);
    if (chance < wanted) steps.push({ skill, answers: Math.max(2, Math.ceil(TO_MASTER * (1 - chance / wanted) * (wanted / READY_AT))) });
  };
  for (const skill of goal) visit(skill, []);
  const answers = steps.reduce((sum, step) => sum + step.answers, 0);
  const spread = steps.some(({ skill }) => standings.has(skill)) ? 1 / 3 : 1 / 2;
  const likely = answers / answersPerDay;
  return { steps, answers, days: answersPerDay > 0 ? { likely, low: likely * (1 - spread), high: likely * (1 + spread) } : null };
} // prettier-ignore

/** Draws behind a range of days; a goal further away than this is not foretold. */
const DRAWS = 400;
const FURTHEST_DAYS = 730;

export interface LikelyDays {
  readonly likely: number;
  /** One in ten is quicker than `low`, one in ten slower than `high`. */
  readonly low: number;
  readonly high: number;
}

/**
 * When so many answers are likely given, from how many were given on each of the last days: days are drawn again and again from
 * those (bootstrap, Efron 1979) until the effort is spent. The effort itself is uncertain by its spread.
 *
 * @param answers that are likely needed
 * @param days answers on each of the last days, those without any as 0
 * @param spread of the effort, as a share of it
 * @returns null where nothing was done in those days, or the goal lies more than two years away
 * @example likelyDays(20, [4, 0, 4, 0], 0, 1)?.likely // => about 10
 */
export function likelyDays(answers: number, days: readonly number[], spread: number, seed: number): LikelyDays | null {
  if (answers <= 0) return { likely: 0, low: 0, high: 0 };
  if (!days.some((count) => count > 0)) return null;
  const random = createRandom(seed);
  const drawn = Array.from({ length: DRAWS }, () => {
    let left = Math.max(1, answers * Math.exp(spread * random.normal()));
    let day = 0;
    for (; left > 0 && day < FURTHEST_DAYS; day += 1) left -= days[random.integer(days.length)]!;
    return day;
  }).sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.floor(share * (DRAWS - 1))]!;
  return at(0.5) >= FURTHEST_DAYS ? null : { likely: at(0.5), low: at(0.1), high: at(0.9) };
}
