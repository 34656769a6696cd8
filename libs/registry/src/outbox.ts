import { type NewFact, type Topic } from '@pharos/facts';
import { type Database } from './database.js';
import { type Leases } from './leases.js';
import { createListener } from './listener.js';
import { type TenantSql } from './tenant-sql.js';

export interface RelayTarget {
  /** Durable when it resolves. Order within a key must be kept; `EventLog.append` does. */
  append(facts: readonly NewFact[]): Promise<unknown>;
}

export interface Relayed {
  readonly moved: number;
  /** False when another process holds the relay's lease. */
  readonly held: boolean;
}

/** Facts of decisions, written in the decision's own transaction, on their way to the log. */
export interface Outbox {
  /** Moves what waits, in the order of each entity's versions, at least once: the facts' fixed ids make the fold drop repeats. */
  relayOnce(target: RelayTarget): Promise<Relayed>;
  /**
   * Relays until stopped: wakes on the database's notification of each decision, and every second besides. `stop` waits
   * for the batch that is under way. A failing target is tried again with back-off and reported.
   */
  startRelay(target: RelayTarget, onError: (error: unknown) => void): Promise<{ stop(): Promise<void> }>;
  /** How many facts wait, and since when. */
  waiting(): Promise<{ readonly facts: number; readonly oldest: Date | null }>;
}

/** Wakes relays: a trigger of the table notifies it, and the notification arrives when the decision commits. */
const channel = 'pharos_outbox';
/** One relay keeps up with every decision that people make; the column is there for more. */
const shard = 0;
const batchSize = 500;
/** Short: after a crash, decisions wait so long for the next holder. A holder that was only slow does no harm. */
const leaseMs = 5_000;
const pollMs = 1_000;
const longestPauseMs = 30_000;

export interface OutboxEntry {
  /** What the versions count: an alert, a policy. */
  readonly entity: string;
  readonly version: number;
  readonly topic: Topic;
  readonly fact: NewFact;
}

/** Writes facts in the decision's own transaction. The entity's row must be locked: then its order here is that of its versions. */
export async function toOutbox(sql: TenantSql, entries: readonly OutboxEntry[]): Promise<void> {
  await sql.query(
    `INSERT INTO outbox (tenant, shard, entity, version, topic, fact)
     SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::text[], $6::jsonb[])`,
    [
      shard,
      entries.map((entry) => entry.entity),
      entries.map((entry) => entry.version),
      entries.map((entry) => entry.topic),
      entries.map((entry) => JSON.stringify(entry.fact)),
    ],
  );
}

export function createOutbox(database: Database, leases: Leases, holder: string): Outbox {
  const name = `outbox/${shard}`;
  const isEmpty = async (): Promise<boolean> =>
    (await database.query('SELECT 1 FROM outbox WHERE shard = $1 LIMIT 1', [shard])).length === 0;

  const relayOnce: Outbox['relayOnce'] = async (target) => {
    if (await isEmpty()) return { moved: 0, held: true };
    let lease = await leases.acquire(name, holder, leaseMs);
    let moved = 0;
    while (lease) {
      const rows = await database.query<{ seq: number; fact: NewFact }>(
        'SELECT seq, fact FROM outbox WHERE shard = $1 ORDER BY seq LIMIT $2',
        [shard, batchSize],
      );
      if (rows.length === 0) return { moved, held: true };
      await target.append(rows.map(({ fact }) => fact));
      await database.query('DELETE FROM outbox WHERE shard = $1 AND seq = ANY($2)', [shard, rows.map(({ seq }) => seq)]);
      moved += rows.length;
      lease = await leases.renew(lease, leaseMs);
    }
    return { moved, held: false };
  };

  return {
    relayOnce,
    startRelay: (target, onError) => startRelay(database, channel, () => relayOnce(target), onError),
    async waiting() {
      const [row] = await database.query<{ facts: number; oldest: Date | null }>(
        'SELECT count(*) AS facts, min(created_at) AS oldest FROM outbox',
      );
      return row!;
    },
  };
}

/** The loop behind `startRelay`: relay, then sleep until a notification, the poll, or the end. */
async function startRelay(
  database: Database,
  on: string,
  relay: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let wake = (): void => undefined;
  let news = true;
  const listener = createListener(database, on, onError, () => {
    news = true;
    wake();
  });
  await listener.listen();

  const loop = async (): Promise<void> => {
    let pauseMs = pollMs;
    while (!stopped) {
      news = false;
      try {
        await listener.listen();
        await relay();
        pauseMs = pollMs;
      } catch (error) {
        onError(error);
        news = false; // back off even while decisions keep arriving
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
      if (news || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const done = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await done;
      await listener.end();
    },
  };
}
