import { type AlertStep, type Timeline, type WorkItem } from '@pharos/contract';
import { type LearnerDay, type LearnerMark, type LearnerWork } from '@pharos/warehouse';

/** One row per day and class, with the kinds of activity of that day. */
export function activityOf(days: readonly LearnerDay[]): Timeline['activity'] {
  const byDay = Map.groupBy(days, (row) => `${row.day} ${row.class}`);
  return [...byDay.values()].map((rows) => ({
    day: rows[0]!.day,
    class: rows[0]!.class,
    events: rows.reduce((sum, { events }) => sum + events, 0),
    amount: rows.reduce((sum, { amount }) => sum + amount, 0),
    kinds: Object.fromEntries(rows.map(({ kind, amount }) => [kind, amount])),
  }));
}

/** Whether work is in, late, missing, or still to come. `today`: a day. */
export function workState(work: Pick<LearnerWork, 'dueOn' | 'handedInAt'>, today: string): WorkItem['state'] {
  if (work.handedInAt !== null) return work.dueOn !== null && work.handedInAt.slice(0, 10) > work.dueOn ? 'late' : 'on-time';
  return work.dueOn !== null && work.dueOn < today ? 'missed' : 'waiting';
}

/** Work with its state. Marks come in percent and go out as shares. */
export const workOf = (rows: readonly LearnerWork[], today: string): Timeline['work'] =>
  rows.map(({ class: id, work, title, kind, weight, dueOn, handedInAt, mark }) => ({
    class: id, work, title, kind, weight, dueOn, handedInAt, state: workState({ dueOn, handedInAt }, today), mark: mark === null ? null : mark / 100,
  })); // prettier-ignore

const statuses = ['present', 'absent', 'late', 'excused'] as const;

/** Attendance, incidents and grades, each in its own list. @throws RangeError for a status that facts do not have */
export function marksOf(rows: readonly LearnerMark[]): Pick<Timeline, 'attendance' | 'incidents' | 'grades'> {
  const of = (kind: LearnerMark['kind']) => rows.filter((row) => row.kind === kind);
  return {
    attendance: of('attendance').map(({ day, class: id, value }) => ({
      day,
      class: id === '' ? null : id,
      status: oneOf(statuses, value),
    })),
    incidents: of('incident').map(({ day, value }) => ({ day, severity: oneOf(['minor', 'major'] as const, value) })),
    grades: of('grade').map(({ day, class: id, value, percent }) => ({
      day,
      class: id,
      percent: percent ?? 0,
      passing: value === 'passing',
    })),
  };
}

function oneOf<Value extends string>(values: readonly Value[], value: string): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new RangeError(`${value} is none of ${values.join(', ')}`);
  return found;
}

interface Parts {
  readonly activity: readonly LearnerDay[];
  readonly work: readonly LearnerWork[];
  readonly marks: readonly LearnerMark[];
  readonly alerts: readonly { readonly alert: string; readonly steps: readonly AlertStep[] }[];
}

/** What is asked for: one class or all, and days, both inclusive. */
export interface Window {
  readonly class?: string | undefined;
  readonly from: string;
  readonly to: string;
}

/** A learner's story on one time axis, oldest first in each list. */
export function timelineView(parts: Parts, window: Window, today: string, through: string): Timeline {
  const inWindow = (day: string) => day >= window.from && day <= window.to;
  // What names no class (attendance of a day, incidents) belongs to every class's story.
  const ofClass = (id: string | null) => window.class === undefined || id === null || id === '' || id === window.class;
  const marks = marksOf(parts.marks.filter((mark) => inWindow(mark.day) && ofClass(mark.class)));
  return {
    through,
    from: window.from,
    to: window.to,
    activity: activityOf(parts.activity.filter(({ day, class: id }) => inWindow(day) && ofClass(id))),
    work: workOf(
      parts.work.filter(({ class: id, dueOn, handedInAt }) => ofClass(id) && inWindow(dueOn ?? handedInAt?.slice(0, 10) ?? window.to)),
      today,
    ),
    ...marks,
    alerts: parts.alerts.flatMap(({ alert, steps }) =>
      steps.filter(({ at }) => inWindow(at.slice(0, 10))).map((step) => ({ alert, step })),
    ),
  };
}
