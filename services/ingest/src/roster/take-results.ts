import { type Sender } from '../door/batch.js';
import { deadLetter } from '../door/dead-letters.js';
import { keyedIds } from '../keyed-id.js';
import { lookUp } from './class-sayings.js';
import { type FileRow } from './read-rows.js';
import { readRow, type RosterRow, type RowError } from './rows.js';
import { type RosterAnswer, type RosterDoor } from './take-roster.js';

/** The account under which a roster's person acts in statements; the users file ties it to the sourced id. */
export const ROSTER_HOME = 'https://pharos.dev/roster/users';

const SCORED = 'http://adlnet.gov/expapi/verbs/scored';

/**
 * Takes a gradebook's results: each becomes a statement that the piece of work was scored, by the same door as every other.
 * A mark that changes is a new statement; the same file again adds nothing.
 */
export async function takeResults(
  { door, records }: RosterDoor,
  file: {
    readonly tenant: string;
    readonly sender: Sender;
    readonly file: string;
    readonly rows: readonly FileRow[];
    readonly atomic: boolean;
  },
): Promise<RosterAnswer> {
  const { tenant, sender } = file;
  const checked = file.rows.map(({ value, line }) => ({ value, line, read: readRow('results', value, line) }));
  const lines = checked.flatMap(({ read, line }) => (read.ok ? [{ row: read.row, line }] : []));
  const looked = await lookUp(records(tenant), lines);
  const idOf = keyedIds(await door.vault.hashKey(tenant));
  const errors: RowError[] = checked.flatMap(({ read }) => (read.ok ? [] : read.errors));
  const statements = new Map<string, unknown>();
  for (const { row, line } of lines) {
    const item = looked.of('lineItems', row.lineItemSourcedId);
    if (!item) errors.push({ line, column: 'lineItemSourcedId', message: 'names a line item that was not told before' });
    // A row without a score says that nothing was marked yet.
    else if (row.score !== undefined && row.status !== 'tobedeleted') {
      const id = idOf('result', row.sourcedId, row.lineItemSourcedId, row.studentSourcedId, row.score, row.scoreDate);
      statements.set(id, scored(id, row, row.score, item));
    }
  }
  if (file.atomic && errors.length > 0) return { ok: false, status: 400, detail: `${errors.length} errors; nothing was taken.`, errors };
  const students = [...new Set(lines.map(({ row }) => row.studentSourcedId))];
  await door.vault.registerPeople(
    tenant,
    students.map((student) => ({ identifiers: [`sourced:${student}`, `account:${ROSTER_HOME}|${student}`] })),
  );
  const accepted = await door.acceptStatements({ tenant, sender, version: '1.0.3', statements: [...statements.values()] });
  if (!accepted.ok) {
    const { status, detail } = accepted.refused;
    return { ok: false, status, detail, errors };
  }
  await deadLetter(door, tenant, checked.flatMap(({ value, line }) => {
    const own = errors.filter((error) => error.line === line);
    const reason = own.map(({ column, message }) => `${column}: ${message}`).join('; ');
    return own.length === 0 ? [] : [{ source: 'roster results', place: `${file.file}:${line}`, step: 'readRow', reason, bytes: JSON.stringify(value) }];
  })); // prettier-ignore
  const appended = accepted.results.filter(({ status }) => status === 'appended').length;
  return { ok: true, appended, known: accepted.results.length - appended, withdrawn: 0, errors };
}

function scored(id: string, row: RosterRow<'results'>, score: number, item: Readonly<Record<string, unknown>>): unknown {
  const { work, min, max } = item as { readonly work: string; readonly min: number; readonly max: number | null };
  const bounds = max !== null && score >= min && score <= max ? { min, max } : {};
  return {
    id,
    actor: { objectType: 'Agent', account: { homePage: ROSTER_HOME, name: row.studentSourcedId } },
    verb: { id: SCORED },
    object: { objectType: 'Activity', id: work, definition: { type: 'http://id.tincanapi.com/activitytype/school-assignment' } },
    result: { score: { raw: score, ...bounds } },
    timestamp: `${row.scoreDate}T12:00:00.000Z`,
  };
}
