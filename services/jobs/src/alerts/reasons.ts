import { type Contribution, type Reason } from '@pharos/facts';
import { type RiskFeatureName } from '../features/risk-features.js';

/** Looks a feature's value or the classmates' median up; null where it is not known. */
type Look = (feature: RiskFeatureName) => number | null;

/** A reason that a counselor can check: which features stand behind it, when it is the case, and what it says. */
interface ReasonKind {
  readonly code: string;
  readonly features: readonly RiskFeatureName[];
  /** What it says, or undefined where the facts do not bear it out, however the model came to its push. */
  readonly say: (value: Look, median: Look) => Reason['params'] | undefined;
}

const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10);
const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10);
const above = (value: number | null, bound: number): value is number => value !== null && value > bound;
const below = (value: number | null, bound: number | null): value is number => value !== null && bound !== null && value < bound;

/** Every feature stands behind one reason at most, so that pushes are not told twice. */
const kinds: readonly ReasonKind[] = [
  {
    code: 'work-missed',
    features: [
      'work_missed',
      'work_missed_share',
      'work_missed_weight',
      'work_missed_latest',
      'work_missed_alone',
      'work_handed_in',
      'work_due',
    ],
    say: (value, median) =>
      above(value('work_missed'), 0)
        ? { missed: value('work_missed'), due: value('work_due'), classMedian: round(median('work_missed')) }
        : undefined,
  },
  {
    code: 'work-late',
    features: ['work_late', 'days_early', 'days_early_z', 'days_early_rank', 'days_early_last', 'days_early_last_rank', 'work_ahead'],
    say: (value) =>
      above(value('work_late'), 0)
        ? { late: value('work_late'), handedIn: (value('work_handed_in') ?? 0) + (value('work_ahead') ?? 0) }
        : undefined,
  },
  {
    code: 'marks-low',
    features: [
      'mark_mean', 'mark_mean_z', 'mark_mean_rank', 'mark_lowest', 'mark_lowest_rank', 'mark_first', 'mark_first_rank', 'mark_last', 'mark_last_z',
      'mark_last_rank', 'mark_standing', 'mark_standing_last',
    ], // prettier-ignore
    say: (value, median) =>
      below(value('mark_mean'), median('mark_mean'))
        ? { mean: percent(value('mark_mean')), classMedian: percent(median('mark_mean')) }
        : undefined,
  },
  {
    code: 'marks-falling',
    features: ['mark_trend'],
    say: (value) => {
      const [last, trend] = [value('mark_last'), value('mark_trend')];
      return last !== null && trend !== null && trend < 0 ? { last: percent(last), mean: percent(last - trend) } : undefined;
    },
  },
  {
    code: 'silent-days',
    features: ['days_silent'],
    say: (value, median) =>
      above(value('days_silent'), Math.max(2, median('days_silent') ?? 0))
        ? { days: value('days_silent'), classMedian: round(median('days_silent')) }
        : undefined,
  },
  {
    code: 'activity-falling',
    features: ['activity_change', 'activity_7', 'activity_7_z', 'active_days_7', 'activity_14'],
    say: (value) => {
      const [last7, change] = [value('activity_7'), value('activity_change')];
      return last7 !== null && change !== null && change < 0 ? { last7, before: last7 - change } : undefined;
    },
  },
  {
    code: 'activity-low',
    features: [
      'activity_28', 'activity_28_z', 'activity_so_far', 'activity_so_far_z', 'active_days', 'active_days_z', 'active_days_28', 'active_days_28_z',
      'regularity', 'video_so_far', 'reading_so_far', 'practice_so_far', 'forum_so_far', 'assessment_so_far', 'activity_before_start',
      'activity_before_start_z', 'activity_before_start_rank', 'activity_to_day_56', 'activity_to_day_56_z', 'activity_to_day_56_rank',
    ], // prettier-ignore
    say: (value, median) =>
      below(value('activity_28'), median('activity_28'))
        ? { last28: value('activity_28'), classMedian: round(median('activity_28')) }
        : undefined,
  },
  {
    code: 'attendance-low',
    features: ['attendance_rate', 'absences', 'absences_14', 'tardies'],
    say: (value) => {
      const [rate, absent] = [value('attendance_rate'), value('absences')];
      if (rate === null || absent === null || absent === 0) return undefined;
      return { percent: percent(rate), absent, days: rate < 1 ? Math.round(absent / (1 - rate)) : absent };
    },
  },
  {
    code: 'incidents',
    features: ['incidents'],
    say: (value) => (above(value('incidents'), 0) ? { count: value('incidents') } : undefined),
  },
  {
    code: 'grade-failing',
    features: ['failing_grades', 'report_percent', 'report_percent_z'],
    say: (value) =>
      above(value('failing_grades'), 0) && value('report_percent') !== null ? { percent: percent(value('report_percent')) } : undefined,
  },
  {
    code: 'late-registration',
    features: ['registered_ahead', 'registered_ahead_rank'],
    say: (value) => (below(value('registered_ahead'), 0) ? { days: -(value('registered_ahead') ?? 0) } : undefined),
  },
  {
    code: 'previous-attempts',
    features: ['previous_attempts'],
    say: (value) => (above(value('previous_attempts'), 0) ? { count: value('previous_attempts') } : undefined),
  },
  {
    code: 'credits-high',
    features: ['credits'],
    say: (value, median) => (above(value('credits'), median('credits') ?? Infinity) ? { credits: value('credits') } : undefined),
  },
];

