import { softplus } from '../log-odds.js';
import { type Random } from '../random.js';
import { addStep, GradientState } from './gradient-state.js';

/** One addend that is boosted: a feature or a pair, as cells that each row falls into. */
export interface BoostTerm {
  readonly training: Uint8Array;
  readonly validation: Uint8Array;
  /** Training rows of each cell. */
  readonly counts: Float64Array;
  /** Fills `into` with a small tree's value per cell; false when it has nothing to say. */
  readonly update: (sums: Float64Array, counts: Float64Array, into: Float64Array) => boolean;
}

/** Rows of one side: outcomes, weights, and the log-odds so far, which boosting moves. */
export interface BoostRows {
  readonly target: Uint8Array;
  readonly weight: Float64Array | undefined;
  readonly logOdds: Float64Array;
}

export interface BoostSettings {
  readonly learningRate: number;
  readonly rounds: number;
  readonly patience: number;
}

export interface Boosted {
  /** Per term the value of each cell, at the round with the lowest held-out loss. */
  readonly tables: readonly Float64Array[];
  readonly intercept: number;
  readonly rounds: number;
  readonly validationLoss: number;
}

/**
 * Cyclic boosting (Lou, Caruana and Gehrke 2012): round after round each term adds a small tree, so that correlated terms share
 * what they explain. Within a round the log loss is replaced by its second-order expansion at the round's start: gradients are then moved along
 * by curvature × step, without an exponential per term. O(rounds × terms × rows).
 *
 * @param training its log-odds are moved to the last round, not to the best one: do not read them afterwards
 * @param validation rows of other persons, which decide when to stop; likewise moved
 */
export function boost(
  terms: readonly BoostTerm[],
  training: BoostRows,
  validation: BoostRows,
  settings: BoostSettings,
  random: Random,
): Boosted {
  const tables = terms.map(({ counts }) => new Float64Array(counts.length));
  let intercept = 0;
  let best: Boosted = { tables: tables.map((table) => table.slice()), intercept, rounds: 0, validationLoss: meanLoss(validation) };
  const state = new GradientState(training);
  const order = terms.map((_, index) => index);
  for (let round = 1; round <= settings.rounds && round - best.rounds <= settings.patience; round++) {
    const shift = state.refresh();
    intercept += shift;
    addTo(validation.logOdds, shift);
    shuffle(order, random);
    for (const index of order) {
      const term = terms[index]!;
      const step = new Float64Array(term.counts.length);
      if (!term.update(state.sumInto(term), term.counts, step)) continue;
      for (let cell = 0; cell < step.length; cell++) tables[index]![cell]! += step[cell]! *= settings.learningRate;
      state.pending(term.training, step);
      addStep(validation.logOdds, term.validation, step);
    }
    state.settle();
    const validationLoss = meanLoss(validation);
    if (validationLoss < best.validationLoss) {
      best = { tables: tables.map((table) => table.slice()), intercept, rounds: round, validationLoss };
    }
  }
  return best;
}

/** Mean log loss of rows at their log-odds. */
export function meanLoss({ target, weight, logOdds }: BoostRows): number {
  let sum = 0;
  let all = 0;
  for (let row = 0; row < logOdds.length; row++) {
    const w = weight ? weight[row]! : 1;
    all += w;
    sum += w * (softplus(logOdds[row]!) - target[row]! * logOdds[row]!);
  }
  return all > 0 ? sum / all : 0;
}

function addTo(values: Float64Array, shift: number): void {
  for (let row = 0; row < values.length; row++) values[row]! += shift;
}

function shuffle(order: number[], random: Random): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}
