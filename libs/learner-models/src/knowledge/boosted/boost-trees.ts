import { fillBins, quantileCuts } from '../../glass-box/quantile-bins.js';
import { logOddsOf, probabilityOf } from '../../log-odds.js';
import { createRandom, type Random } from '../../random.js';
import { type Binned, BINS, growTree, type Tree, type TreeSettings, valueOf } from './grow-tree.js';

export interface BoostTreesSettings extends TreeSettings {
  readonly rounds: number;
  readonly learningRate: number;
  /** Share of rows and of features that a tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  /** Forests grown from samples of their own and averaged: what one forest reads into its sample, others do not. */
  readonly bags: number;
  readonly seed: number;
}

/** A sum of small trees in log-odds, over features cut into bins. */
export interface Forest {
  readonly intercept: number;
  readonly cuts: readonly Float64Array[];
  readonly trees: readonly Tree[];
}

/**
 * Gradient boosting of small trees for a yes or no (Friedman 2001, 2002), seeded. O(rounds × rows × features).
 *
 * @param columns one array of numbers per feature, NaN for missing
 */
export function boostTrees(columns: readonly Float64Array[], target: Uint8Array, settings: BoostTreesSettings): Forest {
  const random = createRandom(settings.seed);
  const rows = target.length;
  const shuffled = permutation(rows, random);
  const cuts = columns.map((column) => quantileCuts(column, shuffled, BINS - 1));
  const binned: Binned = { rows, columns: columns.map((column, f) => binsOf(column, cuts[f]!)) };
  let wins = 0;
  for (let row = 0; row < rows; row++) wins += target[row]!;
  const intercept = logOddsOf((wins + 0.5) / (rows + 1));
  const logOdds = new Float64Array(rows);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const trees: Tree[] = [];
  const sample = new Uint32Array(Math.max(1, Math.ceil(rows * settings.rowShare)));
  const all = columns.map((_, f) => f);
  for (let round = 0; round < settings.rounds * settings.bags; round++) {
    if (round % settings.rounds === 0) logOdds.fill(intercept);
    for (let row = 0; row < rows; row++) {
      const p = probabilityOf(logOdds[row]!);
      gradient[row] = p - target[row]!;
      curvature[row] = p * (1 - p);
    }
    draw(shuffled, sample, random);
    const features = some(all, Math.max(1, Math.round(all.length * settings.featureShare)), random);
    const tree = growTree(binned, sample, gradient, curvature, features, settings);
    for (let k = 0; k < tree.value.length; k++) tree.value[k]! *= settings.learningRate;
    addTree(tree, binned, logOdds);
    trees.push({ ...tree, value: tree.value.map((value) => value / settings.bags) });
  }
  return { intercept, cuts, trees };
}

/** Log-odds of one row of features. */
export function forestLogOdds({ intercept, cuts, trees }: Forest, features: Float64Array, bins: Uint8Array): number {
  for (let f = 0; f < cuts.length; f++) bins[f] = binOf(features[f]!, cuts[f]!);
  let sum = intercept;
  const bin = (f: number): number => bins[f]!;
  for (const tree of trees) sum += valueOf(tree, bin);
  return sum;
}

function addTree(tree: Tree, { columns, rows }: Binned, logOdds: Float64Array): void {
  const { feature, cut, left, right, value } = tree;
  for (let row = 0; row < rows; row++) {
    let at = 0;
    while (feature[at]! >= 0) at = columns[feature[at]!]![row]! <= cut[at]! ? left[at]! : right[at]!;
    logOdds[row]! += value[at]!;
  }
}

function binsOf(column: Float64Array, cuts: Float64Array): Uint8Array {
  const bins = new Uint8Array(column.length);
  fillBins(column, cuts, bins, 0);
  return bins;
}

/** The bin of one value, as `fillBins` gives it: 0 for missing. */
function binOf(value: number, cuts: Float64Array): number {
  if (value !== value) return 0;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function permutation(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** A sample without repeats, in rising order, so that columns are read forwards. */
function draw(population: Uint32Array, into: Uint32Array, random: Random): void {
  for (let k = 0; k < into.length; k++) {
    const other = k + random.integer(population.length - k);
    [population[k], population[other]] = [population[other]!, population[k]!];
    into[k] = population[k]!;
  }
  into.sort();
}

function some(of: number[], count: number, random: Random): number[] {
  for (let k = 0; k < count; k++) {
    const other = k + random.integer(of.length - k);
    [of[k], of[other]] = [of[other]!, of[k]!];
  }
  return of.slice(0, count).sort((a, b) => a - b);
}
