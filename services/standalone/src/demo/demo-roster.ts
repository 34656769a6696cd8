import { type NewFact } from '@pharos/facts';
import { type RosterEntry } from '@pharos/ingest';
import { type District } from '@pharos/simulator';

/** Tokens of the district's people by their sourced ids. */
export type Tokens = ReadonlyMap<string, string>;

const at = (day: string, time = '12:00:00.000Z'): string => `${day}T${time}`;

type Entry<Type extends NewFact['type']> = RosterEntry<Extract<NewFact, { type: Type }>>;

/** What the student information system of the district would send: everything but the statements of platforms. */
export function demoRoster(district: District, tokens: Tokens): readonly RosterEntry[] {
  return [
    ...calendars(district),
    ...classes(district),
    ...people(district, tokens),
    ...enrolments(district, tokens),
    ...presence(district, tokens),
    ...results(district, tokens),
  ];
}

const tokenOf = (tokens: Tokens, sourcedId: string): string => {
  const token = tokens.get(sourcedId);
  if (token === undefined) throw new RangeError(`nobody is called ${sourcedId}`);
  return token;
};

function calendars({ earlier, terms: [past, running], timeZone }: District): readonly Entry<'CalendarDefined'>[] {
  const terms = [...earlier, past, running];
  const known = at(terms[0]!.start);
  return [
    {
      naturalKey: ['calendar', ''],
      fact: {
        type: 'CalendarDefined', version: 1, key: 'district', occurredAt: known, knownAt: known,
        data: {
          school: '', timeZone, weekdays: [1, 2, 3, 4, 5], holidays: [],
          terms: terms.map((term) => ({ term: term.id, title: term.title, start: term.start, end: term.end })),
        },
      },
    },
  ]; // prettier-ignore
}

function classes({ classes: all, schools }: District): readonly RosterEntry[] {
  return all.flatMap((one): RosterEntry[] => {
    const known = at(one.term.start, '00:00:00.000Z');
    const school = schools[one.school]!;
    return [
      {
        naturalKey: ['class', one.sourcedId],
        fact: {
          type: 'ClassDefined', version: 1, key: one.sourcedId, occurredAt: known, knownAt: known,
          data: {
            class: one.sourcedId, title: one.title, course: one.course.id, courseTitle: one.course.title, school: school.sourcedId,
            schoolTitle: school.name, term: one.term.id, start: one.term.start, end: one.term.end, iris: [one.iri],
          },
        },
      },
      ...one.work.map((work): Entry<'WorkDue'> => ({
        naturalKey: ['work', work.iri],
        fact: {
          type: 'WorkDue', version: 1, key: one.sourcedId, occurredAt: known, knownAt: known,
          data: { work: work.iri, class: one.sourcedId, title: work.title, kind: work.kind, dueOn: work.dueOn, weight: work.weight },
        },
      })),
    ];
  }); // prettier-ignore
}

function people({ learners, schools, earlier, terms, classes: all }: District, tokens: Tokens): readonly RosterEntry[] {
  const known = at((earlier[0] ?? terms[0]).start, '00:00:00.000Z');
  const counselors = learners.map((learner): Entry<'CounselorAssigned'> => {
    const token = tokenOf(tokens, learner.sourcedId);
    const { counselor, sourcedId } = schools[learner.school]!;
    return {
      naturalKey: ['counselor', learner.sourcedId],
      fact: {
        type: 'CounselorAssigned', version: 1, key: token, occurredAt: known, knownAt: known,
        data: { learner: token, counselor: tokenOf(tokens, counselor), school: sourcedId, active: true },
      },
    };
  }); // prettier-ignore
  const attributes = learners.flatMap((learner) =>
    Object.entries(learner.attributes).map(([attribute, value]): Entry<'AttributeDeclared'> => {
      const token = tokenOf(tokens, learner.sourcedId);
      return {
        naturalKey: ['attribute', learner.sourcedId, attribute],
        fact: {
          type: 'AttributeDeclared', version: 1, key: token, occurredAt: known, knownAt: known,
          data: { learner: token, attribute, value, protected: true },
        },
      };
    }),
  ); // prettier-ignore
  const teachers = all.map((one): Entry<'TeacherAssigned'> => {
    const from = at(one.term.start, '00:00:00.000Z');
    const teacher = schools[one.school]!.teachers.find((name) => name.endsWith(one.course.id))!;
    return {
      naturalKey: ['teacher', one.sourcedId],
      fact: {
        type: 'TeacherAssigned', version: 1, key: one.sourcedId, occurredAt: from, knownAt: from,
        data: { teacher: tokenOf(tokens, teacher), class: one.sourcedId, active: true },
      },
    };
  }); // prettier-ignore
  return [...counselors, ...attributes, ...teachers];
}

