import { type PlanEntry } from '@pharos/contract';

const DAY_MS = 86_400_000;

/** A day so many days later. @example addDays('2026-02-27', 2) // => '2026-03-01' */
export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/** Minutes that work takes where nobody said so: a rough reckoning that the learner changes. */
const WORK_MINUTES: Readonly<Record<string, number>> = { exam: 90, quiz: 30, assignment: 60, practice: 20 };
const OTHER_WORK_MINUTES = 45;
const REVIEW_MINUTES = 10;
const REVIEWS_A_DAY = 2;
const PRACTICE_MINUTES = 15;
/** Days of a week on which something new is practised. */
const PRACTICE_DAYS = 4;
/** Longer pieces are divided. */
const SITTING_MINUTES = 45;

export interface ToPlan {
  /** Monday. */
  readonly week: string;
  /** Days before it are over: nothing is planned for them. */
  readonly today: string;
  readonly work: readonly {
    readonly work: string;
    readonly title: string;
    readonly kind: string;
    readonly dueOn: string;
    readonly handedInOn: string | null;
  }[];
  readonly reviews: readonly { readonly skill: string; readonly dueOn: string }[];
  /** Skills to go on with, best first. */
  readonly next: readonly string[];
}

/** Work that a week is for, the soonest first: not in yet, due until the end of the week after, or over for two weeks at most. */
export function workDue({ week, today, work }: Pick<ToPlan, 'week' | 'today' | 'work'>): ToPlan['work'] {
  const first = today > week ? today : week;
  const [from, until] = [addDays(first, -14), addDays(week, 13)];
  const due = work.filter(({ handedInOn, dueOn }) => handedInOn === null && dueOn <= until && dueOn >= from);
  return due.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.work < b.work ? -1 : 1));
}

export type Planned = Pick<PlanEntry, 'on' | 'kind' | 'what' | 'minutes'>;

/**
 * A week from due dates and effort: work is begun early enough, in sittings of at most 45 minutes on the least busy days before it is
 * due; reviews come on their day; something new comes on four days. Deterministic.
 *
 * Work that is due in the week after is begun in this one. What is over is due at once.
 */
export function planWeek({ week, today, work, reviews, next }: ToPlan): readonly Planned[] {
  const first = today > week ? today : week;
  const last = addDays(week, 6);
  if (first > last) return [];
  const days = Array.from({ length: (Date.parse(last) - Date.parse(first)) / DAY_MS + 1 }, (_, index) => addDays(first, index));
  const load = new Map(days.map((day) => [day, 0]));
  const planned: Planned[] = [];
  const put = (on: string, kind: Planned['kind'], what: string, minutes: number): void => {
    load.set(on, load.get(on)! + minutes);
    planned.push({ on, kind, what, minutes });
  };
  const quietest = (until: string): string => {
    const open = days.filter((day) => day <= until);
    return (open.length > 0 ? open : days.slice(0, 1)).reduce((best, day) => (load.get(day)! < load.get(best)! ? day : best));
  };
  for (const { work: what, kind, dueOn } of workDue({ week, today, work })) {
    const all = WORK_MINUTES[kind] ?? OTHER_WORK_MINUTES;
    // The half of what is due next week is for next week.
    for (let left = dueOn > last ? Math.ceil(all / 2) : all; left > 0; left -= SITTING_MINUTES)
      put(quietest(addDays(dueOn, -1)), 'work', what, Math.min(left, SITTING_MINUTES));
  }
  // What was let lie comes bit by bit: a heap of reviews on one day is done by nobody.
  const reviewsOn = (day: string): number => planned.filter(({ on, kind }) => on === day && kind === 'review').length;
  for (const { skill, dueOn } of reviews) {
    const day = days.find((each) => each >= dueOn && reviewsOn(each) < REVIEWS_A_DAY);
    if (day !== undefined) put(day, 'review', skill, REVIEW_MINUTES);
  }
  const free = [...days].sort((a, b) => load.get(a)! - load.get(b)! || (a < b ? -1 : 1)).slice(0, next.length === 0 ? 0 : PRACTICE_DAYS);
  free.sort().forEach((day, index) => put(day, 'practice', next[index % next.length]!, PRACTICE_MINUTES));
  return planned.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : order(a.kind) - order(b.kind)));
} // prettier-ignore

const order = (kind: Planned['kind']): number => ['work', 'review', 'practice'].indexOf(kind);

export interface Done {
  /** Hand-in days by work. */
  readonly handedIn: ReadonlyMap<string, string | null>;
  /** Skills that were answered by day. */
  readonly practised: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What came of each entry: work is done once it is in; a skill once it was practised on that day or later in the week, each day counting
 * for one entry.
 */
export function doneOf(entries: readonly Planned[], week: string, { handedIn, practised }: Done): readonly boolean[] {
  const last = addDays(week, 6);
  const used = new Set<string>();
  return entries.map(({ on, kind, what }) => {
    if (kind === 'work') return (handedIn.get(what) ?? null) !== null;
    const day = [...practised].map(([each]) => each).sort().find((each) => each >= on && each <= last && practised.get(each)!.has(what) && !used.has(`${each} ${what}`));
    if (day !== undefined) used.add(`${day} ${what}`);
    return day !== undefined;
  });
} // prettier-ignore
