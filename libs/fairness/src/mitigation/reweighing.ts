import { NOT_DECLARED } from '../grouping.js';

/** One group and outcome with its weight. */
export interface CellWeight {
  readonly group: string;
  readonly label: 0 | 1;
  readonly n: number;
  readonly weight: number;
}

/**
 * Weights for training under which group and outcome are independent: each row weighs P(group)·P(label) / P(group, label)
 * (Kamiran & Calders 2012, "Data preprocessing techniques for classification without discrimination").
 * They add up to the number of rows where every group has both outcomes. O(n).
 *
 * @throws RangeError when the arrays differ in length
 * @example reweigh([1, 0, 0], ['a', 'a', 'b']).weights // => [2/3, 4/3, 2/3]
 */
export function reweigh(label: Uint8Array | readonly number[], group: readonly (string | null)[]): { weights: Float64Array; cells: CellWeight[] } {
  const n = label.length;
  if (group.length !== n) throw new RangeError(`group has ${group.length} rows, label has ${n}`);
  const counts = new Map<string, [number, number]>();
  const names = group.map((name) => name ?? NOT_DECLARED);
  const outcomes = names.map((name, row): 0 | 1 => {
    const outcome = label[row] === 1 ? 1 : 0;
    const count = counts.get(name) ?? [0, 0];
    count[outcome]++;
    counts.set(name, count);
    return outcome;
  });
  const positives = outcomes.filter((outcome) => outcome === 1).length;
  const share = [n - positives, positives] as const;
  const weightOf = (name: string, outcome: 0 | 1): number => {
    const count = counts.get(name)!;
    return ((count[0] + count[1]) * share[outcome]) / (n * count[outcome]);
  };
  const cells = [...counts].flatMap(([name, count]) =>
    ([0, 1] as const).filter((outcome) => count[outcome] > 0).map((outcome) => ({ group: name, label: outcome, n: count[outcome], weight: weightOf(name, outcome) })),
  );
  return { weights: Float64Array.from(names, (name, row) => weightOf(name, outcomes[row]!)), cells };
}
