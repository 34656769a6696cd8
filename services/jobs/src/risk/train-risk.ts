import {
  CalibratedRisk, fitPlatt, type HeldOutBands, heldOutBands, type Learned, learnedHash, personFolds, type Platt, probabilityOf,
  type RiskScorer, rowsWhere, selectRows,
} from '@pharos/learner-models'; // prettier-ignore
import { type HeldOut, judge, type Judgement } from './judge.js';
import { type Recipe } from './recipes.js';
import { type LabelledRows } from './target.js';

/** What is stored under the hash: enough to score again and to say what became of learners like this one. */
export interface LearnedRisk {
  readonly scorer: ReturnType<RiskScorer['toLearned']>;
  readonly bands: HeldOutBands | null;
}

export interface TrainedRisk {
  readonly recipe: string;
  /** Hash of `learned`. */
  readonly model: string;
  readonly learned: LearnedRisk;
  readonly scorer: RiskScorer;
  /** Scores of held-out rows, cross-fitted, with whose they are: for judging, auditing and comparing. */
  readonly heldOut: HeldOut & { readonly keys: LabelledRows['keys'] };
  readonly judgement: Judgement;
  readonly method: 'later-classes' | 'person-folds';
}

const folds = 5;
const learnersPerBand = 50;

/**
 * Fits a recipe, calibrates it on rows that it had not seen, and judges it on them.
 *
 * With later classes: fitted on the earlier, calibrated and judged on the later, then refitted on all of them under that
 * calibration. With a single term there is nothing later, so every row is scored by a fit without its person, and the
 * model says so. Calibration that is judged is itself cross-fitted by person, so no row is judged by its own label.
 *
 * @throws ModelError when the rows are too few, have one outcome only, or contradict the model
 */
export function trainRisk(recipe: Recipe, earlier: LabelledRows, later: LabelledRows, all: LabelledRows, seed: number): TrainedRisk {
  const method = later.keys.length > 0 ? 'later-classes' : 'person-folds';
  const raw = method === 'later-classes' ? scoreLater(recipe, earlier, later, seed) : scoreByFolds(recipe, all, seed);
  const platt = fitPlatt(raw.logOdds, raw.rows.table.target);
  const scorer = new CalibratedRisk(recipe.make(seed, raw.tuned).fit(all.table), platt);
  const crossFitted = crossCalibrate(raw, seed);
  const heldOut = {
    score: crossFitted.map(probabilityOf),
    target: raw.rows.table.target,
    person: raw.rows.table.group,
    keys: raw.rows.keys,
  };
  const bands =
    raw.logOdds.length >= 2 * learnersPerBand ? heldOutBands(calibrated(raw.logOdds, platt), heldOut.target, learnersPerBand) : null;
  const learned: LearnedRisk = { scorer: scorer.toLearned(), bands };
  return { recipe: recipe.name, model: learnedHash(learned), learned, scorer, heldOut, judgement: judge(heldOut, seed), method };
}

interface RawScores {
  readonly rows: LabelledRows;
  readonly logOdds: Float64Array;
  /** What the fit that gave them learned: its choice of settings holds for the final fit. */
  readonly tuned: Learned | undefined;
}

function scoreLater(recipe: Recipe, earlier: LabelledRows, later: LabelledRows, seed: number): RawScores {
  const model = recipe.make(seed).fit(earlier.table);
  return { rows: later, logOdds: model.predict(later.table, { explain: false }).logOdds, tuned: model.toLearned() };
}

function scoreByFolds(recipe: Recipe, all: LabelledRows, seed: number): RawScores {
  const fold = personFolds(all.table, folds, seed);
  const logOdds = new Float64Array(all.table.rows);
  let tuned: Learned | undefined;
  for (let out = 0; out < folds; out += 1) {
    const held = rowsWhere(all.table.rows, (row) => fold[row] === out);
    const kept = rowsWhere(all.table.rows, (row) => fold[row] !== out);
    const model = recipe.make(seed, tuned).fit(selectRows(all.table, kept));
    tuned ??= model.toLearned();
    const scores = model.predict(selectRows(all.table, held), { explain: false }).logOdds;
    held.forEach((row, index) => (logOdds[row] = scores[index]!));
  }
  return { rows: all, logOdds, tuned };
}

const calibrated = (logOdds: Float64Array, { slope, intercept }: Platt): Float64Array => logOdds.map((value) => intercept + slope * value);

/** Log-odds calibrated by Platt lines that each leave out the row's own person. */
function crossCalibrate({ rows, logOdds }: RawScores, seed: number): Float64Array {
  const fold = personFolds(rows.table, 2, seed);
  const result = new Float64Array(logOdds.length);
  for (const out of [0, 1]) {
    const kept = rowsWhere(logOdds.length, (row) => fold[row] !== out);
    const platt = fitPlatt(Float64Array.from(kept, (row) => logOdds[row]!), Uint8Array.from(kept, (row) => rows.table.target[row]!)); // prettier-ignore
    for (let row = 0; row < logOdds.length; row += 1) if (fold[row] === out) result[row] = platt.intercept + platt.slope * logOdds[row]!;
  }
  return result;
}
