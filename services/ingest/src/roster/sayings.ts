import { createHmac } from 'node:crypto';
import { type RosterRecords } from '@pharos/registry';
import { type Door } from '../door/door.js';
import { type RosterEntry } from './record-roster.js';
import { type RosterKind, type RosterRow, type RowError, type TableKind } from './rows.js';
import { classSaid, lineItemSaid, lookUp } from './class-sayings.js';
import { personSaid } from './person-sayings.js';
import { userLinks } from './user-links.js';

/** What one row says: what to remember of it, and the fact that follows. */
export interface Said {
  /** Natural key; a keyed hash where it could name a person. */
  readonly key: string;
  readonly record: Readonly<Record<string, unknown>>;
  readonly active: boolean;
  readonly fact?: RosterEntry['fact'];
  /** The fact that stood here before, where the caller knows it already. */
  readonly previous?: string;
}

export interface Line<Kind extends RosterKind = RosterKind> {
  readonly row: RosterRow<Kind>;
  readonly line: number;
}

export interface Sayings {
  readonly said: readonly Said[];
  readonly errors: readonly RowError[];
}

/** What the rows of one file say. Asks the vault once for all people and the registry once for what rows refer to. */
export async function sayings(
  door: Door,
  records: RosterRecords,
  tenant: string,
  kind: TableKind,
  lines: readonly Line[],
): Promise<Sayings> {
  switch (kind) {
    case 'orgs':
    case 'academicSessions':
    case 'courses':
      return { said: (lines as readonly Line<'orgs' | 'academicSessions' | 'courses'>[]).map(({ row }) => remembered(row)), errors: [] };
    case 'classes':
      return collect(lines as readonly Line<'classes'>[], classSaid(door.now(), await lookUp(records, lines)));
    case 'lineItems':
      return collect(lines as readonly Line<'lineItems'>[], lineItemSaid(door.now(), await lookUp(records, lines)));
    case 'calendar':
      return { said: (lines as readonly Line<'calendar'>[]).map(({ row }) => calendarSaid(row, door.now())), errors: [] };
    case 'users':
      return { said: await userLinks(door, tenant, lines), errors: [] };
    default:
      return peopleSayings(door, records, tenant, kind, lines);
  }
}

export type PersonKind = Exclude<
  RosterKind,
  'orgs' | 'academicSessions' | 'courses' | 'classes' | 'lineItems' | 'calendar' | 'users' | 'results'
>;

async function peopleSayings(
  door: Door,
  records: RosterRecords,
  tenant: string,
  kind: PersonKind,
  lines: readonly Line<PersonKind>[],
): Promise<Sayings> {
  const people = [...new Set(lines.flatMap(({ row }) => peopleOf(row)))];
  const { tokens } = await door.vault.registerPeople(
    tenant,
    people.map((sourcedId) => ({ identifiers: [`sourced:${sourcedId}`] })),
  );
  const tokenOf = new Map(people.map((sourcedId, index) => [sourcedId, tokens[index]!]));
  const hashKey = await door.vault.hashKey(tenant);
  const hidden = (...parts: readonly string[]) => createHmac('sha256', hashKey).update(parts.join('\n')).digest('base64url');
  const looked = await lookUp(records, lines);
  return collect(lines, personSaid(kind, { tokenOf: (sourcedId) => tokenOf.get(sourcedId)!, hidden, now: door.now(), looked }));
}

function peopleOf(row: Readonly<Record<string, unknown>>): string[] {
  const ids = [row.studentSourcedId, row.userSourcedId, row.counselorSourcedId].filter((id) => typeof id === 'string');
  // A row of demographics has the id of its user.
  return ids.length > 0 || typeof row.sourcedId !== 'string' ? ids : [row.sourcedId];
}

export type Sayer<Row> = (row: Row) => readonly Said[] | Omit<RowError, 'line'>;

function collect<Row>(lines: readonly { readonly row: Row; readonly line: number }[], say: Sayer<Row>): Sayings {
  const said: Said[] = [];
  const errors: RowError[] = [];
  for (const { row, line } of lines) {
    const answer = say(row);
    if ('column' in answer) errors.push({ ...answer, line });
    else said.push(...answer);
  }
  return { said, errors };
}

function remembered({ sourcedId, status, ...record }: RosterRow<'orgs' | 'academicSessions' | 'courses'>): Said {
  return { key: sourcedId, record, active: status !== 'tobedeleted' };
}

function calendarSaid({ schoolSourcedId: school, timeZone, weekdays, holidays = [], status }: RosterRow<'calendar'>, now: Date): Said {
  const record = { school, timeZone, weekdays, terms: [], holidays };
  const fact = { type: 'CalendarDefined', version: 1, key: school || 'tenant', occurredAt: now.toISOString(), data: record } as const;
  return { key: school, record, active: status !== 'tobedeleted', fact };
}
