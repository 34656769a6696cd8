import { factId, type FeatureShift, type NewFact } from '@pharos/facts';
import { benjaminiHochberg, featureDrift, type LearnerTable, type RiskScorer, rowsWhere, selectRows } from '@pharos/learner-models';
import { type FeatureRows } from '../features/feature-rows.js';
import { weekNumber } from '../features/classes.js';
import { relativeNames } from '../features/relative-features.js';
import { type JobScope } from '../running/job.js';
import { type ServedModel } from './score-risk.js';
import { type LabelledRows } from './target.js';

/** When a feature counts as moved, and when a model may not score alone. */
export const watchSettings = {
  /** Population stability index over which a distribution has shifted, by custom (Siddiqi 2006). */
  stability: 0.25,
  /** Adjusted chance under which a shift is beyond chance. */
  alpha: 0.01,
  /** Fewer rows than this on a side show nothing. */
  fewestRows: 50,
  /** Features that carry less of the model's spread of scores are not compared: they could hide it in many tests. */
  leastWeight: 0.005,
  /** Index over which it is another distribution altogether. On OULAD's earlier years, due dates moved features by up to 7, most by under 4; marks of 1 or 100 by 5. */
  far: 4,
  /** Share of the model's spread of scores that may rest on features which are that far off: ordinary years reached .06, such marks .09 to .21. */
  mostMoved: 0.08,
} as const;

/** What was compared, what moved, and in which courses too much of it did. */
export interface InputsFound {
  readonly compared: number;
  readonly moved: readonly FeatureShift[];
  readonly heldBack: readonly { readonly course: string; readonly share: number }[];
}

/**
 * Sets the features about to be scored against those of training, course by course: the same course's former learners where there are enough,
 * else all of them. All comparisons are one family (Benjamini–Hochberg). O(courses × features × rows log rows).
 *
 * @param unchecked what becomes of courses with too few learners to compare: a tenant's own model scores them, another's is held back
 */
export function watchInputs(
  now: FeatureRows,
  training: LabelledRows,
  scorer: RiskScorer,
  unchecked: 'scored' | 'held-back' = 'scored',
): InputsFound {
  const weights = weightsOf(scorer, training.table);
  const watched = now.table.features.flatMap((_, at) => (weights[at]! >= watchSettings.leastWeight ? [at] : []));
  const found = [...Map.groupBy(now.keys.keys(), (row) => now.keys[row]!.course)].flatMap(([course, rows]) => {
    if (rows.length < watchSettings.fewestRows) return [];
    const same = rowsWhere(training.keys.length, (row) => training.keys[row]!.course === course);
    const before = same.length >= watchSettings.fewestRows ? selectRows(training.table, same) : training.table;
    if (before.rows < watchSettings.fewestRows) return [];
    const classes = [...new Set(rows.map((row) => now.keys[row]!.class))];
    const drifts = featureDrift(columnsOf(before, watched), columnsOf(selectRows(now.table, Uint32Array.from(rows)), watched));
    return drifts.map((drift, index) => ({
      ...drift,
      course,
      class: classes.length === 1 ? classes[0]! : '',
      weight: weights[watched[index]!]!,
    }));
  });
  const adjusted = benjaminiHochberg(found.map(({ pValue }) => pValue));
  const moved = found.flatMap((one, at) => {
    if (one.stability <= watchSettings.stability || adjusted[at]! >= watchSettings.alpha) return [];
    const { course, class: inClass, feature, stability, missingBefore, missingNow, weight } = one;
    return [{ class: inClass, course, feature, stability, missingBefore, missingNow, adjusted: adjusted[at]!, weight }];
  });
  const far = moved.filter(({ stability }) => stability > watchSettings.far);
  const shares = [...Map.groupBy(far, ({ course }) => course)].map(([course, some]) => ({
    course,
    share: some.reduce((sum, { weight }) => sum + weight, 0),
  }));
  return {
    compared: found.length,
    moved: moved.sort((a, b) => b.weight * b.stability - a.weight * a.stability),
    heldBack: [
      ...shares.filter(({ share }) => share > watchSettings.mostMoved),
      ...(unchecked === 'held-back' ? notCompared(now, found) : []),
    ],
  };
}

/** Courses of which nothing could be compared; none of what the model rests on is known to be as it was. */
const notCompared = (now: FeatureRows, found: readonly { readonly course: string }[]): InputsFound['heldBack'] => {
  const compared = new Set(found.map(({ course }) => course));
  return [...new Set(now.keys.map(({ course }) => course))]
    .filter((course) => !compared.has(course))
    .map((course) => ({ course, share: 1 }));
};

const columnsOf = ({ features, columns, rows }: LearnerTable, chosen: readonly number[]): LearnerTable => ({
  features: chosen.map((at) => features[at]!),
  columns: chosen.map((at) => columns[at]!),
  rows,
});

/** Ranks and distances from the classmates are the same in every class by construction, but for ties, which differ with every scale of marks. */
const relative: ReadonlySet<string> = new Set(relativeNames);

/**
 * Each feature's share of the spread of scores in training: the deviation of what it adds, over the sum of those of all features that can move.
 */
export function weightsOf(scorer: RiskScorer, table: LearnerTable): Float64Array {
  const { terms, contributions } = scorer.predict(table);
  const weights = new Float64Array(table.features.length);
  terms.forEach(({ features }, term) => {
    const values = contributions[term]!;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    for (const feature of features) if (!relative.has(table.features[feature]!.name)) weights[feature]! += deviation / features.length;
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (all > 0 ? weight / all : 0));
}

/** The fact of what was found; classes of a course that moved too far are scored by what stands in. */
export function inputsFact(
  { tenant, asOf }: JobScope,
  { model, recipe }: ServedModel,
  standIn: ServedModel,
  about: { readonly target: string; readonly now: FeatureRows; readonly found: InputsFound },
): NewFact {
  const { target, now, found } = about;
  const classesOf = (course: string) => [...new Set(now.keys.filter((key) => key.course === course).map((key) => key.class))].sort();
  const servedBy = { recipe: standIn.recipe, model: standIn.model };
  return {
    id: factId('inputs', tenant, target, asOf, model, String(weekNumber(now.keys[0]?.dayNumber ?? 0))),
    type: 'InputsWatched', version: 1, tenant, key: model, occurredAt: asOf, knownAt: asOf,
    data: {
      model, recipe, target, asOf, week: weekNumber(now.keys[0]?.dayNumber ?? 0), classes: [...new Set(now.keys.map((key) => key.class))].sort(),
      compared: found.compared, moved: [...found.moved],
      heldBack: found.heldBack.flatMap(({ course, share }) => classesOf(course).map((inClass) => ({ class: inClass, share, servedBy }))),
    },
  }; // prettier-ignore
}
