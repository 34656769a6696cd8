import { type EventLog, type Position, type Stored } from '@pharos/event-log';
import { type FactNamed, readFact } from '@pharos/facts';
import { type RecordPlace, type SentDefinition } from '@pharos/warehouse';
import { definedActivities, recordKeys, type TokenisedStatement } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { type RecordStore } from './record-store.js';

/** A statement that is in the log and not yet in the tables. */
export interface FreshStatement extends RecordPlace {
  readonly keys: ReadonlySet<string>;
  readonly refersTo: string | undefined;
}

/** The moment that a query answers for: tables up to `folded`, and what the log has above it up to `below`. */
export interface Snapshot {
  /** Next offset per partition: nothing at or above it belongs to the answer, nor to any page after it. */
  readonly below: readonly number[];
  /** Next offset per partition that the tables are asked up to. */
  readonly folded: readonly number[];
  /** Every statement stored before this moment is in the answer. */
  readonly consistentThrough: string;
}

/** What the log holds between the tables and the snapshot. */
export interface Fresh {
  readonly statements: readonly FreshStatement[];
  /** Definitions of activities as they were sent, in no order. */
  readonly definitions: readonly SentDefinition[];
}

/** So many facts are read from the log itself (a few milliseconds); where the fold is further behind, a query waits for it. */
const MOST_FRESH = 500;
const WAIT_MS = 5_000;
const POLL_MS = 10;

/**
 * The snapshot of now: all that was stored when the request came. A fold that is a little behind is made up for from the
 * log, so that whoever wrote reads at once what was written; one that is far behind is waited for, within a bound, and then
 * the answer is older and says so.
 */
export async function takeSnapshot(
  door: Pick<Door, 'log' | 'consistentThrough'>,
  { foldConsumer, waitMs = WAIT_MS }: RecordStore,
): Promise<Snapshot> {
  const { log } = door;
  // Before the heads are asked: what is stored earlier than this is below them.
  const now = door.consistentThrough();
  const heads = await log.heads('statements');
  const deadline = performance.now() + waitMs;
  for (;;) {
    const folded = within(await log.committed(foldConsumer, 'statements'), heads);
    const behind = heads.reduce((sum, head, partition) => sum + head - folded[partition]!, 0);
    if (behind <= MOST_FRESH) return { below: heads, folded, consistentThrough: now };
    if (performance.now() >= deadline) return { below: folded, folded, consistentThrough: await firstUnfolded(log, folded, heads, now) };
    // Said again each time: a fold that begins to gather just now did not hear the last one.
    log.hurry();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The snapshot of an earlier page. Tables may have grown since; both are read up to the same vector. */
export async function sameSnapshot({ log }: Pick<Door, 'log'>, { foldConsumer }: RecordStore, below: readonly number[]): Promise<Snapshot> {
  return { below, folded: within(await log.committed(foldConsumer, 'statements'), below), consistentThrough: '' };
}

/** A consumer that never committed has no entry. */
const within = (committed: readonly number[], heads: readonly number[]) =>
  heads.map((head, partition) => Math.min(head, committed[partition] ?? 0));

async function firstUnfolded(log: EventLog, folded: readonly number[], heads: readonly number[], now: string): Promise<string> {
  let first = now;
  for (const [partition, next] of folded.entries()) {
    if (next >= heads[partition]!) continue;
    const [stored] = await log.read('statements', partition, next, { maxFacts: 1 });
    if (stored !== undefined && stored.recordedAt < first) first = stored.recordedAt;
  }
  return first;
}

/** Reads what is not in the tables yet, of one tenant. */
export async function readFresh(log: EventLog, tenant: string, { below, folded }: Pick<Snapshot, 'below' | 'folded'>): Promise<Fresh> {
  const statements: FreshStatement[] = [];
  const definitions: SentDefinition[] = [];
  for (const [partition, head] of below.entries()) {
    for (let next = folded[partition]!; next < head;) {
      const some = await log.read('statements', partition, next, { maxFacts: head - next });
      if (some.length === 0) throw new Error(`the log at statements/${partition}/${next} cannot be read`);
      next += some.length;
      for (const stored of some) {
        const read = readFact(stored.stored);
        // What cannot be read is the fold's to put aside; it is no statement.
        if (!read.ok || read.fact.tenant !== tenant) continue;
        if (read.fact.type !== 'StatementRecorded') continue;
        statements.push(freshStatement(read.fact, stored));
        definitions.push(...freshDefinitions(read.fact, stored));
      }
    }
  }
  return { statements, definitions };
}

function freshDefinitions({ data }: FactNamed<'StatementRecorded'>, { position, recordedAt }: Stored): readonly SentDefinition[] {
  const place = { recordedAt, partition: position.partition, offset: position.offset };
  if (data.defines === false) return [];
  const defined = definedActivities(data.statement as unknown as TokenisedStatement);
  return defined.map(({ id, definition }) => ({ ...place, activity: id, definition: JSON.stringify(definition) }));
}

function freshStatement({ id, data }: FactNamed<'StatementRecorded'>, { position, recordedAt }: Stored): FreshStatement {
  return { id, recordedAt, partition: position.partition, offset: position.offset, keys: keysOf({ id, data }), refersTo: data.refersTo };
}

/** All that a statement is found by. */
export const keysOf = ({ id, data }: Pick<FactNamed<'StatementRecorded'>, 'id' | 'data'>): ReadonlySet<string> =>
  new Set(recordKeys({ id, credential: data.credential, statement: data.statement as unknown as TokenisedStatement }));

export const positionOf = ({ partition, offset }: RecordPlace): Position => ({ topic: 'statements', partition, offset });
