import { type RocCurve } from './roc-curves.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs, min } = Math;

/**
 * Area between two ROC curves, counted whichever is higher: how differently a model ranks two groups
 * (Gardner, Brooks, Baker 2019, "Evaluating the Fairness of Predictive Student Models Through Slicing Analysis").
 * 0 is no difference; exact for the piecewise linear curves, crossings included. O(pieces).
 *
 * @returns NaN where one of the groups has no curve
 * @example abroca(curve, curve) // => 0
 */
export function abroca(one: RocCurve, other: RocCurve): number {
  if (!one.exists || !other.exists) return Number.NaN;
  let area = 0;
  let x = 0;
  let [a, b] = [one.from, other.from];
  let [oneFrom, otherFrom] = [0, 0]; // where the present pieces begin
  while (a < one.to && b < other.to) {
    const [oneEnd, otherEnd] = [one.end[a]!, other.end[b]!];
    const next = min(oneEnd, otherEnd);
    const [oneRise, otherRise] = [one.rise[a]!, other.rise[b]!];
    const before = one.height[a]! + oneRise * (x - oneFrom) - (other.height[b]! + otherRise * (x - otherFrom));
    const after = before + (oneRise - otherRise) * (next - x);
    if (before * after >= 0) area += ((next - x) * (abs(before) + abs(after))) / 2;
    else area += ((next - x) * (before * before + after * after)) / (2 * (abs(before) + abs(after)));
    x = next;
    if (oneEnd <= x) {
      a++;
      oneFrom = x;
    }
    if (otherEnd <= x) {
      b++;
      otherFrom = x;
    }
  }
  return area;
}