/** Log-odds below which a push is not worth a person's attention: it changes a probability by less than 3 points. */
const leastPush = 0.1;

/**
 * Turns what a score is made of into reasons that can be checked and talked about, strongest first.
 *
 * A push is told only where the facts bear it out: a model that leans on missed work names it only for someone who missed
 * work. What is left unsaid here stands in the exact contributions.
 *
 * @example reasonsOf('AAA-2014J', contributions)[0] // => { code: 'work-missed', params: { missed: 3, due: 4, classMedian: 0 }, ... }
 */
export function reasonsOf(inClass: string, contributions: readonly Contribution[]): readonly Reason[] {
  const byFeature = new Map(contributions.map((one) => [one.feature, one]));
  const value: Look = (feature) => byFeature.get(feature)?.value ?? null;
  const median: Look = (feature) => byFeature.get(feature)?.reference ?? null;
  const reasons = kinds.flatMap(({ code, features, say }): Reason[] => {
    const logOdds = pushOf(features, contributions);
    if (logOdds < leastPush) return [];
    const params = say(value, median);
    return params ? [{ code, class: inClass, params, logOdds, features: [...features] }] : [];
  });
  return reasons.sort((a, b) => b.logOdds - a.logOdds);
}

/** Sum of the pushes of these features; a pair counts where its first feature does. */
function pushOf(features: readonly string[], contributions: readonly Contribution[]): number {
  const own = new Set(features);
  return contributions.reduce((sum, one) => sum + (own.has(one.feature.split(' × ')[0]!) ? one.logOdds : 0), 0);
}

export interface ReasonChange {
  code: string;
  class: string;
  how: 'new' | 'gone' | 'worse' | 'better';
}

/** What is different from a week before, by reason. A push that moved by less than a quarter of a log-odd is the same. */
export function changesOf(before: readonly Reason[], now: readonly Reason[]): readonly ReasonChange[] {
  const key = (reason: Reason) => `${reason.code}\n${reason.class}`;
  const old = new Map(before.map((reason) => [key(reason), reason]));
  const present = new Set(now.map(key));
  const changed = now.flatMap((reason): ReasonChange[] => {
    const was = old.get(key(reason));
    const moved = was ? reason.logOdds - was.logOdds : Infinity;
    if (Math.abs(moved) < 0.25) return [];
    return [{ code: reason.code, class: reason.class, how: !was ? 'new' : moved > 0 ? 'worse' : 'better' }];
  });
  const gone = before
    .filter((reason) => !present.has(key(reason)))
    .map((reason): ReasonChange => ({ code: reason.code, class: reason.class, how: 'gone' }));
  return [...changed, ...gone];
}
