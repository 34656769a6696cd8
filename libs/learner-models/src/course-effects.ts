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

export interface LearnedCourseEffects extends Learned {
  readonly kind: 'course-effects';
  readonly version: 1;
  readonly courses: readonly string[];
  readonly model: Learned;
}

/** Where a course's column stands among the features' names. */
const nameOf = (course: string): string => `course:${course}`;

/** A scorer whose table has a column per course that it learned from; what the courses add is told as one term. */
export class CourseEffectsScorer implements RiskScorer {
  constructor(
    protected readonly inner: RiskScorer,
    protected courses: readonly string[],
  ) {}

  get kind(): ModelKind {
    return this.inner.kind;
  }

  get features(): readonly FeatureSpec[] {
    const all = this.inner.features;
    return all.slice(0, all.length - this.courses.length);
  }

  get terms(): readonly Term[] {
    return this.#merged().terms;
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const { from, to } = rowRange(table, options);
    const raw = this.inner.predict(withCourses(table, this.courses), options);
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
    return { kind: 'course-effects', version: 1, courses: this.courses, model: this.inner.toLearned() };
  }

  /** A feature that acts together with a course stays a term of that feature; the courses by themselves are one. */
  #merged(): { readonly terms: readonly Term[]; readonly places: readonly number[] } {
    const own = this.features.length;
    const terms: Term[] = [];
    const index = new Map<string, number>();
    const places = this.inner.terms.map(({ features }): number => {
      const kept = features.filter((feature) => feature < own);
      const key = kept.join(',');
      const known = index.get(key);
      if (known !== undefined) return known;
      index.set(key, terms.length);
      const names = kept.length === 0 ? ['course'] : kept.map((feature) => this.inner.features[feature]!.name);
      return terms.push({ features: kept, names }) - 1;
    });
    return { terms, places };
  }
}

/**
 * Lets a model tell courses apart: each known course has a column of its own, whose effect the model shrinks towards none, so that a course
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
    return new CourseEffectsScorer(restore(learned.model), learned.courses);
  }

  /** A table that names no courses is learned from without them. */
  fit(table: LearnerTable): this {
    const names = [...new Set(table.course ?? [])].sort();
    // One course alone would repeat the intercept.
    const courses = names.length > 1 ? names : [];
    const { block } = table;
    const blocks = block === undefined ? 0 : new Set(block).size;
    const wide = withCourses(table, courses);
    this.#model.fit(blocks >= this.#fewestClasses ? { ...wide, group: block! } : wide);
    this.courses = courses;
    return this;
  }
}

function withCourses(table: LearnerTable, courses: readonly string[]): LearnerTable {
  if (courses.length === 0) return table;
  const { course } = table;
  if (course === undefined) throw new ModelError('shape', 'the model tells courses apart, and the table does not say them');
  const columns: Column[] = courses.map((name) => Float64Array.from(course, (of) => Number(of === name)));
  return {
    ...table,
    features: [...table.features, ...courses.map((name) => ({ name: nameOf(name), family: 'course' }))],
    columns: [...table.columns, ...columns],
  };
}
