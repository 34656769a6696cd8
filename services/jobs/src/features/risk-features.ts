import { type FeatureSpec } from '@pharos/learner-models';
import { type FeatureName, featureNames } from '@pharos/warehouse';
import { type RelativeName, relativeNames } from './relative-features.js';

export type RiskFeatureName = FeatureName | RelativeName;

type Meaning = Omit<FeatureSpec, 'name'>;

const activity: Meaning = { family: 'activity' };
const lessActivityIsRisk: Meaning = { family: 'activity', monotone: 'down' };
const marks: Meaning = { family: 'marks', monotone: 'down' };
const background: Meaning = { family: 'background' };

/**
 * What each feature is evidence of, and in which direction it may push: more missed work never lowers risk, better marks
 * never raise it. Protected attributes are not features; `FeatureName` cannot name one.
 */
const meanings: Readonly<Record<RiskFeatureName, Meaning>> = {
  activity_7: lessActivityIsRisk,
  activity_14: activity,
  activity_28: activity,
  activity_so_far: activity,
  activity_change: activity,
  video_so_far: activity,
  reading_so_far: activity,
  practice_so_far: activity,
  forum_so_far: activity,
  assessment_so_far: activity,
  active_days_7: lessActivityIsRisk,
  active_days_28: lessActivityIsRisk,
  active_days: lessActivityIsRisk,
  regularity: lessActivityIsRisk,
  days_silent: { family: 'activity', monotone: 'up' },
  activity_before_start: activity,
  activity_to_day_56: lessActivityIsRisk,
  work_due: { family: 'work' },
  work_handed_in: { family: 'work' },
  work_missed: { family: 'work', monotone: 'up' },
  work_missed_share: { family: 'work', monotone: 'up' },
  work_missed_weight: { family: 'work', monotone: 'up' },
  work_missed_latest: { family: 'work', monotone: 'up' },
  work_missed_alone: { family: 'work', monotone: 'up' },
  work_late: { family: 'work' },
  work_ahead: { family: 'work' },
  work_banked: { family: 'work' },
  days_early: { family: 'work' },
  days_early_last: { family: 'rhythm' },
  days_since_hand_in: { family: 'rhythm' },
  mark_mean: marks,
  mark_last: marks,
  mark_lowest: marks,
  mark_first: marks,
  mark_trend: { family: 'marks' },
  mark_standing: marks,
  mark_standing_last: marks,
  attendance_rate: { family: 'attendance', monotone: 'down' },
  absences: { family: 'attendance', monotone: 'up' },
  absences_14: { family: 'attendance', monotone: 'up' },
  tardies: { family: 'attendance' },
  incidents: { family: 'behaviour', monotone: 'up' },
  report_percent: { family: 'reports', monotone: 'down' },
  failing_grades: { family: 'reports', monotone: 'up' },
  passed_before: { family: 'background', monotone: 'down' },
  not_passed_before: { family: 'background', monotone: 'up' },
  registered_ahead: background,
  previous_attempts: background,
  credits: background,
  classes_now: background,
  starts_after_june: { family: 'course' },
  activity_7_z: activity,
  activity_28_z: activity,
  activity_so_far_z: activity,
  active_days_z: lessActivityIsRisk,
  active_days_28_z: lessActivityIsRisk,
  days_early_z: { family: 'work' },
  mark_mean_z: marks,
  mark_last_z: marks,
  activity_before_start_z: activity,
  activity_to_day_56_z: lessActivityIsRisk,
  report_percent_z: { family: 'reports', monotone: 'down' },
  mark_mean_rank: marks,
  mark_last_rank: marks,
  mark_first_rank: marks,
  mark_lowest_rank: marks,
  days_early_rank: { family: 'rhythm' },
  days_early_last_rank: { family: 'rhythm' },
  days_since_hand_in_rank: { family: 'rhythm' },
  registered_ahead_rank: background,
  activity_before_start_rank: activity,
  activity_to_day_56_rank: lessActivityIsRisk,
};

/** The features of every risk model, in the order of the warehouse's answer. */
export const riskFeatures: readonly FeatureSpec[] = [...featureNames, ...relativeNames].map((name) => ({ name, ...meanings[name] }));
