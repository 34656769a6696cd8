import { judge, type Metric } from './judge.js';
import { type TrainedRisk } from './train-risk.js';

/** How a model did in one course: of its held-out rows, so many ended as the target says. */
export interface CourseJudgement {
  readonly course: string;
  readonly rows: number;
  readonly failed: number;
  /** Empty where the rows are too few to judge by. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** Held-out learners of one course below which its figures would be little but chance. */
export const fewestRows = 100;
/** Learners on either side of the outcome below which they would be. */
const fewestOfEach = 20;
const resamples = 60;
const told = ['precisionAt10', 'auc', 'ece'] as const;

/**
 * Judges a model course by course on its held-out rows: among the tenth of each course with the highest scores, how many ended as predicted, how well
 * learners are ordered, how far the numbers are off. Courses in the order of their names. O(resamples × rows).
 */
export function judgeCourses({ keys, score, target, person }: TrainedRisk['heldOut'], seed: number): readonly CourseJudgement[] {
  const courses = [...Map.groupBy(keys.keys(), (row) => keys[row]!.course)].sort(([a], [b]) => (a < b ? -1 : 1));
  return courses.map(([course, rows]): CourseJudgement => {
    const labels = Uint8Array.from(rows, (row) => target[row]!);
    const failed = labels.reduce((sum, label) => sum + label, 0);
    const enough = rows.length >= fewestRows && Math.min(failed, rows.length - failed) >= fewestOfEach;
    const about = { course, rows: rows.length, failed };
    if (!enough) return { ...about, metrics: {} };
    const { metrics } = judge(
      { score: Float64Array.from(rows, (row) => score[row]!), target: labels, person: Int32Array.from(rows, (row) => person[row]!) },
      seed,
      resamples,
    );
    return { ...about, metrics: Object.fromEntries(told.flatMap((name) => (metrics[name] ? [[name, metrics[name]]] : []))) };
  });
}
