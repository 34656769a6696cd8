import { type Position } from '@pharos/event-log';
import { type FactOf } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { type Folded, ok, placed } from './folded.js';

/** Facts of the topic `roster` as rows: each fact is one row, and what holds as of a day is decided when it is asked. */
export function foldRoster(fact: FactOf<'roster'>, at: Position): Folded {
  const columns = factColumns(fact, at);
  switch (fact.type) {
    case 'ClassDefined': {
      const { title, course, courseTitle, school, schoolTitle, term, start, end, iris } = fact.data;
      return ok(
        placed('classes', {
          ...columns, class: fact.data.class, title, course, course_title: courseTitle, school, school_title: schoolTitle, term,
          start_day: start, end_day: end, iris,
        }),
      ); // prettier-ignore
    }
    case 'CalendarDefined': {
      const { school, timeZone, weekdays, terms, holidays } = fact.data;
      return ok(placed('calendars', { ...columns, school, time_zone: timeZone, weekdays, terms: JSON.stringify(terms), holidays }));
    }
    case 'LearnerEnrolled': {
      const { learner, registeredOn = null, previousAttempts = null, credits = null } = fact.data;
      return ok(
        placed('enrolments', {
          ...columns, class: fact.data.class, learner, registered_on: registeredOn, previous_attempts: previousAttempts, credits,
        }),
      ); // prettier-ignore
    }
    case 'LearnerWithdrawn': {
      const { learner, on, reason } = fact.data;
      return ok(placed('withdrawals', { ...columns, class: fact.data.class, learner, withdrawn_on: on, reason }));
    }
    case 'WorkDue': {
      const { work, title, kind, dueOn = null, weight } = fact.data;
      return ok(placed('work', { ...columns, class: fact.data.class, work, title, kind, due_on: dueOn, weight }));
    }
    case 'AttendanceMarked': {
      const { learner, school, on, status } = fact.data;
      return ok(placed('attendance', { ...columns, learner, marked_on: on, school, class: fact.data.class ?? '', status }));
    }
    case 'IncidentRecorded': {
      const { learner, school, on, severity } = fact.data;
      return ok(placed('incidents', { ...columns, learner, happened_on: on, school, severity }));
    }
    case 'GradeReported': {
      const { learner, on, percent, passing } = fact.data;
      return ok(placed('grades', { ...columns, class: fact.data.class, learner, reported_on: on, percent, passing: Number(passing) }));
    }
    case 'AttributeDeclared': {
      const { learner, attribute, value } = fact.data;
      return ok(
        placed('attributes', {
          ...columns,
          learner,
          attribute,
          class: fact.data.class ?? '',
          value,
          protected: Number(fact.data.protected),
        }),
      );
    }
    case 'AccommodationDeclared': {
      const { learner, work = '', timeFactor = null, extraDays = null } = fact.data;
      return ok(
        placed('accommodations', {
          ...columns,
          learner,
          class: fact.data.class ?? '',
          work,
          time_factor: timeFactor,
          extra_days: extraDays,
        }),
      );
    }
    case 'OutcomeRecorded': {
      const { learner, outcome, on } = fact.data;
      return ok(placed('outcomes', { ...columns, class: fact.data.class, learner, outcome, decided_on: on }));
    }
    case 'CounselorAssigned': {
      const { learner, counselor, school, active } = fact.data;
      return ok(placed('counselors', { ...columns, learner, counselor, school, active: Number(active) }));
    }
    case 'TeacherAssigned': {
      const { teacher, active } = fact.data;
      return ok(placed('teachers', { ...columns, class: fact.data.class, teacher, active: Number(active) }));
    }
    case 'LearnersLinked': {
      const { learner, canonical, linked, because } = fact.data;
      return ok(placed('learner_links', { ...columns, learner, canonical, linked: Number(linked), because }));
    }
    default:
      return fact satisfies never;
  }
}
