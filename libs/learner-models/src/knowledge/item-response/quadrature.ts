/** Abilities at which the standard normal distribution is summed, and its weights there, adding up to 1. */
export const NODES = Float64Array.from({ length: 41 }, (_, k) => (k - 20) / 4);
const densities = NODES.map((x) => Math.exp((-x * x) / 2));
const total = densities.reduce((sum, x) => sum + x, 0);
export const LOG_WEIGHTS = densities.map((x) => Math.log(x / total));

/** Mean and spread of a distribution over the nodes, given as log-weights that need not add up. Weights are written into `into`. */
export function summarise(logWeights: Float64Array, into: Float64Array): { mean: number; deviation: number; logTotal: number } {
  let most = -Infinity;
  for (let k = 0; k < logWeights.length; k++) most = Math.max(most, logWeights[k]!);
  let sum = 0;
  for (let k = 0; k < logWeights.length; k++) sum += into[k] = Math.exp(logWeights[k]! - most);
  let mean = 0;
  for (let k = 0; k < logWeights.length; k++) mean += (into[k]! /= sum) * NODES[k]!;
  let variance = 0;
  for (let k = 0; k < logWeights.length; k++) variance += into[k]! * (NODES[k]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(variance), logTotal: most + Math.log(sum) };
}
