import { type Column, type FeatureSpec, type LearnerTable } from './learner-table.js';
import { additivePrediction } from './log-odds.js';
import { ModelError } from './model-error.js';
import {
  type Learned,
  type ModelKind,
  type Prediction,
  type PredictOptions,
  type RiskModel,
  type RiskScorer,
  type Term,
} from './risk-model.js';
import { rowRange } from './row-range.js';

/** One value of what rows are told apart by: `course`, or the name of something declared. */
export interface Level {
  readonly of: string;
  readonly value: string;
}

/** A declared value of fewer rows has no effect of its own: it would say more about those few than about the value. */
const FEWEST_ROWS = 50;
/** Something with more values than this is no attribute but a text. */
const MOST_VALUES = 40;

export interface LearnedCourseEffects extends Learned {
  readonly kind: 'course-effects';
  readonly version: 1;
  readonly levels: readonly Level[];
  readonly model: Learned;
}

/** The name of a value's column. */
const nameOf = ({ of, value }: Level): string => `${of}:${value}`;

/** A scorer whose table has a column per course and declared value that it learned from; what the courses add is told as one term, and so on. */
export class CourseEffectsScorer implements RiskScorer {
  constructor(
    protected readonly inner: RiskScorer,
    protected levels: readonly Level[],
  ) {}

  get kind(): ModelKind {
    return this.inner.kind;
  }

  get features(): readonly FeatureSpec[] {
    const all = this.inner.features;
    return all.slice(0, all.length - this.levels.length);
  }

  get terms(): readonly Term[] {
    return this.#merged().terms;
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const { from, to } = rowRange(table, options);
    const raw = this.inner.predict(withLevels(table, this.levels), options);
    if (options.explain === false) return { ...raw, terms: this.terms };
    const { terms, places } = this.#merged();
    const contributions = terms.map(() => new Float64Array(to - from));
    raw.contributions.forEach((values, term) => {
      const into = contributions[places[term]!]!;
      for (let row = 0; row < into.length; row++) into[row]! += values[row]!;
    });
    return additivePrediction(raw.intercept, terms, contributions, to - from);
  }

  toLearned(): LearnedCourseEffects {
    return { kind: 'course-effects', version: 1, levels: this.levels, model: this.inner.toLearned() };
  }

  /** A feature that acts together with a course stays a term of that feature; the courses by themselves are one. */
  #merged(): { readonly terms: readonly Term[]; readonly places: readonly number[] } {
    const own = this.features.length;
    const terms: Term[] = [];
    const index = new Map<string, number>();
    const places = this.inner.terms.map(({ features }): number => {
      const kept = features.filter((feature) => feature < own);
      // A pair of two values is told with the first of them.
      const told = kept.length > 0 ? kept.map((feature) => this.inner.features[feature]!.name) : [this.levels[features[0]! - own]!.of];
      const key = told.join('\n');
      const known = index.get(key);
      if (known !== undefined) return known;
      index.set(key, terms.length);
      return terms.push({ features: kept, names: told }) - 1;
    });
    return { terms, places };
  }
}

/**
 * Lets a model tell courses, and what was declared of learners, apart: each known value has a column of its own, whose effect the model shrinks towards none, so that a course
 * with few former learners stays close to all of them and an unknown one is scored as the average (a ridge on indicators is a random intercept;
 * Gelman & Hill 2007, 12). What has to carry over is another class, not another person of the same one, so a model that tunes
 * itself on folds gets folds of whole classes where there are enough.
 *
 * @example new CourseEffects(new L2Logistic({ seed: 1 })).fit(table) // the table says each row's `course` and `block`
 */
export class CourseEffects extends CourseEffectsScorer implements RiskModel {
  readonly #model: RiskModel;
  readonly #fewestClasses: number;

  /** @param fewestClasses with fewer classes to fold over than this, folds are over persons as usual */
  constructor(model: RiskModel, fewestClasses = 2) {
    super(model, []);
    this.#model = model;
    this.#fewestClasses = fewestClasses;
  }

  /** @param restore as `restoreScorer`, which reads every kind */
  static fromLearned(learned: LearnedCourseEffects, restore: (learned: Learned) => RiskScorer): RiskScorer {
    if (learned.kind !== 'course-effects' || learned.version !== 1)
      throw new ModelError('bad-learned', 'these are not values of course effects');
    return new CourseEffectsScorer(restore(learned.model), learned.levels);
  }

  /** A table that tells no courses and declares nothing is learned from without them. */
  fit(table: LearnerTable): this {
    const levels = levelsOf(table);
    const { block } = table;
    const blocks = block === undefined ? 0 : new Set(block).size;
    const wide = withLevels(table, levels);
    this.#model.fit(blocks >= this.#fewestClasses ? { ...wide, group: block! } : wide);
    this.levels = levels;
    return this;
  }
}

function levelsOf({ course, declared = {} }: LearnerTable): readonly Level[] {
  const courses = [...new Set(course ?? [])].sort();
  const open = Object.entries(declared).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([of, values]): Level[] => {
    const counts = new Map<string, number>();
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_VALUES) return [];
    return [...counts].filter(([, rows]) => rows >= FEWEST_ROWS).map(([value]) => ({ of, value })).sort((a, b) => (a.value < b.value ? -1 : 1));
  }); // prettier-ignore
  // One course alone would repeat the intercept.
  return [...(courses.length > 1 ? courses.map((value) => ({ of: 'course', value })) : []), ...open];
}

function withLevels(table: LearnerTable, levels: readonly Level[]): LearnerTable {
  if (levels.length === 0) return table;
  const columns = levels.map(({ of, value }): Column => {
    const values = of === 'course' ? table.course : table.declared?.[of];
    if (values === undefined && of === 'course')
      throw new ModelError('shape', 'the model tells courses apart, and the table does not say them');
    // What nobody declares any more is not known of anyone.
    return values === undefined ? new Float64Array(table.rows) : Float64Array.from(values, (one) => Number(one === value));
  });
  return {
    ...table,
    features: [
      ...table.features,
      ...levels.map((level) => ({ name: nameOf(level), family: level.of === 'course' ? 'course' : 'declared' })),
    ],
    columns: [...table.columns, ...columns],
  };
}
