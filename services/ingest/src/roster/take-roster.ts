import { type RosterRecord, type RosterRecords } from '@pharos/registry';
import { type Door } from '../door/door.js';
import { deadLetter } from '../door/dead-letters.js';
import { recordRoster } from './record-roster.js';
import { readRow, type RosterKind, type RowError, type TableKind } from './rows.js';
import { type Said, sayings } from './sayings.js';
import { withdrawals } from './withdrawals.js';

export interface RosterFile {
  readonly tenant: string;
  readonly kind: TableKind;
  /** For errors and dead letters. */
  readonly file: string;
  readonly rows: readonly { readonly value: unknown; readonly line: number }[];
  /** `bulk`: all that stands; what is absent is withdrawn. `delta`: what changed. */
  readonly mode: 'bulk' | 'delta';
  /** Takes a bulk file that withdraws more than a tenth of what stands. */
  readonly confirm: boolean;
  /** One bad row refuses the file. */
  readonly atomic: boolean;
}

export interface RosterTaken {
  readonly ok: true;
  readonly appended: number;
  readonly known: number;
  readonly withdrawn: number;
  /** Rows that were not taken; they lie in the dead letters. */
  readonly errors: readonly RowError[];
}
export type RosterAnswer =
  | RosterTaken
  | { readonly ok: false; readonly status: 400 | 403 | 409 | 503 | 507; readonly detail: string; readonly errors: readonly RowError[] };

export interface RosterDoor {
  readonly door: Door;
  readonly records: (tenant: string) => RosterRecords;
}

/** Kinds whose rows stand until they end: only there is absence a withdrawal. What happened on a day is not undone by a file without it. */
const STANDING: ReadonlySet<RosterKind> = new Set([
  'orgs',
  'academicSessions',
  'courses',
  'classes',
  'lineItems',
  'enrollments',
  'counselors',
]);

/** More than this share withdrawn at once is more likely a broken export than a closed school. */
const MOST_WITHDRAWN = 0.1;

/**
 * Takes one roster file: check rows → say facts → refuse or withdraw what is absent → append → remember.
 *
 * What it appends is durable when it answers. The same file again adds nothing; a file cut off by a crash is sent again.
 *
 * @throws LogUnavailable when the log cannot take it now; nothing was written then
 */
export async function takeRoster({ door, records: recordsOf }: RosterDoor, file: RosterFile): Promise<RosterAnswer> {
  const { tenant, kind, mode } = file;
  const records = recordsOf(tenant);
  const checked = file.rows.map(({ value, line }) => ({ value, line, read: readRow(kind, value, line) }));
  const good = checked.flatMap(({ read, line }) => (read.ok ? [{ row: read.row, line }] : []));
  const said = await sayings(door, records, tenant, kind, good);
  const errors = [...checked.flatMap(({ read }) => (read.ok ? [] : read.errors)), ...said.errors];
  if (file.atomic && errors.length > 0) return { ok: false, status: 400, detail: `${errors.length} errors; nothing was taken.`, errors };
  const before = await records.get(kind, said.said.map(({ key }) => key)); // prettier-ignore
  const bad = new Set(errors.map(({ line }) => line));
  // A row that could not be read is not an absent one: with bad rows nobody is withdrawn by absence.
  const absent =
    mode === 'bulk' && bad.size === 0 && STANDING.has(kind) ? await absentFrom(records, kind, said.said) : { records: [], standing: 0 };
  if (absent.records.length > absent.standing * MOST_WITHDRAWN && !file.confirm) {
    const detail = `The file would withdraw ${absent.records.length} of ${absent.standing} ${kind}. Send it with confirm=true if that is so.`;
    return { ok: false, status: 409, detail, errors: [] };
  }
  const changed = said.said.filter((one) => !isRepeat(one, before.get(one.key)));
  const gone = withdrawals(kind, absent.records, door.now());
  const counts = await write(door, records, tenant, kind, [...changed, ...gone], before);
  await deadLetterRows(door, file, errors);
  return { ok: true, ...counts, known: counts.known + said.said.length - changed.length, withdrawn: absent.records.length, errors };
}

const isRepeat = (said: Said, before: RosterRecord | undefined) =>
  before?.active === said.active && canonical(before.record) === canonical(said.record);

/** The database keeps JSON with its keys in an order of its own. */
const canonical = (record: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

async function absentFrom(records: RosterRecords, kind: RosterKind, said: readonly Said[]) {
  const standing = await records.active(kind);
  const named = new Set(said.map(({ key }) => key));
  return { standing: standing.length, records: standing.filter(({ key }) => !named.has(key)) };
}

/** Facts first, then what is remembered of them: after a crash between the two the same file gives the same facts again. */
async function write(
  door: Door,
  records: RosterRecords,
  tenant: string,
  kind: RosterKind,
  said: readonly Said[],
  before: ReadonlyMap<string, RosterRecord>,
): Promise<{ appended: number; known: number }> {
  const last = [...new Map(said.map((one) => [one.key, one])).values()];
  const entries = last.flatMap(({ key, fact, previous }) => {
    const earlier = previous ?? before.get(key)?.fact;
    return fact === undefined ? [] : [{ naturalKey: [kind, key], fact, ...(earlier && { previous: earlier }) }];
  });
  const recorded = await recordRoster(door, tenant, await door.vault.hashKey(tenant), entries);
  const ids = recorded.ids.values();
  await records.put(
    last.map(({ key, record, active, fact }) => ({ kind, key, record, active, fact: fact === undefined ? null : ids.next().value! })),
  );
  return recorded;
}

async function deadLetterRows(door: Door, { tenant, file, kind, rows }: RosterFile, errors: readonly RowError[]): Promise<void> {
  const byLine = new Map<number, string[]>();
  for (const { line, column, message } of errors) byLine.set(line, [...(byLine.get(line) ?? []), `${column}: ${message}`]);
  const letters = rows
    .filter(({ line }) => byLine.has(line))
    .map(({ value, line }) => ({
      source: `roster ${kind}`, place: `${file}:${line}`, step: 'readRow', reason: byLine.get(line)!.join('; '), bytes: JSON.stringify(value),
    })); // prettier-ignore
  await deadLetter(door, tenant, letters);
}
