import { type Interval, wilsonInterval } from '../metrics/wilson-interval.js';

/** One answer to an item of a skill. */
export interface SkillAnswer {
  readonly correct: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What is known of a learner and one skill. Choosing needs no more, whichever model it comes from. */
export interface Standing {
  /** Chance that the next answer of usual difficulty is right. */
  readonly chance: number;
  readonly interval: Interval;
  /** Answers seen. */
  readonly evidence: number;
  readonly lastAt: number;
  /** When the chance to remember falls under nine in ten. */
  readonly reviewAt: number;
  /** Right answers in a row, up to the last. */
  readonly run: number;
}

/** An answer counts half as much as one three answers later: who learns is soon no longer the one who got the first ones wrong. */
const HALF_LIFE_ANSWERS = 3;
const DAY_MS = 86_400_000;
const LONGEST_DAYS = 180;

/**
 * A standing from the answers alone, without a fitted model: the share of right answers, later ones weighing more, from a
 * uniform prior (Beta(1, 1)), with Wilson's interval over the weight of the evidence. The time to the next review doubles
 * with every right answer in a row, from two days, and starts again after a wrong one (expanding rehearsal, Landauer & Bjork 1978).
 *
 * @param answers of one learner and skill, oldest first; at least one
 * @throws RangeError without answers
 * @example standingOf([{ correct: true, at: 0 }]).chance // => 2 / 3
 */
export function standingOf(answers: readonly SkillAnswer[]): Standing {
  const last = answers.at(-1);
  if (last === undefined) throw new RangeError('a standing needs at least one answer');
  let right = 1;
  let weight = 2;
  answers.forEach(({ correct }, index) => {
    const counts = 0.5 ** ((answers.length - 1 - index) / HALF_LIFE_ANSWERS);
    weight += counts;
    right += correct ? counts : 0;
  });
  let run = 0;
  while (run < answers.length && answers[answers.length - 1 - run]!.correct) run += 1;
  const days = run === 0 ? 1 : Math.min(LONGEST_DAYS, 2 ** run);
  return {
    chance: right / weight,
    interval: wilsonInterval(right, weight),
    evidence: answers.length,
    lastAt: last.at,
    reviewAt: last.at + days * DAY_MS,
    run,
  };
}
