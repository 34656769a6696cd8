import { probabilityOf } from '../log-odds.js';
import { ModelError } from '../model-error.js';
import { type Attempt } from './knowledge-model.js';

/** How many of the last answers are remembered one by one. */
const REMEMBERED = 8;
/** A pause as long as this ends a sitting. */
export const SITTING_SECONDS = 1800;
/** Windows of time in which practice is counted: an hour, a day, a week, a month, and always (DAS3H, Choffin et al. 2019). */
export const WINDOW_SECONDS = [3600, 86_400, 604_800, 2_592_000] as const;
/** Moments of practice kept per skill; older ones count as always. */
const MOMENTS = 64;

/** What is remembered of practice on one thing: all items, one skill, or one item. */
export interface Strand {
  attempts: number;
  wins: number;
  lastAt: number;
  /** 1 right, 0 wrong, newest in the lowest bit; `remembered` says how many of them are answers. */
  last: number;
  remembered: number;
  /** Rights (positive) or wrongs (negative) in a row. */
  run: number;
  /** Answers beyond what was expected of them, older ones fading: half gone after about 6 and 34 answers. */
  surpriseFast: number;
  surpriseSlow: number;
  /** Running estimate of ability in log-odds beside the item's own, in the manner of Elo (Pelánek 2016). */
  ability: number;
}

/** A skill's strand, with the moments of the latest practice, newest last, and whether each was right. */
export interface SkillStrand extends Strand {
  moments: number[];
  rights: number[];
}

/** Everything that models remember of one learner. */
export interface Trace {
  all: Strand;
  skills: Map<string, SkillStrand>;
  items: Map<string, Strand>;
  lastItem: string;
  lastSkills: readonly string[];
  sittingFrom: number;
  sittingAttempts: number;
  sittingWins: number;
}

const emptyStrand = (): Strand => ({
  attempts: 0,
  wins: 0,
  lastAt: NaN,
  last: 0,
  remembered: 0,
  run: 0,
  surpriseFast: 0,
  surpriseSlow: 0,
  ability: 0,
});
const emptySkill = (): SkillStrand => ({ ...emptyStrand(), moments: [], rights: [] });

export function emptyTrace(): Trace {
  return {
    all: emptyStrand(),
    skills: new Map(),
    items: new Map(),
    lastItem: '',
    lastSkills: [],
    sittingFrom: NaN,
    sittingAttempts: 0,
    sittingWins: 0,
  };
}

/**
 * The moment of a question, never before the last answer: clocks of platforms disagree, and a negative pause means nothing.
 *
 * @throws ModelError 'bad-value'
 */
export function momentOf(trace: Trace, at: number): number {
  if (!Number.isFinite(at)) throw new ModelError('bad-value', `${at} is not a moment in seconds`);
  return trace.all.attempts > 0 && at < trace.all.lastAt ? trace.all.lastAt : at;
}

/** Steps of running ability: long at first, when little is known, then short enough to be steady and to follow learning. */
const step = (attempts: number): number => 0.05 + 0.35 / (1 + 0.08 * attempts);

/** Mean ability in the skills of an item, and in all. */
export function abilityOf(trace: Trace, skills: readonly string[]): number {
  let sum = 0;
  for (const skill of skills) sum += trace.skills.get(skill)?.ability ?? 0;
  return trace.all.ability + (skills.length > 0 ? sum / skills.length : 0);
}

/**
 * Remembers one more answer. Changes the trace that it is given. O(skills of the item).
 *
 * @param itemLogOdds how the item went for everyone: what an answer says about the learner is what goes beyond it
 */
export function remember(trace: Trace, { item, skills, correct, at: asked }: Attempt, itemLogOdds: number): Trace {
  const at = momentOf(trace, asked);
  const right = correct ? 1 : 0;
  const surprise = right - probabilityOf(itemLogOdds);
  const beyond = right - probabilityOf(itemLogOdds + abilityOf(trace, skills));
  if (!(at - trace.all.lastAt <= SITTING_SECONDS)) {
    trace.sittingFrom = at;
    trace.sittingAttempts = 0;
    trace.sittingWins = 0;
  }
  trace.sittingAttempts++;
  trace.sittingWins += right;
  extend(trace.all, right, surprise, at);
  trace.all.ability += step(trace.all.attempts) * beyond;
  let strand = trace.items.get(item);
  if (!strand) trace.items.set(item, (strand = emptyStrand()));
  extend(strand, right, surprise, at);
  for (const skill of skills) {
    let known = trace.skills.get(skill);
    if (!known) trace.skills.set(skill, (known = emptySkill()));
    extend(known, right, surprise, at);
    known.ability += step(known.attempts) * beyond;
    if (known.moments.length === MOMENTS) {
      known.moments.shift();
      known.rights.shift();
    }
    known.moments.push(at);
    known.rights.push(right);
  }
  trace.lastItem = item;
  trace.lastSkills = skills;
  return trace;
}

function extend(strand: Strand, right: number, surprise: number, at: number): void {
  strand.attempts++;
  strand.wins += right;
  strand.last = ((strand.last << 1) | right) & ((1 << REMEMBERED) - 1);
  strand.remembered = Math.min(REMEMBERED, strand.remembered + 1);
  strand.run = right === 1 ? Math.max(0, strand.run) + 1 : Math.min(0, strand.run) - 1;
  strand.surpriseFast = 0.9 * strand.surpriseFast + surprise;
  strand.surpriseSlow = 0.98 * strand.surpriseSlow + surprise;
  strand.lastAt = at;
}

/** Practice of a skill and rights among it within each window before `at`, then in all; two numbers per window. */
export function countWindows(strand: SkillStrand | undefined, at: number, into: Float64Array): void {
  into.fill(0);
  if (!strand) return;
  for (let k = strand.moments.length - 1; k >= 0; k--) {
    const age = at - strand.moments[k]!;
    for (let w = WINDOW_SECONDS.length - 1; w >= 0 && age < WINDOW_SECONDS[w]!; w--) {
      into[2 * w]!++;
      into[2 * w + 1]! += strand.rights[k]!;
    }
  }
  into[2 * WINDOW_SECONDS.length] = strand.attempts;
  into[2 * WINDOW_SECONDS.length + 1] = strand.wins;
}
