import { ModelError } from '../../model-error.js';
import { probabilityOf } from '../../log-odds.js';
import { LOG_WEIGHTS, NODES, summarise } from './quadrature.js';

/** One learner's first answers: items by index, and 1 right or 0 wrong. */
export interface Responses {
  readonly items: Uint32Array;
  readonly right: Uint8Array;
}

/** What is known of an item: the chance of a right answer is 1 / (1 + e^-(discrimination × (ability - difficulty))). */
export interface ItemParameters {
  readonly difficulty: number;
  readonly difficultyError: number;
  readonly discrimination: number;
  /** 0 where it is held fixed (1PL). */
  readonly discriminationError: number;
  /** Mean squared residuals (Wright and Masters 1982): about 1 where the model fits; infit weighs answers near the item's difficulty. */
  readonly infit: number;
  readonly outfit: number;
  readonly answers: number;
}

export interface ItemFit {
  readonly items: readonly ItemParameters[];
  readonly logLikelihood: number;
  readonly steps: number;
}

/**
 * Weak beliefs that keep items which all or none got right finite: difficulty about as spread as abilities and more, discrimination around 1. With some 50 answers they
 * move an estimate by less than its error.
 */
const DIFFICULTY_DEVIATION = 3;
const LOG_DISCRIMINATION_DEVIATION = 0.5;

/**
 * Item parameters by marginal maximum likelihood (Bock and Aitkin 1981), abilities standard normal, summed at 41 points, with weak priors. Standard errors from the cross-products
 * of each learner's marginal score, item by item. O(steps × answers × 41).
 *
 * @param count number of items
 * @param twoParameters whether discrimination is learned (2PL) or held at one common value, also learned (1PL)
 * @throws ModelError 'too-few-rows'
 */
export function fitItems(learners: readonly Responses[], count: number, twoParameters: boolean, steps = 100): ItemFit {
  if (learners.length < 2 || count === 0)
    throw new ModelError('too-few-rows', 'item response theory needs at least two learners and one item');
  const slope = new Float64Array(count).fill(1);
  const offset = new Float64Array(count);
  const nodes = NODES.length;
  let logLikelihood = -Infinity;
  let taken = 0;
  const posterior = new Float64Array(nodes);
  for (; taken < steps; taken++) {
    const seen = new Float64Array(count * nodes);
    const won = new Float64Array(count * nodes);
    let now = 0;
    for (const { items, right } of learners) {
      const { logTotal } = posteriorOf({ items, right }, slope, offset, posterior);
      now += logTotal;
      for (let a = 0; a < items.length; a++) {
        const base = items[a]! * nodes;
        for (let k = 0; k < nodes; k++) {
          seen[base + k]! += posterior[k]!;
          if (right[a] === 1) won[base + k]! += posterior[k]!;
        }
      }
    }
    for (let item = 0; item < count; item++) climb(item, seen, won, slope, offset, twoParameters);
    if (!twoParameters) shareSlope(seen, won, slope, offset);
    const settled = Math.abs(now - logLikelihood) < 1e-7 * Math.abs(now);
    logLikelihood = now;
    if (settled) break;
  }
  return { items: describe(learners, slope, offset, twoParameters), logLikelihood, steps: taken };
}

/** Where a learner stands, given item slopes and offsets: weights over the nodes go into `into`. */
export function posteriorOf(
  { items, right }: Responses,
  slope: Float64Array,
  offset: Float64Array,
  into: Float64Array,
): ReturnType<typeof summarise> {
  const logs = LOG_WEIGHTS.slice();
  for (let a = 0; a < items.length; a++) {
    const item = items[a]!;
    for (let k = 0; k < logs.length; k++) {
      const x = slope[item]! * NODES[k]! + offset[item]!;
      logs[k]! -= Math.log1p(Math.exp(right[a] === 1 ? -x : x));
    }
  }
  return summarise(logs, into);
}

