import { isTimeZone, NUL_REFUSED, placeOfNul } from '@pharos/runtime';
import { z } from 'zod';

/**
 * The rows that rosters are told in. Names as in OneRoster 1.2 where it has them; further columns are let pass. CSV gives
 * text only, so numbers, booleans and lists are read from text too, and an empty cell is no value.
 */
const id = z.string().min(1).max(200);
const day = z.preprocess((value) => (typeof value === 'string' ? value.slice(0, 10) : value), z.iso.date());
const number = z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), z.number());
const truth = z.preprocess((value) => (typeof value === 'string' ? { true: true, false: false }[value.toLowerCase()] : value), z.boolean());
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(/[,;]/).map((each) => each.trim()) : value), z.array(item));
const list = listOf(z.string());
/** Silence is counted in days of this zone, so a name that no calendar knows would end in a wrong count later. */
const timeZone = z.string().refine(isTimeZone, 'is not a time zone by its IANA name, such as America/Chicago');

const row = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ status: z.enum(['active', 'tobedeleted']).optional(), ...shape });

export const rosterRows = {
  orgs: row({ sourcedId: id, name: z.string(), type: z.string().optional(), parentSourcedId: id.optional() }),
  academicSessions: row({ sourcedId: id, title: z.string(), type: z.string().optional(), startDate: day, endDate: day, parentSourcedId: id.optional() }),
  courses: row({ sourcedId: id, title: z.string(), courseCode: z.string().optional(), orgSourcedId: id.optional() }),
  classes: row({
    sourcedId: id, title: z.string(), courseSourcedId: id, schoolSourcedId: id, termSourcedIds: list,
    /** Pharos's own: IRIs by which platforms name the class. */
    iris: list.optional(),
  }),
  users: row({
    sourcedId: id, givenName: z.string().optional(), familyName: z.string().optional(), email: z.string().optional(),
    username: z.string().optional(), userIds: z.string().optional(),
    /** Pharos's own: accounts by which platforms name the person, as `homePage|name`. */
    accounts: list.optional(),
  }),
  enrollments: row({
    sourcedId: id, classSourcedId: id, userSourcedId: id, role: z.string(), beginDate: day.optional(), endDate: day.optional(),
  }),
  demographics: row({ sourcedId: id, birthDate: z.string().optional(), sex: z.string().optional() }).catchall(z.unknown()),
  lineItems: row({
    sourcedId: id, title: z.string(), classSourcedId: id, dueDate: day.optional(), resultValueMin: number.optional(), resultValueMax: number.optional(),
    /** Pharos's own: share of the final mark in percent, the kind of work, and the IRI by which platforms name it. */
    weight: number.pipe(z.number().nonnegative()).optional(), kind: z.string().optional(), iri: z.string().optional(),
  }),
  results: row({ sourcedId: id, lineItemSourcedId: id, studentSourcedId: id, scoreStatus: z.string().optional(), score: number.optional(), scoreDate: day }),
  counselors: row({ studentSourcedId: id, counselorSourcedId: id, schoolSourcedId: id }),
  // Its status says how the learner was, not whether the row stands.
  attendance: z.object({
    studentSourcedId: id, schoolSourcedId: id, classSourcedId: id.optional(), date: day, status: z.enum(['present', 'absent', 'late', 'excused']),
  }),
  incidents: row({ sourcedId: id, studentSourcedId: id, schoolSourcedId: id, date: day, severity: z.enum(['minor', 'major']) }),
  grades: row({ studentSourcedId: id, classSourcedId: id, date: day, percent: number.pipe(z.number().min(0).max(100)), passing: truth }),
  accommodations: row({
    studentSourcedId: id, classSourcedId: id.optional(), lineItemSourcedId: id.optional(), timeFactor: number.pipe(z.number().positive()).optional(), extraDays: number.pipe(z.int()).optional(),
  }),
  attributes: row({ studentSourcedId: id, attribute: id, value: z.string(), protected: truth, classSourcedId: id.optional() }),
  outcomes: row({ studentSourcedId: id, classSourcedId: id, outcome: z.enum(['distinction', 'pass', 'fail', 'withdrawn']), date: day }),
  calendar: row({
    schoolSourcedId: z.string().default(''), timeZone,
    /** Days with instruction, 1 = Monday to 7 = Sunday. */
    weekdays: listOf(z.coerce.number({ error: 'must be numbers from 1 (Monday) to 7 (Sunday)' }).int().min(1).max(7)), holidays: listOf(day).optional(),
  }),
} as const; // prettier-ignore

export type RosterKind = keyof typeof rosterRows;
export type RosterRow<Kind extends RosterKind> = z.infer<(typeof rosterRows)[Kind]>;

/** Results are told on as statements; all other kinds are remembered row by row. */
export type TableKind = Exclude<RosterKind, 'results'>;

export const isRosterKind = (text: string): text is RosterKind => Object.hasOwn(rosterRows, text);

export interface RowError {
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

export type ReadRow<Kind extends RosterKind> =
  { readonly ok: true; readonly row: RosterRow<Kind> } | { readonly ok: false; readonly errors: readonly RowError[] };

/** Checks one row. Messages name what is expected, never the value: it may be somebody's. */
export function readRow<Kind extends RosterKind>(kind: Kind, value: unknown, line: number): ReadRow<Kind> {
  const broken = placeOfNul(value);
  if (broken) return { ok: false, errors: [{ line, column: broken[0] ?? '', message: NUL_REFUSED }] };
  const parsed = rosterRows[kind].safeParse(withoutEmpty(value), { reportInput: true });
  if (parsed.success) return { ok: true, row: parsed.data as RosterRow<Kind> };
  const errors = parsed.error.issues.map((issue) => ({ line, column: String(issue.path[0] ?? ''), message: wordsOf(issue) }));
  return { ok: false, errors };
}

/** What is not there is said so, whatever it should have been. */
function wordsOf({ input, code, message }: z.core.$ZodIssue): string {
  return input === undefined && (code === 'invalid_type' || code === 'invalid_value') ? 'is missing' : message;
}

function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, cell]) => cell !== '' && cell !== null));
}
