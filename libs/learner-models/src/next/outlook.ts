import { logOddsOf, probabilityOf } from '../log-odds.js';
import { createRandom, type Random } from '../random.js';
import { type Standing } from './standing.js';

/** What a learner's result at the end of a course goes by. */
export interface OutlookQuestion {
  /** One for each skill of the course; null for one that was never tried. */
  readonly standings: readonly (Pick<Standing, 'chance' | 'interval'> | null)[];
  /** Answers on each of the last days, those without any as 0. */
  readonly days: readonly number[];
  readonly daysLeft: number;
  readonly seed: number;
}

/** Shares of a test of `TEST_ITEMS` usual items over all skills that are likely right. */
export interface Outlook {
  /** If the test were today. */
  readonly now: number;
  readonly likely: number;
  /** One in ten does worse than `low`, one in ten better than `high`. */
  readonly low: number;
  readonly high: number;
}

export const TEST_ITEMS = 40;
const DRAWS = 200;
/** What is reckoned with. Set so that the interval covers what it promises in simulated worlds that gain half as much or half as much again. */
export interface OutlookSettings {
  /** Log odds that an answer adds to a skill that is half known: the middle of learners, and how much they differ (of its logarithm). */
  readonly gain: number;
  readonly gainSpread: number;
  /** What somebody can do who never tried: a guess about newcomers, in log odds, and a wide one. */
  readonly untried: number;
  readonly untriedSpread: number;
  /** What a result differs besides, in log odds: the day, the test, and that what is known of somebody lags behind them. */
  readonly besides: number;
}
export const OUTLOOK: OutlookSettings = { gain: 0.08, gainSpread: 0.8, untried: -0.4, untriedSpread: 1, besides: 0.6 };

/** Items of a test differ in difficulty around the usual one. */
const ITEM_SPREAD = 0.6;
/** Nobody answers every usual item right, and nobody every one wrong. */
const BOUND = 3.5;

const bounded = (logOdds: number): number => Math.max(-BOUND, Math.min(BOUND, logOdds));

/**
 * What share of a test a learner is likely to get right at the end of a course, from what they know, how sure that is, and how much they practise: drawn again and again. Days to come
 * are like the last ones (the sum of many of them is normal), the answers go to all skills alike, each adds what it adds for learners like this, and the test has items of its own.
 *
 * It foretells a test made of the catalogue's items, not any one state's paper. Coverage is held by a test in simulation.
 *
 * @returns null without skills
 * @throws RangeError for days that are over
 * @example outlookOf({ standings, days, daysLeft: 60, seed: 1 })?.likely // => 0.72
 */
export function outlookOf({ standings, days, daysLeft, seed }: OutlookQuestion, settings: OutlookSettings = OUTLOOK): Outlook | null {
  if (standings.length === 0) return null;
  if (!(daysLeft >= 0)) throw new RangeError(`the end lies ${-daysLeft} days back`);
  const random = createRandom(seed);
  const mean = days.length === 0 ? 0 : days.reduce((sum, one) => sum + one, 0) / days.length;
  const spread = days.length === 0 ? 0 : Math.sqrt(days.reduce((sum, one) => sum + (one - mean) ** 2, 0) / days.length);
  let today = 0;
  const drawn = Array.from({ length: DRAWS }, () => {
    const own = standings.map((standing) => startOf(standing, settings, random));
    const answers = Math.max(0, mean * daysLeft + spread * Math.sqrt(daysLeft) * random.normal());
    const gain = settings.gain * Math.exp(settings.gainSpread * random.normal());
    const shift = settings.besides * random.normal();
    today += shareRight(own, random) / DRAWS;
    return shareRight(own.map((logOdds) => afterPractice(logOdds, gain, answers / standings.length) + shift), random);
  }).sort((a, b) => a - b); // prettier-ignore
  const at = (share: number): number => drawn[Math.round(share * (DRAWS - 1))]!;
  return { now: today, likely: at(0.5), low: at(0.1), high: at(0.9) };
}

function startOf(standing: OutlookQuestion['standings'][number], { untried, untriedSpread }: OutlookSettings, random: Random): number {
  if (standing === null) return untried + untriedSpread * random.normal();
  const edge = (share: number): number => logOddsOf(Math.max(0.01, Math.min(0.99, share)));
  // A 95 % interval is 3.92 standard errors wide.
  const spread = (edge(standing.interval.high) - edge(standing.interval.low)) / 3.92;
  return edge(standing.chance) + spread * random.normal();
}

/**
 * Where practice leads: an answer adds the more the less is known, `2 · gain · (1 − chance)`, so that nobody learns for ever. That is a differential equation whose solution stands in x + exp(x),
 * found by Newton's steps.
 *
 * @param answers to the skill; need not be whole
 * @example afterPractice(0, 0.1, 20) // => about 1.1
 */
export function afterPractice(logOdds: number, gain: number, answers: number): number {
  const from = bounded(logOdds);
  const goal = from + Math.exp(from) + 2 * gain * answers;
  // From above the steps come down to it without leaping over.
  let at = goal > 1 ? Math.log(goal) : from;
  for (let step = 0; step < 6; step++) at -= (at + Math.exp(at) - goal) / (1 + Math.exp(at));
  return at;
}

/** Log odds of an item whose difficulty varies around the usual one: the mean chance over a normal, by the usual approximation (MacKay 1992). */
const SHRINK = 1 / Math.sqrt(1 + (Math.PI / 8) * ITEM_SPREAD ** 2);

/** The result of a test whose items are spread over all skills, between 0 and 1. */
export function shareRight(logOdds: readonly number[], random: Random): number {
  const chance = logOdds.reduce((sum, one) => sum + probabilityOf(SHRINK * bounded(one)), 0) / logOdds.length;
  return Math.max(0, Math.min(1, chance + Math.sqrt((chance * (1 - chance)) / TEST_ITEMS) * random.normal()));
}