/** Newton's steps for one item's offset (and slope) on expected counts, with the priors. */
function climb(item: number, seen: Float64Array, won: Float64Array, slope: Float64Array, offset: Float64Array, two: boolean): void {
  const base = item * NODES.length;
  for (let step = 0; step < 8; step++) {
    let a = slope[item]!;
    const c = offset[item]!;
    // Difficulty is -c/a: its prior is put on c, whose size it has at a slope of about 1.
    let gc = -c / DIFFICULTY_DEVIATION ** 2;
    let hcc = 1 / DIFFICULTY_DEVIATION ** 2;
    let ga = two ? -Math.log(a) / (a * LOG_DISCRIMINATION_DEVIATION ** 2) : 0;
    let haa = two ? 1 / (a * LOG_DISCRIMINATION_DEVIATION) ** 2 : 1;
    let hac = 0;
    for (let k = 0; k < NODES.length; k++) {
      const p = probabilityOf(a * NODES[k]! + c);
      const error = won[base + k]! - seen[base + k]! * p;
      const curve = seen[base + k]! * p * (1 - p);
      gc += error;
      hcc += curve;
      if (!two) continue;
      ga += error * NODES[k]!;
      haa += curve * NODES[k]! ** 2;
      hac += curve * NODES[k]!;
    }
    const determinant = haa * hcc - hac * hac;
    const da = two ? (hcc * ga - hac * gc) / determinant : 0;
    const dc = two ? (haa * gc - hac * ga) / determinant : gc / hcc;
    a = Math.min(6, Math.max(0.05, a + Math.max(-0.5, Math.min(0.5, da))));
    slope[item] = a;
    offset[item] = c + Math.max(-1, Math.min(1, dc));
    if (Math.abs(da) + Math.abs(dc) < 1e-7) break;
  }
}

/** One Newton step for the slope that all items share. */
function shareSlope(seen: Float64Array, won: Float64Array, slope: Float64Array, offset: Float64Array): void {
  let gradient = 0;
  let curvature = 0;
  for (let item = 0; item < offset.length; item++) {
    for (let k = 0; k < NODES.length; k++) {
      const cell = item * NODES.length + k;
      const p = probabilityOf(slope[item]! * NODES[k]! + offset[item]!);
      gradient += (won[cell]! - seen[cell]! * p) * NODES[k]!;
      curvature += seen[cell]! * p * (1 - p) * NODES[k]! ** 2;
    }
  }
  const next = Math.min(6, Math.max(0.05, slope[0]! + Math.max(-0.3, Math.min(0.3, gradient / (curvature + 1e-9)))));
  slope.fill(next);
}

function describe(learners: readonly Responses[], slope: Float64Array, offset: Float64Array, two: boolean): ItemParameters[] {
  const count = slope.length;
  const [saa, sac, scc, answers, squares, weights, ratios] = Array.from({ length: 7 }, () => new Float64Array(count)) as [
    Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array,
  ]; // prettier-ignore
  const posterior = new Float64Array(NODES.length);
  for (const { items, right } of learners) {
    const { mean } = posteriorOf({ items, right }, slope, offset, posterior);
    for (let k = 0; k < items.length; k++) {
      const item = items[k]!;
      let sa = 0;
      let sc = 0;
      for (let node = 0; node < NODES.length; node++) {
        const error = right[k]! - probabilityOf(slope[item]! * NODES[node]! + offset[item]!);
        sa += posterior[node]! * error * NODES[node]!;
        sc += posterior[node]! * error;
      }
      saa[item]! += sa * sa;
      sac[item]! += sa * sc;
      scc[item]! += sc * sc;
      const p = probabilityOf(slope[item]! * mean + offset[item]!);
      answers[item]!++;
      squares[item]! += (right[k]! - p) ** 2;
      weights[item]! += p * (1 - p);
      ratios[item]! += (right[k]! - p) ** 2 / (p * (1 - p));
    }
  }
  return Array.from({ length: count }, (_, item) => {
    const a = slope[item]!;
    const difficulty = -offset[item]! / a;
    const icc = scc[item]! + 1 / DIFFICULTY_DEVIATION ** 2;
    const iaa = saa[item]! + 1 / (a * LOG_DISCRIMINATION_DEVIATION) ** 2;
    const determinant = two ? iaa * icc - sac[item]! ** 2 : icc;
    const [vaa, vac, vcc] = two ? [icc / determinant, -sac[item]! / determinant, iaa / determinant] : [0, 0, 1 / icc];
    // Delta method: difficulty = -c/a.
    const variance = (vcc + 2 * difficulty * vac + difficulty ** 2 * vaa) / a ** 2;
    return {
      difficulty,
      difficultyError: Math.sqrt(variance),
      discrimination: a,
      discriminationError: Math.sqrt(vaa),
      infit: weights[item]! > 0 ? squares[item]! / weights[item]! : 1,
      outfit: answers[item]! > 0 ? ratios[item]! / answers[item]! : 1,
      answers: answers[item]!,
    };
  });
}
