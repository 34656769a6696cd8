import { type FeatureSpec, type LearnerTable } from './learner-table.js';

/** The OULAD tables as rows of text, by column name. Missing is an empty string or `?`. */
export interface OuladTables {
  readonly info: readonly Row[];
  readonly registration: readonly Row[];
  readonly assessments: readonly Row[];
  readonly submissions: readonly Row[];
  readonly clicks: readonly Row[];
}

/** A row of one of the tables, by column name. */
type Row = Readonly<Record<string, string>>;

interface Submission {
  readonly submitted: number;
  readonly score: number;
}

const modules = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG'];

const features: readonly FeatureSpec[] = [
  { name: 'work_missed', family: 'work', monotone: 'up' },
  { name: 'weight_missed', family: 'work', monotone: 'up' },
  { name: 'work_late', family: 'work' },
  { name: 'days_early', family: 'work' },
  { name: 'days_since_hand_in', family: 'work' },
  { name: 'mark_mean', family: 'marks', monotone: 'down' },
  { name: 'mark_last', family: 'marks', monotone: 'down' },
  { name: 'mark_lowest', family: 'marks', monotone: 'down' },
  { name: 'mark_rank', family: 'marks', monotone: 'down' },
  { name: 'mark_trend', family: 'marks' },
  { name: 'registered_on', family: 'registration' },
  { name: 'previous_attempts', family: 'registration' },
  { name: 'credits', family: 'registration' },
  { name: 'clicks_before', family: 'activity' },
  { name: 'clicks', family: 'activity' },
  { name: 'clicks_rank', family: 'activity' },
  { name: 'rows_rank', family: 'activity' },
  ...modules.map((name) => ({ name: `module_${name}`, family: 'course' })),
];

/**
 * Simple features of each enrolment that is registered and not withdrawn as of a day of the presentation; nothing later is used.
 * Click totals are known from day 56 on only.
 *
 * @param presentations such as ['2013B', '2013J']
 * @param day days after the presentation's start, 56 or later
 */
export function ouladEnrolments(tables: OuladTables, presentations: readonly string[], day: number): LearnerTable {
  if (day < 56) throw new RangeError('click totals are known from day 56 on');
  const registration = new Map(tables.registration.map((row) => [keyOf(row), row]));
  const clicks = new Map(tables.clicks.map((row) => [keyOf(row), row]));
  const submissions = submissionsBy(tables, day);
  const due = Map.groupBy(
    tables.assessments.filter((row) => row.assessment_type !== 'Exam' && numberOf(row.date) <= day),
    courseOf,
  );
  const enrolments = tables.info.filter((row) => {
    const dates = registration.get(keyOf(row));
    const left = numberOf(dates?.date_unregistration);
    return presentations.includes(row.code_presentation!) && numberOf(dates?.date_registration) <= day && !(left <= day);
  });
  const values = enrolments.map((row) => {
    const work = workOf(due.get(courseOf(row)) ?? [], submissions, row.id_student!, day);
    const counted = clicks.get(keyOf(row));
    const total = Math.log1p(numberOf(counted?.clicks_le56));
    const before = Math.log1p(numberOf(counted?.clicks_pre));
    const visits = numberOf(counted?.rows_le56);
    const known = [
      numberOf(registration.get(keyOf(row))?.date_registration),
      numberOf(row.num_of_prev_attempts),
      numberOf(row.studied_credits),
    ];
    return [
      ...work,
      NaN,
      work[6]! - work[5]!,
      ...known,
      before,
      total,
      total,
      visits,
      ...modules.map((name) => Number(name === row.code_module)),
    ].map((value, at) => (at === 8 ? work[5]! : value));
  });
  const columns = features.map((_, at) => Float64Array.from(values, (row) => row[at]!));
  const courses = enrolments.map(courseOf);
  for (const name of ['mark_rank', 'clicks_rank', 'rows_rank'])
    rankWithin(columns[features.findIndex((feature) => feature.name === name)]!, courses);
  return {
    features,
    columns,
    rows: enrolments.length,
    target: Uint8Array.from(enrolments, (row) => (['Fail', 'Withdrawn'].includes(row.final_result!) ? 1 : 0)),
    group: Int32Array.from(enrolments, (row) => numberOf(row.id_student)),
  };
}

function workOf(due: readonly Row[], submissions: Map<string, Submission>, student: string, day: number): number[] {
  const someWeigh = due.some((work) => numberOf(work.weight) > 0);
  let missed = 0;
  let weightMissed = 0;
  let weight = 0;
  let late = 0;
  let early = 0;
  let last = NaN;
  let lastMark = NaN;
  const marks: number[] = [];
  for (const work of due.toSorted((a, b) => numberOf(a.date) - numberOf(b.date))) {
    const submission = submissions.get(`${work.id_assessment} ${student}`);
    weight += numberOf(work.weight);
    if (!submission) {
      missed++;
      weightMissed += numberOf(work.weight);
      continue;
    }
    const ahead = numberOf(work.date) - submission.submitted;
    if (ahead < 0) late++;
    early += ahead;
    last = Math.max(Number.isNaN(last) ? -Infinity : last, submission.submitted);
    // Where some work weighs something, marks of what weighs nothing are practice: marked as the tutor likes, or not at all.
    const practice = numberOf(work.weight) === 0 && someWeigh;
    if (practice || Number.isNaN(submission.score)) continue;
    marks.push(submission.score);
    lastMark = submission.score;
  }
  const handedIn = due.length - missed;
  const mean = marks.length > 0 ? marks.reduce((sum, mark) => sum + mark, 0) / marks.length : NaN;
  return [
    due.length > 0 ? missed : NaN,
    weight > 0 ? weightMissed / weight : NaN,
    late,
    handedIn > 0 ? early / handedIn : NaN,
    day - last,
    mean,
    lastMark,
    marks.length > 0 ? Math.min(...marks) : NaN,
  ];
}

function submissionsBy({ submissions }: OuladTables, day: number): Map<string, Submission> {
  const found = new Map<string, Submission>();
  for (const row of submissions) {
    const submitted = numberOf(row.date_submitted);
    if (submitted <= day) found.set(`${row.id_assessment} ${row.id_student}`, { submitted, score: numberOf(row.score) });
  }
  return found;
}

/** Replaces values by their rank among those present in the same course, from 0 to 1, ties at their middle. */
function rankWithin(column: Float64Array, courses: readonly string[]): void {
  for (const rows of Map.groupBy(courses.keys(), (row) => courses[row]!).values()) {
    const present = rows.filter((row) => !Number.isNaN(column[row]!)).sort((a, b) => column[a]! - column[b]!);
    const ranks = present.map((row) => {
      const below = lowerBound(present, column, column[row]!);
      const upTo = lowerBound(present, column, column[row]! + 1e-9);
      return (below + upTo) / 2 / present.length;
    });
    present.forEach((row, at) => (column[row] = ranks[at]!));
  }
}

function lowerBound(sorted: readonly number[], column: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[sorted[middle]!]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function numberOf(text: string | undefined): number {
  return text === undefined || text === '' || text === '?' ? NaN : Number(text);
}

function courseOf(row: Row): string {
  return `${row.code_module} ${row.code_presentation}`;
}

function keyOf(row: Row): string {
  return `${courseOf(row)} ${row.id_student}`;
}
