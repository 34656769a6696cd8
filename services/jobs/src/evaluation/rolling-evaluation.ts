import { probabilityOf } from '@pharos/learner-models';
import { type KnownClass } from '@pharos/warehouse';
import { completedClasses, cutsAtDay, dayNumber, endOfDay } from '../features/classes.js';
import { judge, type Metric } from '../risk/judge.js';
import { recipes } from '../risk/recipes.js';
import { labelRows, type LabelledRows, rowsOf, type Target } from '../risk/target.js';
import { type Ablation, ablate } from './ablations.js';
import { type EvaluationSource } from './evaluation-source.js';
import { fitAndScore } from './fit-and-score.js';

export interface RollingOptions {
  readonly target: Target;
  readonly seed: number;
  /** Resamples of persons behind each interval. */
  readonly resamples: number;
  /** Days between scorings: every fourth week. */
  readonly everyDays: number;
  /** Later days are not judged; all that classes reach when left out. */
  readonly lastDay?: number;
  readonly ablations: boolean;
  /** Presentations to judge; all that have others before them when left out. What models learn from is not narrowed. */
  readonly only?: readonly string[];
  /** Hears how far it is. */
  readonly onStep?: (done: number, all: number, what: string) => void;
}

export interface EvaluatedModel {
  readonly model: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** One presentation at one day, or several of them pooled. */
export interface EvaluatedCut {
  /** The term; null where presentations are pooled. */
  readonly presentation: string | null;
  /** Days since the start; null where days are pooled. */
  readonly day: number | null;
  readonly n: number;
  readonly baseRate: number;
  readonly learnedFrom: { readonly classes: number; readonly rows: number } | null;
  readonly models: readonly EvaluatedModel[];
}

export interface RollingEvaluation {
  readonly target: Target;
  readonly seed: number;
  readonly resamples: number;
  readonly presentations: readonly EvaluatedCut[];
  readonly pooled: readonly EvaluatedCut[];
  readonly ablations: readonly Ablation[];
}

/** What was scored, before it is judged. */
interface ScoredCut {
  readonly presentation: string;
  readonly day: number;
  readonly rows: LabelledRows;
  readonly scores: ReadonlyMap<string, Float64Array>;
  readonly learnedFrom: { readonly classes: number; readonly rows: number };
}

/**
 * Scores each presentation at every fourth week of it by models that knew only classes completed before that day, as those classes stood on the
 * same day of theirs, and judges the scores by how it ended. The population is who is enrolled and has not withdrawn by the day.
 *
 * A presentation before which nothing was complete is not judged. O(presentations × days × fits).
 */
export async function evaluateRolling(source: EvaluationSource, options: RollingOptions): Promise<RollingEvaluation> {
  const { target, seed, resamples, everyDays, only } = options;
  const terms = [...Map.groupBy(source.ended, (one) => one.term)].sort(([, a], [, b]) => (startOf(a) < startOf(b) ? -1 : 1));
  const longest = Math.max(0, ...source.ended.map((one) => dayNumber(one.start, one.end)));
  const days = Array.from({ length: Math.floor(longest / everyDays) }, (_, at) => (at + 1) * everyDays).filter(
    (day) => options.lastDay === undefined || day <= options.lastDay,
  );
  const asked = terms.filter(([term]) => only === undefined || only.includes(term));
  const cuts: ScoredCut[] = [];
  const ablations: Ablation[] = [];
  let done = 0;
  for (const day of days) {
    const all = labelRows(await source.features(cutsAtDay(source.ended, day)), source.outcomes, target);
    for (const [term, classes] of asked) {
      options.onStep?.((done += 1), days.length * asked.length, `${term}, day ${day}`);
      const asOf = endOfDay(new Date(Date.parse(startOf(classes)) + day * 86_400_000).toISOString().slice(0, 10));
      const complete = completedClasses(await source.classesAt(asOf), asOf, target);
      const training = rowsOf(all, new Set(complete.map((one) => one.class)));
      const rows = rowsOf(all, new Set(classes.map((one) => one.class)));
      if (training.keys.length === 0 || rows.keys.length === 0) continue;
      const scores = fitAndScore(recipes, training, rows, seed);
      if (options.ablations) ablations.push(...ablate({ presentation: term, day, training, rows, attributes: source.attributes }, seed));
      cuts.push({ presentation: term, day, rows, scores, learnedFrom: { classes: complete.length, rows: training.keys.length } });
    }
  }
  const judged = (some: readonly ScoredCut[]) => judgeCuts(some, seed, resamples);
  return {
    target,
    seed,
    resamples,
    presentations: cuts.map((cut) => ({ ...judged([cut]), presentation: cut.presentation, day: cut.day, learnedFrom: cut.learnedFrom })),
    pooled: [
      ...[...Map.groupBy(cuts, ({ day }) => day)].map(([day, some]) => ({ ...judged(some), presentation: null, day, learnedFrom: null })),
      ...[...Map.groupBy(cuts, ({ presentation }) => presentation)].map(([presentation, some]) => ({
        ...judged(some),
        presentation,
        day: null,
        learnedFrom: null,
      })),
      ...(cuts.length > 0 ? [{ ...judged(cuts), presentation: null, day: null, learnedFrom: null }] : []),
    ],
    ablations,
  };
}

const startOf = (classes: readonly KnownClass[]): string => classes.map((one) => one.start).sort()[0]!;

/** Judges models on the rows of some cuts together; a model that did not score all of them is left out. */
function judgeCuts(cuts: readonly ScoredCut[], seed: number, resamples: number): Pick<EvaluatedCut, 'n' | 'baseRate' | 'models'> {
  const target = Uint8Array.from(cuts.flatMap(({ rows }) => [...rows.table.target]));
  const numbers = new Map<string, number>();
  const person = Int32Array.from(
    cuts.flatMap(({ rows }) => rows.keys),
    ({ learner }) => numbers.get(learner) ?? (numbers.set(learner, numbers.size), numbers.size - 1),
  );
  const models = recipes
    .filter(({ name }) => cuts.every(({ scores }) => scores.has(name)))
    .map(({ name }) => {
      const score = Float64Array.from(
        cuts.flatMap(({ scores }) => [...scores.get(name)!]),
        probabilityOf,
      );
      return { model: name, metrics: judge({ score, target, person }, seed, resamples).metrics };
    });
  return { n: target.length, baseRate: target.reduce((sum, y) => sum + y, 0) / target.length, models };
}
