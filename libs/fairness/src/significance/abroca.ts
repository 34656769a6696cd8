import { type RocCurve } from './roc-curves.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs, min } = Math;

/** Height of a curve over x, on the segment that ends at `end`. */
const heightAt = (curve: RocCurve, end: number, x: number): number => {
  const x0 = curve.falsePositives[end - 1]!;
  const y0 = curve.truePositives[end - 1]!;
  return y0 + ((x - x0) * (curve.truePositives[end]! - y0)) / (curve.falsePositives[end]! - x0);
};

/** First segment that ends beyond x; segments straight up have no width and are passed over. */
const segmentBeyond = (curve: RocCurve, from: number, x: number): number => {
  let end = from;
  while (end < curve.falsePositives.length - 1 && curve.falsePositives[end]! <= x) end++;
  return end;
};

/**
 * Area between two ROC curves, counted whichever is higher: how differently a model ranks two groups
 * (Gardner, Brooks, Baker 2019, "Evaluating the Fairness of Predictive Student Models Through Slicing Analysis").
 * 0 is no difference; exact for the piecewise linear curves, crossings included. O(points).
 *
 * @example abroca(curve, curve) // => 0
 */
export function abroca(one: RocCurve, other: RocCurve): number {
  let area = 0;
  let x = 0;
  let a = 1;
  let b = 1;
  while (x < 1) {
    a = segmentBeyond(one, a, x);
    b = segmentBeyond(other, b, x);
    const next = min(one.falsePositives[a]!, other.falsePositives[b]!);
    const before = heightAt(one, a, x) - heightAt(other, b, x);
    const after = heightAt(one, a, next) - heightAt(other, b, next);
    const sum = abs(before) + abs(after);
    if (before * after >= 0) area += ((next - x) * sum) / 2;
    else area += ((next - x) * (before * before + after * after)) / (2 * sum);
    x = next;
  }
  return area;
}
