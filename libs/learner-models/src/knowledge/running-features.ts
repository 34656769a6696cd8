import { logOddsOf } from '../log-odds.js';
import { type ItemHistory } from './item-history.js';
import { type Asked } from './knowledge-model.js';
import { abilityOf, countWindows, momentOf, SITTING_SECONDS, type Strand, type Trace, WINDOW_SECONDS } from './trace.js';

/** Names of the running features, in the order in which `runningFeatures` writes them. */
export const runningFeatureNames = [
  'itemRate', 'itemAttempts', 'skillRate', 'skillAttempts', 'itemRateAfterLast', 'skills',
  'attempts', 'winRate', 'surpriseFast', 'surpriseSlow', 'ability', 'expected', 'run', 'last1', 'last3', 'last8',
  'skillPractice', 'skillWinRate', 'skillSurpriseFast', 'skillSurpriseSlow', 'skillAbility', 'skillRun', 'skillLast', 'skillLast3', 'skillPause',
  'onItem', 'onItemWins', 'onItemLast', 'onItemRun', 'onItemPause',
  'pause', 'sitting', 'sittingRate', 'sameSkill', 'sameItem', 'knownSkills', 'knownItems',
  'pairAttempts', 'pairRate', 'pairRateLikewise',
  'hour', 'hourWins', 'day', 'dayWins', 'week', 'weekWins', 'month', 'monthWins',
] as const; // prettier-ignore

export const RUNNING_FEATURES = runningFeatureNames.length;

const LAST_BITS = [0, 1, 3, 7, 15, 31, 63, 127, 255];

/** Rights among the last `count` answers that are remembered, a half standing for what is not. */
function lastRate(strand: Strand | undefined, count: number): number {
  const known = Math.min(count, strand?.remembered ?? 0);
  let rights = 0;
  for (let bits = (strand?.last ?? 0) & LAST_BITS[known]!; bits > 0; bits >>= 1) rights += bits & 1;
  return (rights + 0.5 * (count - known)) / count;
}

/**
 * Log of a pause in hours. A pause shorter than half an hour counts as none: how long somebody thinks about the very answer that is to be foretold is
 * in the time stamps of histories, but is not known when the question is asked.
 */
function pause(at: number, before: number | undefined): number {
  if (before === undefined || Number.isNaN(before)) return NaN;
  const seconds = at - before;
  return seconds <= SITTING_SECONDS ? 0 : Math.log2(1 + seconds / 3600);
}

const shrunk = (wins: number, attempts: number, towards: number): number => (wins + 3 * towards) / (attempts + 3);

/** The item's log-odds for everyone: what running ability is measured from. */
export function itemLogOdds(history: ItemHistory, asked: Asked, without?: ItemHistory): number {
  return logOddsOf(history.rates(asked, without).item);
}

const windows = new Float64Array(2 * WINDOW_SECONDS.length + 2);

/**
 * What is known before an answer, as numbers: how item and skill went for others, and this learner's rates, surprises, recency, pauses and last answers. NaN
 * where there is nothing to say. Of several skills, the least practised stands for strands; abilities are averaged. O(skills + moments remembered).
 *
 * @param without the learner's own answers, where `history` counts them (in a fit)
 * @param into at least `RUNNING_FEATURES` numbers from `from` on
 */
export function runningFeatures(
  trace: Trace,
  asked: Asked,
  history: ItemHistory,
  into: Float64Array,
  from = 0,
  without?: ItemHistory,
): void {
  const at = momentOf(trace, asked.at);
  const rates = history.rates(asked, without);
  const { all } = trace;
  const lastRight = all.remembered > 0 && (all.last & 1) === 1;
  let weakest: string | undefined;
  for (const skill of asked.skills) {
    if (weakest === undefined || (trace.skills.get(skill)?.attempts ?? 0) < (trace.skills.get(weakest)?.attempts ?? 0)) weakest = skill;
  }
  const skill = weakest === undefined ? undefined : trace.skills.get(weakest);
  const onItem = trace.items.get(asked.item);
  const ability = abilityOf(trace, asked.skills);
  const itemOdds = logOddsOf(rates.item);
  let k = from;
  into[k++] = itemOdds;
  into[k++] = Math.log1p(rates.itemAttempts);
  into[k++] = logOddsOf(rates.skill);
  into[k++] = Math.log1p(rates.skillAttempts);
  into[k++] = logOddsOf(history.rateAfter(asked.item, lastRight, rates.item, without));
  into[k++] = asked.skills.length;
  into[k++] = Math.log1p(all.attempts);
  into[k++] = shrunk(all.wins, all.attempts, 0.5);
  into[k++] = all.surpriseFast;
  into[k++] = all.surpriseSlow;
  into[k++] = all.ability;
  into[k++] = itemOdds + ability;
  into[k++] = all.run;
  into[k++] = lastRate(all, 1);
  into[k++] = lastRate(all, 3);
  into[k++] = lastRate(all, 8);
  into[k++] = Math.log1p(skill?.attempts ?? 0);
  into[k++] = skill ? shrunk(skill.wins, skill.attempts, rates.skill) : NaN;
  into[k++] = skill?.surpriseFast ?? NaN;
  into[k++] = skill?.surpriseSlow ?? NaN;
  into[k++] = ability - all.ability;
  into[k++] = skill?.run ?? NaN;
  into[k++] = lastRate(skill, 1);
  into[k++] = lastRate(skill, 3);
  into[k++] = pause(at, skill?.lastAt);
  into[k++] = onItem?.attempts ?? 0;
  into[k++] = onItem?.wins ?? NaN;
  into[k++] = onItem ? onItem.last & 1 : NaN;
  into[k++] = onItem?.run ?? NaN;
  into[k++] = pause(at, onItem?.lastAt);
  into[k++] = pause(at, all.lastAt);
  into[k++] = trace.sittingAttempts;
  into[k++] = shrunk(trace.sittingWins, trace.sittingAttempts, 0.5);
  into[k++] = weakest !== undefined && trace.lastSkills.includes(weakest) ? 1 : 0;
  into[k++] = trace.lastItem === asked.item ? 1 : 0;
  into[k++] = Math.log1p(trace.skills.size);
  into[k++] = Math.log1p(trace.items.size);
  const pair = all.attempts > 0 ? history.ratesAfter(trace.lastItem, asked.item, lastRight, without) : undefined;
  into[k++] = Math.log1p(pair?.attempts ?? 0);
  into[k++] = pair?.rate ?? NaN;
  into[k++] = pair?.rateLikewise ?? NaN;
  countWindows(skill, at, windows);
  for (let w = 0; w < 2 * WINDOW_SECONDS.length; w++) into[k++] = windows[w]!;
}
