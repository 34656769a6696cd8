import { logOddsOf } from '../log-odds.js';

/** Log-odds of the outcome per group (a course, an answer to a question), each pulled towards everyone's, as plain JSON. */
export interface GroupRates {
  readonly overall: number;
  readonly groups: Readonly<Record<string, number>>;
}

export interface GroupRateSettings {
  /** Rows of everyone's rate that each group's own are mixed with: the strength of the shrinkage. */
  readonly strength: number;
}

interface Count {
  rows: number;
  positives: number;
}

/**
 * What became of former learners of each group, shrunk towards what became of all of them: a group of few rows says little, one of many
 * speaks for itself (empirical Bayes with a stated strength; Micci-Barreca 2001).
 *
 * Rows to learn from must not see their own outcome, nor that of their classmates, who share a year: their values come from the group's
 * other blocks. O(rows).
 *
 * @param group of each row; null where it is not known
 * @param target 1 where the outcome came about
 * @param block what is left out together, such as the class; one block for all leaves nothing out
 * @returns the rates for new rows, and `own`, the values of these rows; NaN where the group is not known
 * @example groupRates(['maths', 'maths', 'art'], Uint8Array.of(1, 0, 0), ['a', 'b', 'a'], { strength: 200 }).rates.groups.art // => -0.7
 */
export function groupRates(
  group: readonly (string | null)[],
  target: Uint8Array,
  block: readonly string[],
  { strength }: GroupRateSettings,
): { readonly rates: GroupRates; readonly own: Float64Array } {
  const ofGroup = new Map<string, Count>();
  const ofBlock = new Map<string, Count>();
  const all: Count = { rows: 0, positives: 0 };
  const count = (counts: Map<string, Count>, key: string, y: number): void => {
    const found = counts.get(key) ?? { rows: 0, positives: 0 };
    found.rows++;
    found.positives += y;
    counts.set(key, found);
  };
  group.forEach((name, row) => {
    all.rows++;
    all.positives += target[row]!;
    if (name === null) return;
    count(ofGroup, name, target[row]!);
    count(ofBlock, blockKey(name, block[row]!), target[row]!);
  });
  const mean = (all.positives + 0.5) / (all.rows + 1);
  const rate = ({ rows, positives }: Count): number => logOddsOf((positives + strength * mean) / (rows + strength));
  const severalBlocks = new Set(block).size > 1;
  const own = Float64Array.from(group, (name, row) => {
    if (name === null) return NaN;
    const whole = ofGroup.get(name)!;
    const left = severalBlocks ? ofBlock.get(blockKey(name, block[row]!))! : { rows: 0, positives: 0 };
    return rate({ rows: whole.rows - left.rows, positives: whole.positives - left.positives });
  });
  const groups = Object.fromEntries([...ofGroup].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, counts]) => [name, rate(counts)]));
  return { rates: { overall: logOddsOf(mean), groups }, own };
}

/** The rate of a row's group; everyone's for a group that was never seen, NaN where it is not known. */
export function groupRateOf({ overall, groups }: GroupRates, group: string | null): number {
  if (group === null) return NaN;
  return Object.hasOwn(groups, group) ? groups[group]! : overall;
}

const blockKey = (group: string, block: string): string => JSON.stringify([group, block]);