function enrolments({ enrolments: all, classes: known }: District, tokens: Tokens): readonly Entry<'LearnerEnrolled'>[] {
  const start = new Map(known.map((one) => [one.sourcedId, one.term.start]));
  return all.map(({ learner, class: inClass }) => {
    const token = tokenOf(tokens, learner);
    const on = start.get(inClass)!;
    return {
      naturalKey: ['enrolment', inClass, learner],
      fact: {
        type: 'LearnerEnrolled', version: 1, key: token, occurredAt: at(on, '00:00:00.000Z'), knownAt: at(on, '00:00:00.000Z'),
        data: { learner: token, class: inClass, registeredOn: on },
      },
    };
  }); // prettier-ignore
}

function presence({ absences, incidents, schools }: District, tokens: Tokens): readonly RosterEntry[] {
  const marked = absences.map(({ learner, school, on, status }): Entry<'AttendanceMarked'> => {
    const token = tokenOf(tokens, learner);
    return {
      naturalKey: ['attendance', learner, on],
      fact: {
        type: 'AttendanceMarked', version: 1, key: token, occurredAt: at(on), knownAt: at(on),
        data: { learner: token, school: schools[school]!.sourcedId, on, status },
      },
    };
  }); // prettier-ignore
  const recorded = incidents.map(({ learner, school, on, severity }, index): Entry<'IncidentRecorded'> => {
    const token = tokenOf(tokens, learner);
    return {
      naturalKey: ['incident', learner, on, index],
      fact: {
        type: 'IncidentRecorded', version: 1, key: token, occurredAt: at(on), knownAt: at(on),
        data: { learner: token, school: schools[school]!.sourcedId, on, severity },
      },
    };
  }); // prettier-ignore
  return [...marked, ...recorded];
}

function results({ reports, outcomes, classes: all }: District, tokens: Tokens): readonly RosterEntry[] {
  const ends = new Map(all.map((one) => [one.sourcedId, one.term.end]));
  const graded = reports.map(({ learner, class: inClass, on, percent }): Entry<'GradeReported'> => {
    const token = tokenOf(tokens, learner);
    return {
      naturalKey: ['grade', inClass, learner, on],
      fact: {
        type: 'GradeReported', version: 1, key: token, occurredAt: at(on), knownAt: at(on),
        data: { learner: token, class: inClass, on, percent: Math.round(percent * 10) / 10, passing: percent >= 60 },
      },
    };
  }); // prettier-ignore
  const ended = outcomes.map(({ learner, class: inClass, outcome }): Entry<'OutcomeRecorded'> => {
    const token = tokenOf(tokens, learner);
    const on = ends.get(inClass)!;
    return {
      naturalKey: ['outcome', inClass, learner],
      fact: {
        type: 'OutcomeRecorded', version: 1, key: token, occurredAt: at(on), knownAt: at(on),
        data: { learner: token, class: inClass, outcome, on },
      },
    };
  }); // prettier-ignore
  return [...graded, ...ended];
}
