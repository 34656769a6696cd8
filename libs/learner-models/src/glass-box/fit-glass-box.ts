import { type TrainingTable } from '../learner-table.js';
import { boostFeatures, boostPairs, makeBag, sumMains } from './bag.js';
import { binTable, countCells, type BinnedTable } from './binned-table.js';
import { type Boosted } from './boost.js';
import { coarsen, pairCells, SIDE } from './pair-cells.js';
import { purifyPair } from './purify.js';
import { screenPairs } from './screen-pairs.js';
import { type GlassBoxSettings } from './settings.js';

/** What a fit comes to: tables by fine bin, and by cell for pairs. */
export interface FittedGlassBox {
  readonly intercept: number;
  readonly cuts: readonly Float64Array[];
  readonly tables: readonly Float64Array[];
  readonly coarse: readonly Uint8Array[];
  readonly pairs: readonly { readonly features: readonly [number, number]; readonly table: Float64Array }[];
  /** Rounds after which each bag stopped, for single features and for pairs. */
  readonly rounds: readonly { readonly features: number; readonly pairs: number }[];
}

/** Bins, boosts every bag, chooses pairs by what the averaged single features leave over, boosts them, averages, and centres. */
export function fitGlassBox(table: TrainingTable, settings: GlassBoxSettings): FittedGlassBox {
  const binned = binTable(table, settings);
  const bags = Array.from({ length: settings.bags }, (_, number) => makeBag(binned, number, settings));
  const mains = bags.map((bag) => boostFeatures(table, binned, bag, settings));
  const tables = average(mains);
  const coarse = binned.counts.map(coarsen);
  const pairs = choosePairs(table, binned, { tables, intercept: meanIntercept(mains) }, coarse, settings);
  const paired = pairs.length === 0 ? [] : bags.map((bag, at) => boostPairs(table, binned, bag, mains[at]!, pairs, coarse, settings));
  const pairTables = paired.length === 0 ? [] : average(paired);

  let intercept = meanIntercept(mains) + (paired.length === 0 ? 0 : meanIntercept(paired));
  pairs.forEach(([first, second], at) => {
    const weight = countCells(pairCells(binned.bins[first]!, binned.bins[second]!, coarse[first]!, coarse[second]!), SIDE * SIDE);
    const side = (feature: number): { table: Float64Array; coarse: Uint8Array } => ({ table: tables[feature]!, coarse: coarse[feature]! });
    purifyPair(pairTables[at]!, weight, side(first), side(second));
  });
  tables.forEach((values, feature) => {
    intercept += centre(values, binned.counts[feature]!, table.features[feature]!.missingMeans === 'unknown');
  });
  const rounds = bags.map((_, at) => ({ features: mains[at]!.rounds, pairs: paired[at]?.rounds ?? 0 }));
  return {
    intercept,
    cuts: binned.cuts,
    tables,
    coarse,
    pairs: pairs.map((features, at) => ({ features, table: pairTables[at]! })),
    rounds,
  };
}

function choosePairs(
  table: TrainingTable,
  binned: BinnedTable,
  mains: { tables: readonly Float64Array[]; intercept: number },
  coarse: readonly Uint8Array[],
  { pairs, leafPenalty }: GlassBoxSettings,
): [number, number][] {
  // Where absence means nothing, a pair could still read it through the other feature; such features stay single.
  const pairable = coarse.map((bins, feature) => {
    const speaks = mains.tables[feature]!.some((value) => value !== 0);
    return speaks && table.features[feature]!.missingMeans !== 'unknown' ? bins : undefined;
  });
  const rows = Uint32Array.from({ length: binned.rows }, (_, row) => row);
  const probability = sumMains(binned, mains, rows).map((x) => 1 / (1 + Math.exp(-x)));
  const weightOf = (row: number): number => (binned.weight ? binned.weight[row]! : 1);
  const gradient = probability.map((p, row) => weightOf(row) * (p - binned.target[row]!));
  const curvature = probability.map((p, row) => weightOf(row) * p * (1 - p));
  return screenPairs(binned.bins, pairable, gradient, curvature, leafPenalty, pairs);
}

function average(bags: readonly Boosted[]): Float64Array[] {
  return bags[0]!.tables.map((first, term) => {
    const mean = new Float64Array(first.length);
    for (const { tables } of bags) tables[term]!.forEach((value, cell) => (mean[cell]! += value / bags.length));
    return mean;
  });
}

function meanIntercept(bags: readonly Boosted[]): number {
  return bags.reduce((sum, bag) => sum + bag.intercept, 0) / bags.length;
}

/** Makes a table average to 0 over the training rows. An absence that was never seen, or means nothing, adds 0. @returns what was taken off */
function centre(table: Float64Array, counts: Float64Array, absenceMeansNothing: boolean): number {
  const from = absenceMeansNothing ? 1 : 0;
  let rows = 0;
  let sum = 0;
  for (let bin = from; bin < table.length; bin++) {
    rows += counts[bin]!;
    sum += counts[bin]! * table[bin]!;
  }
  const mean = rows > 0 ? sum / rows : 0;
  for (let bin = 0; bin < table.length; bin++) table[bin]! -= mean;
  if (absenceMeansNothing || counts[0] === 0) table[0] = 0;
  return mean;
}
