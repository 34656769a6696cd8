/** A group's ROC curve as points from (0, 0) to (1, 1), false positive rate rising. */
export interface RocCurve {
  readonly falsePositives: readonly number[];
  readonly truePositives: readonly number[];
}

interface Growing {
  x: number[];
  y: number[];
  positives: number;
  negatives: number;
  last: number;
}

const settle = (curve: Growing): void => {
  curve.x.push(curve.negatives);
  curve.y.push(curve.positives);
};

/**
 * Each group's ROC curve in one pass; tied scores give one slanted step. Null for a group with one kind of outcome only. O(n).
 *
 * @param order rows in rising order of score
 * @param times how often each row's person counts, by row
 */
export function rocCurves(
  order: Int32Array,
  rows: { readonly label: Uint8Array; readonly score: Float64Array },
  code: Int32Array,
  times: (row: number) => number,
  groups: number,
): (RocCurve | null)[] {
  const curves = Array.from({ length: groups }, (): Growing => ({ x: [], y: [], positives: 0, negatives: 0, last: Number.NaN }));
  for (let place = order.length - 1; place >= 0; place--) {
    const row = order[place]!;
    const weight = times(row);
    if (weight === 0) continue;
    const curve = curves[code[row]!]!;
    if (rows.score[row] !== curve.last) {
      settle(curve);
      curve.last = rows.score[row]!;
    }
    if (rows.label[row] === 1) curve.positives += weight;
    else curve.negatives += weight;
  }
  return curves.map((curve) => {
    if (curve.positives === 0 || curve.negatives === 0) return null;
    settle(curve);
    return { falsePositives: curve.x.map((x) => x / curve.negatives), truePositives: curve.y.map((y) => y / curve.positives) };
  });
}
