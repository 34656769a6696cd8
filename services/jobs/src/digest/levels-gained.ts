import { bind, moment, type Question, scoped, sql, type View } from '@pharos/warehouse';

const RANK = ['', 'attempted', 'familiar', 'proficient', 'mastered'];

/** How many skills of some learners rose to proficient or mastered from a moment on, by the levels that were told. */
export function levelsGained(learners: readonly string[], from: string, view: View): Question<number> {
  return {
    name: 'levelsGained',
    sql: sql`SELECT count() AS gained FROM (SELECT learner, skill, argMaxIf(level, (recorded_at, log_offset), as_of < ${moment(from)}) AS before,
        argMaxIf(level, (recorded_at, log_offset), as_of >= ${moment(from)}) AS after
      FROM ${scoped('mastery', view, sql` AND learner IN ${bind('Array(String)', learners)}`)} GROUP BY learner, skill)
      WHERE after IN ('proficient', 'mastered') AND indexOf(${bind('Array(String)', RANK)}, after) > indexOf(${bind('Array(String)', RANK)}, before)`,
    answer: (row) => Number(row.gained),
  };
}
