export interface Streak {
  /** Days practised in it. */
  readonly days: number;
  readonly longest: number;
  /** Days that may still be rested before it ends. */
  readonly restsLeft: number;
  readonly practisedToday: boolean;
}

/** Two days off in a row are rest; a third ends it. A weekend never does. */
const RESTS = 2;
const DAY_MS = 86_400_000;

/**
 * A streak with rest days: days on which something was practised, as long as never more than two days lie between. Rest is part of
 * learning, so it costs nothing and does not have to be bought.
 *
 * @param days practised, in any order
 * @example streakOf(['2026-03-02', '2026-03-05'], '2026-03-06') // => { days: 2, longest: 2, restsLeft: 2, practisedToday: false }
 */
export function streakOf(days: readonly string[], today: string): Streak {
  const between = (a: string, b: string): number => (Date.parse(b) - Date.parse(a)) / DAY_MS - 1;
  const sorted = [...new Set(days)].filter((day) => day <= today).sort();
  let run = 0;
  let longest = 0;
  sorted.forEach((day, index) => {
    run = index > 0 && between(sorted[index - 1]!, day) <= RESTS ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  const last = sorted.at(-1);
  // Today is not over: it counts as rest only once it is.
  const rested = last === undefined ? Infinity : Math.max(0, between(last, today));
  const alive = rested <= RESTS;
  return { days: alive ? run : 0, longest, restsLeft: alive ? RESTS - rested : 0, practisedToday: last === today };
}
