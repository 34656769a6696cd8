import {
  BlendedScorer, type HeldOutBands, heldOutBands, type Learned, learnedHash, personFolds, probabilityOf, type RiskScorer, rowsWhere, selectRows,
} from '@pharos/learner-models'; // prettier-ignore
import { type HeldOut, judge, type Judgement } from './judge.js';
import { type Recipe, recipeNamed } from './recipes.js';
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
  /** Scores of held-out rows with whose they are: for judging, auditing and comparing. */
  readonly heldOut: HeldOut & { readonly keys: LabelledRows['keys'] };
  readonly judgement: Judgement;
  readonly method: 'later-classes' | 'person-folds';
}

/** Rows of completed classes: all of them, and the same split by time. */
export interface TrainingParts {
  readonly earlier: LabelledRows;
  readonly later: LabelledRows;
  readonly all: LabelledRows;
}

const folds = 5;
const learnersPerBand = 50;

/**
 * Fits a recipe and judges it on rows that it had not seen.
 *
 * With later classes: fitted on the earlier, judged on the later, then refitted on all of them. With a single term there is nothing later, so
 * every row is scored by a fit without its person, and the model says so. A model's probabilities are its own: a line fitted to one later
 * term carried that term's base rate over to the next and doubled the calibration error (ADR 0015).
 *
 * @param known recipes that were trained on the same parts; a mean takes its members from there, or trains them
 * @throws ModelError when the rows are too few, have one outcome only, or contradict the model
 */
export function trainRisk(recipe: Recipe, parts: TrainingParts, seed: number, known: readonly TrainedRisk[] = []): TrainedRisk {
  if (typeof recipe.make !== 'function') {
    const members = recipe.make.meanOf.map(
      (name) => known.find((one) => one.recipe === name) ?? trainRisk(recipeNamed(name), parts, seed, known),
    );
    const logOdds = members[0]!.heldOut.logOdds.map((_, row) => mean(members.map((member) => member.heldOut.logOdds[row]!)));
    const { method, heldOut } = members[0]!;
    return trained(recipe.name, new BlendedScorer(members.map(({ scorer }) => scorer)), { method, logOdds, heldOut }, seed);
  }
  const method = parts.later.keys.length > 0 ? 'later-classes' : 'person-folds';
  const raw = method === 'later-classes' ? scoreLater(recipe.make, parts, seed) : scoreByFolds(recipe.make, parts.all, seed);
  const scorer = recipe.make(seed, raw.tuned).fit(parts.all.table);
  const { target, group: person } = raw.rows.table;
  return trained(recipe.name, scorer, { method, logOdds: raw.logOdds, heldOut: { target, person, keys: raw.rows.keys } }, seed);
}

interface Scored {
  readonly method: TrainedRisk['method'];
  readonly logOdds: Float64Array;
  readonly heldOut: Pick<TrainedRisk['heldOut'], 'target' | 'person' | 'keys'>;
}

function trained(
  recipe: string,
  scorer: RiskScorer,
  { method, logOdds, heldOut: { target, person, keys } }: Scored,
  seed: number,
): TrainedRisk {
  const heldOut = { score: logOdds.map(probabilityOf), logOdds, target, person, keys };
  const bands = logOdds.length >= 2 * learnersPerBand ? heldOutBands(logOdds, target, learnersPerBand, person) : null;
  const learned: LearnedRisk = { scorer: scorer.toLearned(), bands };
  return { recipe, model: learnedHash(learned), learned, scorer, heldOut, judgement: judge(heldOut, seed), method };
}

type Make = Extract<Recipe['make'], (...given: never[]) => unknown>;

interface RawScores {
  readonly rows: LabelledRows;
  readonly logOdds: Float64Array;
  /** What the fit that gave them learned: its choice of settings holds for the final fit. */
  readonly tuned: Learned | undefined;
}

function scoreLater(make: Make, { earlier, later }: TrainingParts, seed: number): RawScores {
  const model = make(seed).fit(earlier.table);
  return { rows: later, logOdds: model.predict(later.table, { explain: false }).logOdds, tuned: model.toLearned() };
}

function scoreByFolds(make: Make, all: LabelledRows, seed: number): RawScores {
  const fold = personFolds(all.table, folds, seed);
  const logOdds = new Float64Array(all.table.rows);
  let tuned: Learned | undefined;
  for (let out = 0; out < folds; out += 1) {
    const held = rowsWhere(all.table.rows, (row) => fold[row] === out);
    const kept = rowsWhere(all.table.rows, (row) => fold[row] !== out);
    const model = make(seed, tuned).fit(selectRows(all.table, kept));
    tuned ??= model.toLearned();
    const scores = model.predict(selectRows(all.table, held), { explain: false }).logOdds;
    held.forEach((row, index) => (logOdds[row] = scores[index]!));
  }
  return { rows: all, logOdds, tuned };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
