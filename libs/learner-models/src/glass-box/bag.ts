import { type TrainingTable, rowsWhere } from '../learner-table.js';
import { createRandom, mix32 } from '../random.js';
import { type BinnedTable, countCells, gather } from './binned-table.js';
import { boost, type Boosted, type BoostRows, type BoostTerm } from './boost.js';
import { updateFeature } from './feature-update.js';
import { pairCells, SIDE } from './pair-cells.js';
import { updatePair } from './pair-update.js';
import { type GlassBoxSettings } from './settings.js';

/** One of the averaged models: rows to learn from, and rows of other persons to stop by. */
export interface Bag {
  readonly number: number;
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/** The bag that holds out fold `number`; a large table is sampled by whole persons. */
export function makeBag(binned: BinnedTable, number: number, { bagRows }: GlassBoxSettings): Bag {
  const share = Math.min(1, bagRows / binned.rows) * 2 ** 32;
  const drawn = (row: number): boolean => share >= 2 ** 32 || mix32(binned.draw[row]! ^ number) < share;
  return {
    number,
    training: rowsWhere(binned.rows, (row) => binned.fold[row] !== number && drawn(row)),
    validation: rowsWhere(binned.rows, (row) => binned.fold[row] === number && drawn(row)),
  };
}

/** The direction that a feature asks for: +1 up, -1 down, 0 free. */
export function signOf({ monotone }: { readonly monotone?: 'up' | 'down' }): number {
  if (!monotone) return 0;
  return monotone === 'up' ? 1 : -1;
}

/** Boosts the single features of a bag. */
export function boostFeatures(table: TrainingTable, binned: BinnedTable, bag: Bag, settings: GlassBoxSettings): Boosted {
  const terms = binned.bins.map((bins, feature): BoostTerm => {
    const spec = table.features[feature]!;
    const rules = { ...settings, sign: signOf(spec), readsAbsence: spec.missingMeans !== 'unknown' };
    const training = gather(bins, bag.training);
    return {
      training,
      validation: gather(bins, bag.validation),
      counts: countCells(training, binned.cuts[feature]!.length + 2),
      update: (sums, counts, into) => updateFeature(sums, counts, rules, into),
    };
  });
  const start = (rows: Uint32Array): BoostRows => rowsAt(binned, rows, new Float64Array(rows.length));
  return boost(terms, start(bag.training), start(bag.validation), settings, createRandom(mix32(settings.seed) ^ bag.number));
}

/** Boosts the chosen pairs of a bag on top of its single features. */
export function boostPairs(
  table: TrainingTable,
  binned: BinnedTable,
  bag: Bag,
  mains: Boosted,
  pairs: readonly (readonly [number, number])[],
  coarse: readonly Uint8Array[],
  settings: GlassBoxSettings,
): Boosted {
  const terms = pairs.map(([first, second]): BoostTerm => {
    const rules = { leafPenalty: settings.leafPenalty, signs: [signOf(table.features[first]!), signOf(table.features[second]!)] as const };
    const cells = (rows: Uint32Array): Uint8Array =>
      pairCells(gather(binned.bins[first]!, rows), gather(binned.bins[second]!, rows), coarse[first]!, coarse[second]!);
    const training = cells(bag.training);
    return {
      training,
      validation: cells(bag.validation),
      counts: countCells(training, SIDE * SIDE),
      update: (sums, _, into) => updatePair(sums, rules, into),
    };
  });
  const start = (rows: Uint32Array): BoostRows => rowsAt(binned, rows, sumMains(binned, mains, rows));
  return boost(terms, start(bag.training), start(bag.validation), settings, createRandom(mix32(settings.seed + 1) ^ bag.number));
}

function rowsAt(binned: BinnedTable, rows: Uint32Array, logOdds: Float64Array): BoostRows {
  return {
    target: gather(binned.target, rows),
    weight: binned.weight && Float64Array.from(rows, (row) => binned.weight![row]!),
    logOdds,
  };
}

/** Log-odds of the chosen rows by the single features alone. */
export function sumMains(
  binned: BinnedTable,
  { tables, intercept }: Pick<Boosted, 'tables' | 'intercept'>,
  rows: Uint32Array,
): Float64Array {
  const logOdds = new Float64Array(rows.length).fill(intercept);
  tables.forEach((table, feature) => {
    const bins = binned.bins[feature]!;
    for (let at = 0; at < rows.length; at++) logOdds[at]! += table[bins[rows[at]!]!]!;
  });
  return logOdds;
}
