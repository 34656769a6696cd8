import { type NewFact } from '@pharos/facts';
import { type RosterEntry } from '../roster/record-roster.js';
import { dayOf, endOfDay, instantOf, type Presentation } from './presentation.js';
import { wholeNumber } from './read-table.js';
import { type AssessmentRow, type RegistrationRow, type StudentRow, type TotalsRow } from './tables.js';
import { SCHOOL, workIri } from './vocabulary.js';

/** A module is in the catalogue before its first registration; the earliest known one is 322 days before a start. */
const CATALOGUE_DAYS = 365;

/** When work is due stands in the study calendar, which students see when the site opens: 24 days before the start at the earliest. */
const CALENDAR_DAYS = 30;

/** Sites open at most this long before the start; the earliest click is on day -24. */
const OPEN_DAYS = 30;

type Entry<Type extends NewFact['type']> = RosterEntry<Extract<NewFact, { type: Type }>>;

export function classDefined(run: Presentation): Entry<'ClassDefined'> {
  const known = instantOf(run, -CATALOGUE_DAYS);
  return {
    naturalKey: ['class', run.class],
    fact: {
      type: 'ClassDefined', version: 1, key: run.class, occurredAt: known, knownAt: known,
      data: {
        class: run.class, title: `${run.module} ${run.term}`, course: run.module, courseTitle: run.module,
        school: SCHOOL, schoolTitle: 'The Open University', term: run.term, start: dayOf(run, 0), end: dayOf(run, run.length), iris: [run.iri],
      },
    },
  }; // prettier-ignore
}

/** A university that is always open: every day counts. Terms reach to the end of their longest presentation. */
export function calendarDefined(runs: readonly Presentation[]): Entry<'CalendarDefined'> {
  const terms = new Map<string, { term: string; title: string; start: string; end: string }>();
  for (const run of runs) {
    const end = dayOf(run, run.length);
    const known = terms.get(run.term);
    if (known === undefined || known.end < end) terms.set(run.term, { term: run.term, title: run.term, start: dayOf(run, 0), end });
  }
  const known = runs.map((run) => instantOf(run, -CATALOGUE_DAYS)).reduce((first, next) => (next < first ? next : first));
  return {
    naturalKey: ['calendar', SCHOOL],
    fact: {
      type: 'CalendarDefined', version: 1, key: SCHOOL, occurredAt: known, knownAt: known,
      data: {
        school: SCHOOL, timeZone: 'Europe/London', weekdays: [1, 2, 3, 4, 5, 6, 7],
        terms: [...terms.values()].sort((a, b) => a.start.localeCompare(b.start)), holidays: [],
      },
    },
  }; // prettier-ignore
}

const WORK_KINDS: Readonly<Record<string, 'assignment' | 'computer-marked' | 'exam'>> = {
  TMA: 'assignment',
  CMA: 'computer-marked',
  Exam: 'exam',
};

/** An exam without a date has no due day: it is held in an examination period that the source does not tell. */
export function workDue(run: Presentation, row: AssessmentRow): Entry<'WorkDue'> {
  const known = instantOf(run, -CALENDAR_DAYS);
  const due = wholeNumber(row.date);
  return {
    naturalKey: ['work', row.id_assessment],
    fact: {
      type: 'WorkDue', version: 1, key: run.class, occurredAt: known, knownAt: known,
      data: {
        work: workIri(row.id_assessment), class: run.class, title: `${row.assessment_type} ${row.id_assessment}`,
        kind: WORK_KINDS[row.assessment_type] ?? 'other', weight: Number(row.weight), ...(due !== undefined && { dueOn: dayOf(run, due) }),
      },
    },
  }; // prettier-ignore
}

export interface Enrolment {
  readonly run: Presentation;
  readonly learner: string;
  readonly student: StudentRow;
  readonly registration: RegistrationRow | undefined;
}

/**
 * Day on which an enrolment became known. 45 have no day of registration: they count from the start, or from the day
 * on which they were unregistered where that is before.
 */
export function enrolledOn({ registration }: Enrolment): number {
  const registered = wholeNumber(registration?.date_registration ?? '');
  return registered ?? Math.min(0, wholeNumber(registration?.date_unregistration ?? '') ?? 0);
}

