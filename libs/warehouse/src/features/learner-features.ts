import { type Question } from '../question.js';
import { join, literal, type Sql, sql } from '../sql.js';
import { activityTables } from './activity.js';
import { classTables, type FeatureScope } from './cuts.js';
import { standingTables } from './standing.js';
import { workTables } from './work.js';

/** Where a class has no single events, its activity is unknown, not zero. */
const ifSeen = (expression: string): Sql => sql`if(sn.class = '', NULL, ${literal(expression)})`;

/**
 * Every feature and how it comes from the common tables. Units: amounts are interactions (clicks), days are days, marks
 * and rates lie in [0, 1]. What a school does not record is NULL.
 */
const features = {
  activity_7: ifSeen('a.last_7'),
  activity_14: ifSeen('a.last_14'),
  activity_28: ifSeen('a.last_28'),
  activity_so_far: ifSeen('a.so_far'),
  activity_change: ifSeen('a.last_7 - a.week_before'),
  video_so_far: ifSeen('a.video'),
  reading_so_far: ifSeen('a.reading'),
  practice_so_far: ifSeen('a.practice'),
  forum_so_far: ifSeen('a.forum'),
  assessment_so_far: ifSeen('a.assessment'),
  active_days_7: ifSeen('a.days_7'),
  active_days_28: ifSeen('a.days_28'),
  active_days: ifSeen('a.days_so_far'),
  /** Share of the weeks so far with any activity. */
  regularity: ifSeen('least(1, a.weeks_so_far / greatest(1, ceil((i.day_number + 1) / 7)))'),
  days_silent: ifSeen('arrayCount(d -> d > a.last_day, sd.days)'),
  activity_before_start: sql`if(sn.class = '', t.before_start, a.before_start)`,
  activity_to_day_56: sql`if(i.day_number < 56, NULL, if(sn.class = '', t.to_day_56, a.to_day_56))`,
  work_due: sql`w.due`,
  work_handed_in: sql`w.handed_in`,
  work_missed: sql`w.missed`,
  work_missed_share: sql`w.missed / nullIf(w.due, 0)`,
  work_missed_weight: sql`w.missed_weight`,
  work_missed_latest: sql`w.missed_latest`,
  /** Missed work, each piece counting as much as the share of classmates who handed it in. */
  work_missed_alone: sql`w.missed_alone`,
  work_late: sql`w.late`,
  work_ahead: sql`w.ahead`,
  work_banked: sql`w.banked`,
  days_early: sql`w.days_early`,
  days_early_last: sql`w.days_early_last`,
  days_since_hand_in: sql`toInt32(i.cut_day) - toInt32(w.handed_in_last)`,
  mark_mean: sql`w.mark_mean`,
  mark_last: sql`w.mark_last`,
  mark_lowest: sql`w.mark_lowest`,
  mark_first: sql`w.mark_first`,
  mark_trend: sql`if(w.marks > 1, w.mark_last - w.mark_mean, NULL)`,
  mark_standing: sql`w.mark_standing`,
  mark_standing_last: sql`w.mark_standing_last`,
  attendance_rate: sql`if(tk.attendance, 1 - least(1, ab.absent / greatest(1, length(sd.days))), NULL)`,
  absences: sql`if(tk.attendance, ab.absent, NULL)`,
  absences_14: sql`if(tk.attendance, ab.absent_14, NULL)`,
  tardies: sql`if(tk.attendance, ab.tardy, NULL)`,
  incidents: sql`if(tk.incidents, tr.incidents, NULL)`,
  report_percent: sql`if(r.learner = '', NULL, r.last.1 / 100)`,
  failing_grades: sql`if(f.learner = '', NULL, f.classes)`,
  passed_before: sql`p.passed`,
  not_passed_before: sql`p.not_passed`,
  registered_ahead: sql`toInt32(i.start_day) - toInt32(m.registered_on)`,
  previous_attempts: sql`m.previous_attempts`,
  credits: sql`m.credits`,
  classes_now: sql`tl.classes`,
  /** Courses that begin after June draw other learners than those of the first half of the year. */
  starts_after_june: sql`toMonth(i.start_day) > 6`,
} as const satisfies Record<string, Sql>;

export type FeatureName = keyof typeof features;
export const featureNames = Object.keys(features) as readonly FeatureName[];

/** One row of the answer beside the features, in the Arrow stream's column names. */
export const featureKeys = ['class', 'learner', 'term', 'course', 'school', 'day_number', 'cut_day'] as const;

const columns = join(Object.entries(features).map(([name, from]) => sql`CAST(${from} AS Nullable(Float64)) AS ${literal(name)}`), ',\n  '); // prettier-ignore

/**
 * Features as of a moment, one row for each learner who is in a class then, sorted by class and learner.
 *
 * Uses only what was known by each class's cut. Protected attributes are not among the tables it reads.
 * Ask it as Arrow: columns `featureKeys`, then `featureNames` as nullable Float64.
 */
export function learnerFeatures(scope: FeatureScope): Question<never> {
  return {
    name: 'learner-features',
    sql: sql`WITH ${classTables(scope)},${activityTables(scope)},${workTables(scope)},${standingTables(scope)},
absolute AS (
  SELECT m.class AS class, m.learner AS learner, i.term AS term, i.course AS course, i.school AS school, i.day_number AS day_number, i.cut_day AS cut_day,
  ${columns}
  FROM members AS m INNER JOIN info AS i ON i.class = m.class INNER JOIN school_days AS sd ON sd.class = m.class INNER JOIN tracked AS tk ON tk.class = m.class
  LEFT JOIN activity AS a ON a.class = m.class AND a.learner = m.learner LEFT JOIN seen AS sn ON sn.class = m.class
  LEFT JOIN totals AS t ON t.class = m.class AND t.learner = m.learner
  LEFT JOIN works AS w ON w.class = m.class AND w.learner = m.learner
  LEFT JOIN absences AS ab ON ab.class = m.class AND ab.learner = m.learner
  LEFT JOIN troubles AS tr ON tr.class = m.class AND tr.learner = m.learner
  LEFT JOIN reports AS r ON r.class = m.class AND r.learner = m.learner
  LEFT JOIN failing AS f ON f.class = m.class AND f.learner = m.learner
  LEFT JOIN term_load AS tl ON tl.class = m.class AND tl.learner = m.learner
  LEFT JOIN past AS p ON p.class = m.class AND p.learner = m.learner
)
SELECT * FROM absolute ORDER BY class, learner`,
    answer: () => {
      throw new TypeError('features are asked for as Arrow');
    },
  };
}
