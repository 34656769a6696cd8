import { type KnownAttribute, type KnownClass, type KnownOutcome } from '@pharos/warehouse';

/** Rows of the OULAD tables by column name; a missing value is an empty string. */
type Row = Readonly<Record<string, string>>;
export interface OuladTables {
  readonly courses: readonly Row[];
  readonly students: readonly Row[];
  readonly registrations: readonly Row[];
  readonly assessments: readonly Row[];
  readonly submissions: readonly Row[];
  readonly totals: readonly Row[];
}

export interface OuladWork {
  readonly due: number;
  readonly weight: number;
  readonly exam: boolean;
}

/** A piece of work that was handed in; `mark` in [0, 1], NaN where none was given. */
export interface OuladSubmission {
  readonly work: OuladWork;
  readonly on: number;
  readonly mark: number;
}

/** One student in one presentation; days count from its start. */
export interface OuladEnrolment {
  readonly learner: string;
  readonly class: string;
  readonly term: string;
  readonly registered: number;
  readonly left: number;
  readonly previousAttempts: number;
  readonly credits: number;
  readonly outcome: KnownOutcome['outcome'];
  readonly education: string | null;
  readonly region: string | null;
  readonly clicksBefore: number;
  readonly clicksToDay56: number;
  readonly submissions: OuladSubmission[];
}

export interface OuladHistory {
  readonly classes: readonly KnownClass[];
  readonly works: ReadonlyMap<string, readonly OuladWork[]>;
  readonly enrolments: ReadonlyMap<string, readonly OuladEnrolment[]>;
  readonly outcomes: readonly KnownOutcome[];
  readonly attributes: readonly KnownAttribute[];
}

const protectedColumns = ['gender', 'disability', 'age_band', 'imd_band'];
const numberOf = (text: string | undefined): number => (text === undefined || text === '' ? NaN : Number(text));
const textOf = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
const classOf = (row: Row): string => `${row.code_module}-${row.code_presentation}`;
const keyOf = (row: Row): string => `${classOf(row)}/${row.id_student}`;
const dayMs = 86_400_000;
const outcomes = { Distinction: 'distinction', Pass: 'pass', Fail: 'fail', Withdrawn: 'withdrawn' } as const;

/** Day on which a presentation began: 2013B in February, 2013J in October, taken as the first. */
const startOf = (term: string): number => Date.UTC(Number(term.slice(0, 4)), term.endsWith('B') ? 1 : 9, 1);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * The tables of OULAD as enrolments with their dated work. O(rows).
 *
 * An enrolment without a day of registration is in no population, since nobody knows from when on.
 */
export function ouladHistory(tables: OuladTables): OuladHistory {
  const works = new Map<string, OuladWork>();
  const ofClass = new Map<string, OuladWork[]>();
  for (const row of tables.assessments) {
    const work = { due: numberOf(row.date), weight: numberOf(row.weight), exam: row.assessment_type === 'Exam' };
    works.set(`${row.id_assessment}`, work);
    ofClass.set(classOf(row), [...(ofClass.get(classOf(row)) ?? []), work]);
  }
  const classOfWork = new Map(tables.assessments.map((row) => [`${row.id_assessment}`, classOf(row)]));
  const registrations = new Map(tables.registrations.map((row) => [keyOf(row), row]));
  const totals = new Map(tables.totals.map((row) => [keyOf(row), row]));
  const enrolments = new Map<string, OuladEnrolment>();
  for (const row of tables.students) {
    const dates = registrations.get(keyOf(row));
    const clicks = totals.get(keyOf(row));
    enrolments.set(keyOf(row), {
      learner: `${row.id_student}`,
      class: classOf(row),
      term: `${row.code_presentation}`,
      registered: numberOf(dates?.date_registration),
      left: numberOf(dates?.date_unregistration),
      previousAttempts: numberOf(row.num_of_prev_attempts),
      credits: numberOf(row.studied_credits),
      outcome: outcomes[row.final_result as keyof typeof outcomes],
      education: textOf(row.highest_education),
      region: textOf(row.region),
      clicksBefore: numberOf(clicks?.clicks_pre),
      clicksToDay56: numberOf(clicks?.clicks_le56),
      submissions: [],
    });
  }
  for (const row of tables.submissions) {
    const id = `${row.id_assessment}`;
    const enrolment = enrolments.get(`${classOfWork.get(id)}/${row.id_student}`);
    const work = works.get(id);
    if (enrolment && work) enrolment.submissions.push({ work, on: numberOf(row.date_submitted), mark: numberOf(row.score) / 100 });
  }
  return {
    classes: classesOf(tables),
    works: ofClass,
    enrolments: Map.groupBy(enrolments.values(), (one) => one.class),
    ...endings(tables),
  };
}

function classesOf({ courses, students }: OuladTables): KnownClass[] {
  const sizes = new Map<string, number>();
  for (const row of students) sizes.set(classOf(row), (sizes.get(classOf(row)) ?? 0) + 1);
  return courses.map((row) => {
    const start = startOf(`${row.code_presentation}`);
    return {
      class: classOf(row),
      title: `${row.code_module} ${row.code_presentation}`,
      course: `${row.code_module}`,
      school: 'open-university',
      term: `${row.code_presentation}`,
      start: dateOf(start),
      end: dateOf(start + Number(row.module_presentation_length) * dayMs),
      outcomes: sizes.get(classOf(row)) ?? 0,
    };
  });
}

function endings({ students }: OuladTables): Pick<OuladHistory, 'outcomes' | 'attributes'> {
  const known = students.map((row) => ({ row, learner: `${row.id_student}`, class: classOf(row) }));
  return {
    outcomes: known.map(({ row, ...key }) => ({ ...key, outcome: outcomes[row.final_result as keyof typeof outcomes] })),
    attributes: known.flatMap(({ row, ...key }) =>
      protectedColumns.filter((name) => row[name] !== '').map((attribute) => ({ ...key, attribute, value: `${row[attribute]}` })),
    ),
  };
}