export function learnerEnrolled(enrolment: Enrolment): Entry<'LearnerEnrolled'> {
  const { run, learner, student, registration } = enrolment;
  const on = instantOf(run, enrolledOn(enrolment));
  const registered = wholeNumber(registration?.date_registration ?? '');
  return {
    naturalKey: ['enrolment', run.class, student.id_student],
    fact: {
      type: 'LearnerEnrolled', version: 1, key: learner, occurredAt: on, knownAt: on,
      data: {
        learner, class: run.class, previousAttempts: Number(student.num_of_prev_attempts), credits: Number(student.studied_credits),
        ...(registered !== undefined && { registeredOn: dayOf(run, registered) }),
      },
    },
  }; // prettier-ignore
}

export function learnerWithdrawn({ run, learner, student, registration }: Enrolment): Entry<'LearnerWithdrawn'> | undefined {
  const day = wholeNumber(registration?.date_unregistration ?? '');
  if (day === undefined) return undefined;
  const on = instantOf(run, day);
  return {
    naturalKey: ['withdrawal', run.class, student.id_student],
    fact: {
      type: 'LearnerWithdrawn', version: 1, key: learner, occurredAt: on, knownAt: on,
      data: { learner, class: run.class, on: dayOf(run, day), reason: 'unregistered' },
    },
  }; // prettier-ignore
}

/** Where someone lives and what they studied before may inform help; the rest is for audits only. */
const ATTRIBUTES = [
  ['gender', true], ['disability', true], ['age_band', true], ['imd_band', true], ['region', false], ['highest_education', false],
] as const; // prettier-ignore

export function attributesDeclared(enrolment: Enrolment): readonly Entry<'AttributeDeclared'>[] {
  const { run, learner, student } = enrolment;
  const on = instantOf(run, enrolledOn(enrolment));
  return ATTRIBUTES.filter(([attribute]) => student[attribute] !== '').map(([attribute, isProtected]) => ({
    naturalKey: ['attribute', run.class, student.id_student, attribute],
    fact: {
      type: 'AttributeDeclared', version: 1, key: learner, occurredAt: on, knownAt: on,
      data: { learner, class: run.class, attribute, value: valueOf(attribute, student[attribute]), protected: isProtected },
    },
  })); // prettier-ignore
}

/** One deprivation band is written without the percent sign of its sisters. */
const valueOf = (attribute: string, value: string) => (attribute === 'imd_band' && /^\d+-\d+$/.test(value) ? `${value}%` : value);

const OUTCOMES = { Distinction: 'distinction', Pass: 'pass', Fail: 'fail', Withdrawn: 'withdrawn' } as const;

/** Known at the end of the presentation, however early it was decided. Undefined for a result that is none of the four. */
export function outcomeRecorded({ run, learner, student }: Enrolment): Entry<'OutcomeRecorded'> | undefined {
  const result = student.final_result as keyof typeof OUTCOMES;
  if (!Object.hasOwn(OUTCOMES, result)) return undefined;
  const on = endOfDay(run, run.length);
  return {
    naturalKey: ['outcome', run.class, student.id_student],
    fact: {
      type: 'OutcomeRecorded', version: 1, key: learner, occurredAt: on, knownAt: on,
      data: { learner, class: run.class, outcome: OUTCOMES[result], on: dayOf(run, run.length) },
    },
  }; // prettier-ignore
}

/** Totals that are safe to use from days 0 and 56 on; those of day 56 hold the clicks before the start too. */
export function activitySummarised(run: Presentation, learner: string, row: TotalsRow): readonly Entry<'ActivitySummarised'>[] {
  const total = (period: string, to: number, knownAt: string, events: string, amount: string) => ({
    naturalKey: ['total', period, run.class, row.id_student],
    fact: {
      type: 'ActivitySummarised' as const, version: 1 as const, key: learner, occurredAt: knownAt, knownAt,
      data: {
        learner, class: run.class, period, from: dayOf(run, -OPEN_DAYS), to: dayOf(run, to), events: Number(events), amount: Number(amount),
      },
    },
  }); // prettier-ignore
  return [
    total('before-start', -1, instantOf(run, 0), row.rows_pre, row.clicks_pre),
    total('to-day-56', 56, endOfDay(run, 56), row.rows_le56, row.clicks_le56),
  ];
}

/** The counselor of a region stands for the regional centre that looks after its students: the data set names nobody. */
export function counselorAssigned(enrolment: Enrolment, counselor: string, active: boolean): Entry<'CounselorAssigned'> {
  const { run, learner, student } = enrolment;
  const on = instantOf(run, enrolledOn(enrolment));
  return {
    naturalKey: ['counselor', run.class, student.id_student, counselor],
    fact: {
      type: 'CounselorAssigned', version: 1, key: learner, occurredAt: on, knownAt: on,
      data: { learner, counselor, school: SCHOOL, active },
    },
  }; // prettier-ignore
}
