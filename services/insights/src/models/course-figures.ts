import { type CourseFigures } from '@pharos/contract';
import { discloseGroups } from '@pharos/fairness';
import { type ModelEntry } from '@pharos/warehouse';

type Judged = Extract<ModelEntry, { type: 'ModelTrained' }>['data']['validation'];
type Course = NonNullable<Judged['courses']>[number];

/** A course as it may be shown: itself, or without anything that tells of few people. */
type Shown = Omit<Course, 'rows' | 'failed'> & { readonly rows: number | null; readonly failed: number | null };

/**
 * How a model did by course, beside the rule on the same learners. Courses of few people are withheld, and so is the next larger one
 * where only one is: the figures of all courses together are shown elsewhere.
 *
 * @param minimum people under whom a group is not told of: the tenant's
 * @param titleOf how a course is called
 */
export function courseFigures(
  model: Pick<Judged, 'courses'>,
  rule: Pick<Judged, 'courses'> | undefined,
  minimum: number,
  titleOf: (course: string) => string,
): CourseFigures[] {
  const shown = discloseGroups<Course, Shown>(model.courses ?? [], {
    minimum,
    countOf: ({ rows }) => rows,
    parts: ({ rows, failed }) => [failed, rows - failed],
    hide: ({ course }) => ({ course, rows: null, failed: null, metrics: {} }),
  });
  const ofRule = new Map(rule?.courses?.map((one) => [one.course, one.metrics]));
  return shown.map(({ course, rows, failed, metrics }) => ({
    course,
    title: titleOf(course),
    n: rows,
    withheld: rows === null,
    rate: rows === null || failed === null ? null : failed / rows,
    metrics,
    rule: rows === null ? null : (ofRule.get(course) ?? null),
  }));
}
