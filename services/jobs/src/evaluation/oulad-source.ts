import { type FeatureName } from '@pharos/warehouse';
import { dayNumber } from '../features/classes.js';
import { asFeatureRows, type FeatureRows, type RowKey } from '../features/feature-rows.js';
import { type EvaluationSource } from './evaluation-source.js';
import {
  type OuladEnrolment,
  ouladHistory,
  type OuladHistory,
  type OuladSubmission,
  type OuladTables,
  type OuladWork,
} from './oulad-enrolments.js';

/** Clicks to day 56 are known from then on. */
const totalsFromDay = 56;

type Values = Partial<Record<FeatureName, number>>;

/**
 * OULAD's files as a source: the features that the warehouse would give for a tenant with the same history, read straight from the tables.
 * Single clicks are left out, since the published parts hold them for a few presentations only: a feature of some years is a feature of none.
 */
export function ouladSource(tables: OuladTables): EvaluationSource {
  const history = ouladHistory(tables);
  const classes = new Map(history.classes.map((one) => [one.class, one]));
  const ofLearner = Map.groupBy([...history.enrolments.values()].flat(), (one) => one.learner);
  return {
    classesAt: (asOf) => Promise.resolve(history.classes.map((one) => (one.end < asOf.slice(0, 10) ? one : { ...one, outcomes: 0 }))),
    ended: history.classes,
    outcomes: history.outcomes,
    attributes: history.attributes,
    features: (cuts) => {
      const keys: RowKey[] = [];
      const rows: Values[] = [];
      const enrolled: OuladEnrolment[] = [];
      for (const cut of [...cuts].sort((a, b) => (a.class < b.class ? -1 : 1))) {
        const known = classes.get(cut.class)!;
        const day = dayNumber(known.start, cut.at);
        const works = history.works.get(cut.class) ?? [];
        const members = (history.enrolments.get(cut.class) ?? []).filter((one) => one.registered <= day && !(one.left <= day));
        const compared = comparedWork(members, works, day);
        for (const one of members) {
          enrolled.push(one);
          keys.push({ learner: one.learner, class: cut.class, term: one.term, course: known.course, school: known.school, dayNumber: day });
          rows.push({
            ...workOf(one, works, day, compared),
            ...standingOf(one, day),
            ...pastOf(one, ofLearner.get(one.learner)!, cut.at, history),
          });
        }
      }
      return Promise.resolve(toRows(keys, rows, enrolled));
    },
  };
}

/** Where someone lives and what they studied before were known at registration; the import declares them as not protected. */
function toRows(keys: readonly RowKey[], rows: readonly Values[], enrolled: readonly OuladEnrolment[]): FeatureRows {
  const declared = { highest_education: enrolled.map((one) => one.education), region: enrolled.map((one) => one.region) };
  return asFeatureRows(keys, (name) => Float64Array.from(rows, (row) => row[name] ?? NaN), declared);
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the class got for each piece of work, and which marks count. */
interface Compared {
  readonly counts: (one: OuladSubmission) => boolean;
  readonly among: ReadonlyMap<OuladWork, { readonly givenShare: number; readonly mean: number; readonly deviation: number }>;
}

function comparedWork(members: readonly OuladEnrolment[], works: readonly OuladWork[], day: number): Compared {
  const someWeigh = works.some((work) => !work.exam && work.weight > 0);
  const given = Map.groupBy(
    members.flatMap(({ submissions }) => submissions.filter(({ on }) => on <= day)),
    ({ work }) => work,
  );
  const counts = ({ work, mark }: OuladSubmission): boolean => (work.weight > 0 || !someWeigh) && !Number.isNaN(mark);
  const among = [...given].map(([work, all]) => {
    const marks = all.filter(counts).map(({ mark }) => mark);
    const average = mean(marks);
    const deviation = Math.sqrt(mean(marks.map((mark) => (mark - average) ** 2)));
    return [work, { givenShare: all.length / members.length, mean: average, deviation }] as const;
  });
  return { counts, among: new Map(among) };
}

/** Work as the warehouse counts it: due from the day after its due day; marks of weight 0 are left out where other work weighs. */
function workOf({ submissions }: OuladEnrolment, works: readonly OuladWork[], day: number, { counts, among }: Compared): Values {
  const given = submissions.filter((one) => one.on <= day).sort((a, b) => a.work.due - b.work.due);
  const handed = new Set(given.map((one) => one.work));
  const due = works.filter((work) => work.due < day).sort((a, b) => a.due - b.due);
  const missed = due.filter((work) => !handed.has(work));
  const marked = given.filter(counts);
  const weightOf = ({ work }: OuladSubmission): number => (work.weight > 0 ? work.weight : 1);
  const weight = marked.reduce((sum, one) => sum + weightOf(one), 0);
  const standing = marked.map(({ work, mark }) => (mark - among.get(work)!.mean) / Math.max(0.01, among.get(work)!.deviation));
  const fresh = given.filter((one) => one.on >= 0);
  const markMean = weight > 0 ? marked.reduce((sum, one) => sum + one.mark * weightOf(one), 0) / weight : NaN;
  const last = marked.at(-1)?.mark ?? NaN;
  return {
    work_due: due.length,
    work_handed_in: due.length - missed.length,
    work_missed: missed.length,
    work_missed_share: due.length > 0 ? missed.length / due.length : NaN,
    work_missed_weight: missed.reduce((sum, work) => sum + work.weight, 0),
    work_missed_latest: due.length > 0 ? Number(!handed.has(due.at(-1)!)) : NaN,
    work_missed_alone: missed.reduce((sum, work) => sum + (among.get(work)?.givenShare ?? 0), 0),
    work_late: given.filter((one) => one.on > one.work.due).length,
    work_ahead: given.filter((one) => !(one.work.due < day)).length,
    work_banked: given.filter((one) => one.on < 0).length,
    days_early: mean(fresh.map((one) => one.work.due - one.on).filter((days) => !Number.isNaN(days))),
    days_early_last:
      fresh
        .filter((one) => !Number.isNaN(one.work.due))
        .map((one) => one.work.due - one.on)
        .at(-1) ?? NaN,
    days_since_hand_in: fresh.length > 0 ? day - Math.max(...fresh.map((one) => one.on)) : NaN,
    mark_mean: markMean,
    mark_last: last,
    mark_lowest: marked.length > 0 ? Math.min(...marked.map((one) => one.mark)) : NaN,
    mark_first: marked[0]?.mark ?? NaN,
    mark_trend: marked.length > 1 ? last - markMean : NaN,
    mark_standing: mean(standing),
    mark_standing_last: standing.at(-1) ?? NaN,
  };
}

function standingOf(one: OuladEnrolment, day: number): Values {
  return {
    registered_ahead: -one.registered,
    previous_attempts: one.previousAttempts,
    credits: one.credits,
    activity_before_start: one.clicksBefore,
    activity_to_day_56: day >= totalsFromDay ? one.clicksToDay56 : NaN,
  };
}

function pastOf(one: OuladEnrolment, all: readonly OuladEnrolment[], at: string, { classes }: OuladHistory): Values {
  const ends = (other: OuladEnrolment): string => classes.find((known) => known.class === other.class)!.end;
  const past = all.filter((other) => other !== one && ends(other) <= at.slice(0, 10));
  const passed = past.filter(({ outcome }) => outcome === 'pass' || outcome === 'distinction').length;
  return {
    passed_before: passed,
    not_passed_before: past.length - passed,
    starts_after_june: Number(one.term.endsWith('J')),
    classes_now: all.filter((other) => other.term === one.term).length,
  };
}
