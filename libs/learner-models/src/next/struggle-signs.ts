import { hintAbuseShare, type PacedAnswer, rapidGuessShare, wheelSpinning } from './struggle.js';

/** One answer with what the detectors look at. */
export interface WatchedAnswer extends PacedAnswer {
  readonly skill: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Median seconds that others take for the item; undefined where nobody's time is known. */
  readonly usualSeconds?: number;
}

/** A sign that practice does not help somebody at the moment. For people who can help, and for a kind word; never a verdict on a learner. */
export type StruggleSign =
  | { readonly code: 'wheel-spinning'; readonly skill: string; readonly answers: number }
  | { readonly code: 'rapid-guessing'; readonly share: number; readonly answers: number }
  | { readonly code: 'hint-abuse'; readonly share: number; readonly answers: number }
  | { readonly code: 'long-silence'; readonly days: number; readonly usual: number };

const DAY_MS = 86_400_000;
/** Behaviour changes from week to week: older answers say nothing about now. */
const LOOKS_BACK_MS = 28 * DAY_MS;
/** Fewer answers say too little; smaller shares happen to everybody. */
const FEWEST_TIMED = 12;
const GUESSED_SHARE = 0.25;
const FEWEST_WITH_LADDER = 8;
const CLICKED_SHARE = 0.4;
/** Of the last ten: who gets more than these right is on the way, with or without three in a row. */
const MOST_RIGHT = 4;
/** Days of practice by which a usual pause is known, and how far beyond it (and beyond a week) a silence is long. */
const FEWEST_DAYS = 5;
const PAUSES = 3;
const LEAST_SILENCE_DAYS = 7;

/**
 * Signs of struggle in a learner's answers: wheel-spinning (Beck and Gong 2013) in a skill, rapid guessing (Wise and Ma 2012), hints that were clicked through
 * (Aleven and Koedinger 2000), and a silence that is long for this very learner.
 *
 * @param answers of one learner, oldest first
 * @param timeFactor an accommodation: 1.5 for half as much time again. It only ever makes fewer answers count as guessed
 * @returns signs of the last 28 days; none where little was answered
 * @example struggleSigns(answers, { now }) // => [{ code: 'wheel-spinning', skill: 'fractions', answers: 14 }]
 */
export function struggleSigns(answers: readonly WatchedAnswer[], { now, timeFactor = 1 }: { readonly now: number; readonly timeFactor?: number }): readonly StruggleSign[] {
  const recent = answers.filter(({ at }) => now - at <= LOOKS_BACK_MS);
  const signs: StruggleSign[] = [];
  for (const [skill, own] of Map.groupBy(answers, (answer) => answer.skill)) {
    // Guesses are no tries: who guesses is told as that, and not as somebody whom a skill defeats.
    const tries = own.filter(({ seconds, usualSeconds }) => seconds === null || usualSeconds === undefined || seconds >= Math.min(10, usualSeconds / 10) / timeFactor);
    if (own.at(-1)!.at >= now - LOOKS_BACK_MS && wheelSpinning(tries) && rightOfLast(tries) <= MOST_RIGHT) signs.push({ code: 'wheel-spinning', skill, answers: tries.length });
  }
  const timed = recent.filter(({ seconds, usualSeconds }) => seconds !== null && usualSeconds !== undefined);
  const guessed = rapidGuessShare(timed, timed.map(({ usualSeconds }) => usualSeconds!), timeFactor);
  if (timed.length >= FEWEST_TIMED && guessed! >= GUESSED_SHARE) signs.push({ code: 'rapid-guessing', share: guessed!, answers: timed.length });
  const laddered = recent.filter(({ ladder, seconds }) => ladder > 0 && seconds !== null);
  const clicked = hintAbuseShare(laddered);
  if (laddered.length >= FEWEST_WITH_LADDER && clicked! >= CLICKED_SHARE) signs.push({ code: 'hint-abuse', share: clicked!, answers: laddered.length });
  const silence = longSilence(answers, now);
  return silence === undefined ? signs : [...signs, silence];
} // prettier-ignore

const rightOfLast = (tries: readonly WatchedAnswer[]): number => tries.slice(-10).filter(({ correct }) => correct).length;

/** A pause longer than three times the longest but one in ten of this learner's own, and than a week. */
function longSilence(answers: readonly WatchedAnswer[], now: number): StruggleSign | undefined {
  const days = [...new Set(answers.map(({ at }) => Math.floor(at / DAY_MS)))].sort((a, b) => a - b);
  if (days.length < FEWEST_DAYS) return undefined;
  const pauses = days.slice(1).map((day, at) => day - days[at]!).sort((a, b) => a - b); // prettier-ignore
  const usual = pauses[Math.floor(0.9 * (pauses.length - 1))]!;
  const silent = Math.floor(now / DAY_MS) - days.at(-1)!;
  return silent > Math.max(LEAST_SILENCE_DAYS, PAUSES * usual) ? { code: 'long-silence', days: silent, usual } : undefined;
}
