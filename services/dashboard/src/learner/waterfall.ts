import { type Contribution } from '@pharos/contract';

/** What a score is made of; intercept and contributions add up to `logOdds`. */
export interface Score {
  readonly intercept: number;
  readonly contributions: readonly Contribution[];
  readonly logOdds: number;
}

export interface Step {
  readonly kind: 'start' | 'push' | 'others' | 'sum';
  /** For a push. */
  readonly contribution: Contribution | null;
  /** How many stand behind `others`. */
  readonly count: number;
  readonly change: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The way from the intercept to the score: the strongest pushes one by one, the others as one step, so that what is shown
 * always adds up to the number. O(n log n).
 *
 * @param most how many pushes are shown by themselves
 * @example waterfall({ intercept: -1, contributions: [], logOdds: -1 }, 8).at(-1)?.to // => -1
 */
export function waterfall(score: Score, most: number): readonly Step[] {
  const strongest = [...score.contributions].sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
  const shown = strongest.slice(0, most);
  const rest = strongest.slice(most);
  const steps: Step[] = [{ kind: 'start', contribution: null, count: 0, change: score.intercept, from: 0, to: score.intercept }];
  const add = (kind: Step['kind'], contribution: Contribution | null, change: number, count: number) => {
    const from = steps.at(-1)!.to;
    steps.push({ kind, contribution, count, change, from, to: from + change });
  };
  for (const one of shown) add('push', one, one.logOdds, 1);
  if (rest.length > 0) add('others', null, rest.reduce((sum, one) => sum + one.logOdds, 0), rest.length); // prettier-ignore
  steps.push({ kind: 'sum', contribution: null, count: 0, change: score.logOdds, from: 0, to: score.logOdds });
  return steps;
}

/** Where a step's bar begins and how long it is, as shares of the widest extent of all steps. */
export function barsOf(steps: readonly Step[]): readonly { readonly start: number; readonly length: number }[] {
  const ends = steps.flatMap((step) => [step.from, step.to]);
  const low = Math.min(0, ...ends);
  const extent = Math.max(0, ...ends) - low || 1;
  return steps.map((step) => ({ start: (Math.min(step.from, step.to) - low) / extent, length: Math.abs(step.to - step.from) / extent }));
}

/** Log-odds as a chance, 0 to 1. @example chanceOf(0) // => 0.5 */
export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
