import { type Topic } from '@pharos/facts';
import { type Database, type Sql } from './database.js';

interface ClaimKey {
  readonly tenant: string;
  readonly id: string;
}

interface Claim extends ClaimKey {
  readonly hash: string;
}

interface Place {
  readonly topic: Topic;
  readonly partition: number;
  readonly offset: number;
}

interface Recorded {
  readonly position: Place;
  readonly recordedAt: string;
}

interface Batch {
  readonly id: string;
  readonly claims: readonly Claim[];
  readonly from: readonly Place[];
}

type Standing = { readonly hash: string; readonly recorded: Recorded | undefined } | undefined;

/** The claims and positions of a log on Kafka. Its shape is the log's `LogLedger`, which says what each part promises. */
export interface LogLedger {
  standing(claims: readonly ClaimKey[]): Promise<readonly Standing[]>;
  begin(batch: Batch): Promise<boolean>;
  settle(settled: readonly (Claim & { readonly recorded: Recorded })[], batch?: string): Promise<readonly Standing[]>;
  overdue(olderThanMs: number): Promise<readonly Batch[]>;
  release(batch: string): Promise<void>;
  committed(consumer: string, topic: Topic, partitions: number): Promise<readonly number[]>;
  commit(consumer: string, topic: Topic, partition: number, nextOffset: number): Promise<void>;
  forget(consumer: string): Promise<void>;
}

interface ClaimRow {
  readonly hash: string | null;
  readonly topic: Topic;
  readonly partition: number;
  readonly position: number | null;
  readonly recorded_at: Date;
}

/** PostgreSQL's codes for two transactions that waited for each other, and for one that came too late. */
const AGAIN = new Set(['40P01', '40001']);
const ATTEMPTS = 5;

export function createLogLedger(database: Database): LogLedger {
  return {
    standing: (claims) => standing(database, claims),
    async begin({ id, claims, from }) {
      try {
        await again(() =>
          database.transaction(async (sql) => {
            // Always in the same order: then two batches that share claims wait for each other, never around in a circle.
            const made = await sql.query(
              `INSERT INTO log_claims (tenant, id, hash) SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS claim (tenant, id, hash)
               ORDER BY tenant, id ON CONFLICT DO NOTHING RETURNING 1`,
              [claims.map(({ tenant }) => tenant), claims.map((claim) => claim.id), claims.map(({ hash }) => hash)],
            );
            if (made.length < claims.length) throw new ClaimTaken();
            await sql.query('INSERT INTO log_claim_batches (id, claims, places) VALUES ($1, $2, $3)', [
              id,
              JSON.stringify(claims),
              JSON.stringify(from),
            ]);
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ClaimTaken) return false;
        throw error;
      }
    },
    settle: (settled, batch) =>
      again(() =>
        database.transaction(async (sql) => {
          // Not waited for: what a loss of power takes back is pending again, and is settled by reading the log.
          await sql.query('SET LOCAL synchronous_commit = off');
          const updated = await update(sql, settled);
          if (batch !== undefined) await sql.query('DELETE FROM log_claim_batches WHERE id = $1', [batch]);
          if (updated === settled.length) return settled.map(({ hash, recorded }) => ({ hash, recorded }));
          const found = await standing(sql, settled);
          return found.map((each, index) => (each?.hash === settled[index]!.hash ? each : undefined));
        }),
      ),
    async overdue(olderThanMs) {
      const rows = await database.query<{ id: string; claims: Claim[]; places: Place[] }>(
        `SELECT id, claims, places FROM log_claim_batches WHERE since <= clock_timestamp() - $1 * interval '1 millisecond' ORDER BY since LIMIT 200`,
        [olderThanMs],
      );
      return rows.map(({ id, claims, places }) => ({ id, claims, from: places }));
    },
    release: (batch) =>
      database.transaction(async (sql) => {
        await sql.query(
          `DELETE FROM log_claims USING log_claim_batches AS batch, jsonb_to_recordset(batch.claims) AS claim (tenant text, id text, hash text)
           WHERE batch.id = $1 AND log_claims.tenant = claim.tenant AND log_claims.id = claim.id AND log_claims.hash = claim.hash
             AND log_claims.position IS NULL`,
          [batch],
        );
        await sql.query('DELETE FROM log_claim_batches WHERE id = $1', [batch]);
      }),
    async committed(consumer, topic, partitions) {
      const rows = await database.query<{ partition: number; next: number }>(
        'SELECT partition, next FROM log_positions WHERE consumer = $1 AND topic = $2',
        [consumer, topic],
      );
      const next = new Map(rows.map((row) => [row.partition, row.next]));
      return Array.from({ length: partitions }, (_, partition) => next.get(partition) ?? 0);
    },
    async commit(consumer, topic, partition, nextOffset) {
      await database.query(
        `INSERT INTO log_positions (consumer, topic, partition, next) VALUES ($1, $2, $3, $4)
         ON CONFLICT (consumer, topic, partition) DO UPDATE SET next = excluded.next`,
        [consumer, topic, partition, nextOffset],
      );
    },
    async forget(consumer) {
      await database.query('DELETE FROM log_positions WHERE consumer = $1', [consumer]);
    },
  };
}

class ClaimTaken extends Error {
  override readonly name = 'ClaimTaken';
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !AGAIN.has((error as { readonly code?: string }).code ?? '')) throw error;
    }
  }
}

async function standing(sql: Sql, claims: readonly ClaimKey[]): Promise<readonly Standing[]> {
  const rows = await sql.query<ClaimRow>(
    `SELECT held.hash, held.topic, held.partition, held.position, held.recorded_at
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (tenant, id, place) LEFT JOIN log_claims AS held USING (tenant, id)
     ORDER BY place`,
    [claims.map(({ tenant }) => tenant), claims.map(({ id }) => id)],
  );
  return rows.map(({ hash, topic, partition, position, recorded_at: at }) => {
    if (hash === null) return undefined;
    return {
      hash,
      recorded: position === null ? undefined : { position: { topic, partition, offset: position }, recordedAt: at.toISOString() },
    };
  });
}

/** @returns how many claims stand as asked: those that were pending, or held a later position of the same partition */
async function update(sql: Sql, settled: readonly (Claim & { readonly recorded: Recorded })[]): Promise<number> {
  const positions = settled.map(({ recorded }) => recorded.position);
  const rows = await sql.query(
    `UPDATE log_claims AS held SET topic = said.topic, partition = said.partition, position = said.position, recorded_at = said.recorded_at
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::timestamptz[])
       AS said (tenant, id, hash, topic, partition, position, recorded_at)
     WHERE held.tenant = said.tenant AND held.id = said.id AND held.hash = said.hash
       AND (held.position IS NULL OR (held.partition = said.partition AND held.position >= said.position)) RETURNING 1`,
    [
      settled.map(({ tenant }) => tenant),
      settled.map(({ id }) => id),
      settled.map(({ hash }) => hash),
      positions.map(({ topic }) => topic),
      positions.map(({ partition }) => partition),
      positions.map(({ offset }) => offset),
      settled.map(({ recorded }) => recorded.recordedAt),
    ],
  );
  return rows.length;
}
