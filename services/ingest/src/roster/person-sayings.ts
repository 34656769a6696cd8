import { type Looked } from './class-sayings.js';
import { type RosterEntry } from './record-roster.js';
import { type RosterRow } from './rows.js';
import { type PersonKind, type Said, type Sayer } from './sayings.js';

interface Setting {
  readonly tokenOf: (sourcedId: string) => string;
  /** Turns a natural key that could name a person into a keyed hash. */
  readonly hidden: (...parts: readonly string[]) => string;
  readonly now: Date;
  readonly looked: Looked;
}

type PersonRow = RosterRow<PersonKind>;
type FactOf<Type> = Extract<RosterEntry['fact'], { type: Type }>;

/** Rows about people: each is remembered under a hash, with the token in the person's place. */
export function personSaid(kind: PersonKind, setting: Setting): Sayer<PersonRow> {
  const say = SAYERS[kind] as (row: PersonRow, setting: Setting) => readonly Said[];
  return (row) => {
    const { classSourcedId } = row as { readonly classSourcedId?: string };
    if (classSourcedId !== undefined && !setting.looked.of('classes', classSourcedId)) {
      return { column: 'classSourcedId', message: 'names a class that was not told before' };
    }
    return say(row, setting);
  };
}

const midnight = (day: string) => `${day}T00:00:00.000Z`;

/** A fact about a learner, remembered by its own data. */
function learnerSaid<Type extends RosterEntry['fact']['type']>(
  key: string,
  type: Type,
  occurredAt: string,
  data: FactOf<Type>['data'] & { readonly learner: string },
  active = true,
): Said {
  const fact = { type, version: 1, key: data.learner, occurredAt, data } as unknown as RosterEntry['fact'];
  return { key, record: data, active, fact };
}

function enrollmentSaid(row: RosterRow<'enrollments'>, { tokenOf, hidden, now }: Setting): readonly Said[] {
  const { sourcedId, classSourcedId: classId, userSourcedId, role, beginDate, status } = row;
  const key = hidden('enrollments', sourcedId);
  const person = tokenOf(userSourcedId);
  const active = status !== 'tobedeleted';
  const at = now.toISOString();
  if (role === 'teacher') {
    const data = { teacher: person, class: classId, active };
    return [
      {
        key,
        record: { teacher: person, class: classId },
        active,
        fact: { type: 'TeacherAssigned', version: 1, key: classId, occurredAt: at, data },
      },
    ];
  }
  // Aides, proctors and others neither learn in the class nor look after it.
  if (role !== 'student') return [];
  const record = { learner: person, class: classId };
  if (!active) {
    const data = { ...record, on: at.slice(0, 10), reason: 'deleted' as const };
    return [{ key, record, active, fact: { type: 'LearnerWithdrawn', version: 1, key: person, occurredAt: at, data } }];
  }
  const data = { ...record, ...(beginDate !== undefined && { registeredOn: beginDate }) };
  return [
    {
      key,
      record: data,
      active,
      fact: { type: 'LearnerEnrolled', version: 1, key: person, occurredAt: beginDate ? midnight(beginDate) : at, data },
    },
  ];
}

/** Everything that OneRoster's demographics tell is protected: for audits, never for features. */
function demographicsSaid(
  { sourcedId, status: _status, birthDate: _birth, ...rest }: RosterRow<'demographics'>,
  setting: Setting,
): readonly Said[] {
  const learner = setting.tokenOf(sourcedId);
  return Object.entries(rest)
    .filter((cell): cell is [string, string | boolean] => cell[0] !== 'dateLastModified' && ['string', 'boolean'].includes(typeof cell[1]))
    .map(
      ([attribute, value]) =>
      learnerSaid(setting.hidden('demographics', sourcedId, attribute), 'AttributeDeclared', setting.now.toISOString(), {
        learner, attribute, value: String(value), protected: true,
      }), // prettier-ignore
    );
}

const SAYERS: { readonly [Kind in PersonKind]: (row: RosterRow<Kind>, setting: Setting) => readonly Said[] } = {
  enrollments: enrollmentSaid,
  demographics: demographicsSaid,
  counselors: ({ studentSourcedId, counselorSourcedId, schoolSourcedId: school, status }, { tokenOf, hidden, now }) => {
    const active = status !== 'tobedeleted';
    const data = { learner: tokenOf(studentSourcedId), counselor: tokenOf(counselorSourcedId), school, active };
    return [
      learnerSaid(hidden('counselors', studentSourcedId, counselorSourcedId, school), 'CounselorAssigned', now.toISOString(), data, active),
    ];
  },
  attendance: ({ studentSourcedId, schoolSourcedId: school, classSourcedId, date: on, status }, { tokenOf, hidden }) => {
    const data = { learner: tokenOf(studentSourcedId), school, on, status, ...(classSourcedId !== undefined && { class: classSourcedId }) };
    return [learnerSaid(hidden('attendance', studentSourcedId, school, classSourcedId ?? '', on), 'AttendanceMarked', midnight(on), data)];
  },
  incidents: ({ sourcedId, studentSourcedId, schoolSourcedId: school, date: on, severity }, { tokenOf, hidden }) => [
    learnerSaid(hidden('incidents', sourcedId), 'IncidentRecorded', midnight(on), {
      learner: tokenOf(studentSourcedId),
      school,
      on,
      severity,
    }),
  ],
  grades: ({ studentSourcedId, classSourcedId: classId, date: on, percent, passing }, { tokenOf, hidden }) => [
    learnerSaid(hidden('grades', studentSourcedId, classId, on), 'GradeReported', midnight(on), {
      learner: tokenOf(studentSourcedId), class: classId, on, percent, passing,
    }), // prettier-ignore
  ],
  accommodations: ({ studentSourcedId, classSourcedId, lineItemSourcedId, timeFactor, extraDays }, { tokenOf, hidden, now, looked }) => {
    const work = lineItemSourcedId === undefined ? undefined : looked.of('lineItems', lineItemSourcedId)?.work;
    const data = {
      learner: tokenOf(studentSourcedId),
      ...(classSourcedId !== undefined && { class: classSourcedId }),
      ...(typeof work === 'string' && { work }),
      ...(timeFactor !== undefined && { timeFactor }),
      ...(extraDays !== undefined && { extraDays }),
    };
    const key = hidden('accommodations', studentSourcedId, classSourcedId ?? '', lineItemSourcedId ?? '');
    return [learnerSaid(key, 'AccommodationDeclared', now.toISOString(), data)];
  },
  attributes: ({ studentSourcedId, attribute, value, protected: isProtected, classSourcedId }, { tokenOf, hidden, now }) => {
    const data = {
      learner: tokenOf(studentSourcedId), attribute, value, protected: isProtected, ...(classSourcedId !== undefined && { class: classSourcedId }),
    }; // prettier-ignore
    return [
      learnerSaid(hidden('attributes', studentSourcedId, attribute, classSourcedId ?? ''), 'AttributeDeclared', now.toISOString(), data),
    ];
  },
  outcomes: ({ studentSourcedId, classSourcedId: classId, outcome, date: on }, { tokenOf, hidden }) => [
    learnerSaid(hidden('outcomes', studentSourcedId, classId), 'OutcomeRecorded', midnight(on), {
      learner: tokenOf(studentSourcedId), class: classId, outcome, on,
    }), // prettier-ignore
  ],
};
