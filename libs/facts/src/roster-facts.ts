import { z } from 'zod';
import { day, fact, instant, token } from './envelope.js';

const classId = z.string().min(1).max(200);

/** A class (of a school), or a presentation (of a university module): the place where enrolment, work and outcomes meet. */
export const ClassDefined = fact(
  'ClassDefined',
  1,
  z.object({
    class: classId,
    title: z.string(),
    course: z.string(),
    courseTitle: z.string(),
    school: z.string(),
    schoolTitle: z.string(),
    /** Academic session: what counts as one term for a concern. */
    term: z.string(),
    start: day,
    end: day,
    /** IRIs by which platforms name this class in `contextActivities`. */
    iris: z.array(z.string()),
  }),
);

/** Time zone, terms and days off of a school, or of the whole tenant (`school` empty). Silence is counted in instruction days. */
export const CalendarDefined = fact(
  'CalendarDefined',
  1,
  z.object({
    school: z.string(),
    timeZone: z.string(),
    /** Weekdays with instruction, 1 = Monday to 7 = Sunday. A university that is always open lists all seven. */
    weekdays: z.array(z.number().int().min(1).max(7)),
    terms: z.array(z.object({ term: z.string(), title: z.string(), start: day, end: day })),
    holidays: z.array(day),
  }),
);

export const LearnerEnrolled = fact(
  'LearnerEnrolled',
  1,
  z.object({
    learner: token,
    class: classId,
    /** Day of registration; absent where the source does not know it. */
    registeredOn: day.optional(),
    previousAttempts: z.number().int().nonnegative().optional(),
    credits: z.number().nonnegative().optional(),
  }),
);

export const LearnerWithdrawn = fact(
  'LearnerWithdrawn',
  1,
  z.object({ learner: token, class: classId, on: day, reason: z.enum(['unregistered', 'absent-from-bulk', 'deleted']) }),
);

export const workKinds = ['homework', 'assignment', 'computer-marked', 'exam', 'project', 'quiz', 'other'] as const;

/** A piece of work that a class has to hand in. `work` is the activity IRI under which platforms report it. */
export const WorkDue = fact(
  'WorkDue',
  1,
  z.object({
    work: z.string(),
    class: classId,
    title: z.string(),
    kind: z.enum(workKinds),
    /** Absent where the source has no due date (a final exam without one). */
    dueOn: day.optional(),
    /** Share of the final mark in percent; 0 for practice. */
    weight: z.number().nonnegative(),
  }),
);

export const AttendanceMarked = fact(
  'AttendanceMarked',
  1,
  z.object({
    learner: token,
    school: z.string(),
    class: classId.optional(),
    on: day,
    status: z.enum(['present', 'absent', 'late', 'excused']),
  }),
);

export const IncidentRecorded = fact(
  'IncidentRecorded',
  1,
  z.object({ learner: token, school: z.string(), on: day, severity: z.enum(['minor', 'major']) }),
);

/** A report-card or gradebook mark for a class so far. */
export const GradeReported = fact(
  'GradeReported',
  1,
  z.object({ learner: token, class: classId, on: day, percent: z.number().min(0).max(100), passing: z.boolean() }),
);

/** An attribute for grouping. `protected` ones are never features; they are for audits and suppressed cells only. */
export const AttributeDeclared = fact(
  'AttributeDeclared',
  1,
  z.object({ learner: token, attribute: z.string(), value: z.string(), protected: z.boolean(), class: classId.optional() }),
);

export const AccommodationDeclared = fact(
  'AccommodationDeclared',
  1,
  z.object({
    learner: token,
    class: classId.optional(),
    /** One piece of work; all of the class (or of the learner) without it. */
    work: z.string().optional(),
    /** 1.5 for half as much time again. */
    timeFactor: z.number().positive().optional(),
    /** Days by which due dates move. */
    extraDays: z.number().int().optional(),
  }),
);

/** How an enrolment ended: the label of later training. Known at the end of its presentation, however early it was decided. */
export const OutcomeRecorded = fact(
  'OutcomeRecorded',
  1,
  z.object({
    learner: token,
    class: classId,
    outcome: z.enum(['distinction', 'pass', 'fail', 'withdrawn']),
    on: day,
  }),
);

export const CounselorAssigned = fact(
  'CounselorAssigned',
  1,
  z.object({ learner: token, counselor: token, school: z.string(), active: z.boolean() }),
);

export const TeacherAssigned = fact('TeacherAssigned', 1, z.object({ teacher: token, class: classId, active: z.boolean() }));

/** Two tokens turned out to be one person (or, with `linked: false`, not to be). Folds use `canonical` for `learner` from then on. */
export const LearnersLinked = fact(
  'LearnersLinked',
  1,
  z.object({ learner: token, canonical: token, linked: z.boolean(), because: z.string(), at: instant }),
);
