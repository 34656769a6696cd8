import { type Fact, type Topic } from '@pharos/facts';
import { type Database, type Sql } from './database.js';
import { alertFactOf, foldAlerts } from './fold-alerts.js';
import { foldLearning, learningFactOf } from './learning-records.js';
import { writePlaced } from './placed-rows.js';
import { foldedTables, placedRowOf } from './read-tables.js';
import { tenantSql } from './tenant-sql.js';

/** A fact as read from the log, with its place. */
export interface PlacedFact {
  readonly partition: number;
  readonly offset: number;
  readonly fact: Fact;
}

export interface FoldBatch {
  readonly consumer: string;
  readonly topic: Topic;
  readonly partition: number;
  /** All facts of the batch, in order; those without a read table here are passed over. */
  readonly facts: readonly PlacedFact[];
  /** Where the consumer goes on. Kept in the same transaction as the rows. */
  readonly nextOffset: number;
}

/**
 * Folds facts into the read tables (caseload, classes, members, links, alert cases, models in use). The same batch
 * twice, or an old batch after a newer one, changes nothing.
 */
export interface Folds {
  /** Applies one batch of one partition and commits its position, all in one transaction. */
  apply(batch: FoldBatch): Promise<void>;
  /** The next offset that the consumer wants of each of the first `partitions` partitions. */
  positions(consumer: string, topic: Topic, partitions: number): Promise<readonly number[]>;
  /**
   * Empties the read tables and folds them again from these batches, in one transaction: readers see the old tables
   * until it commits, commands and the relay wait. The batches are asked for once that is so: read the log's heads then.
   * Facts that still wait in the outbox are folded last.
   */
  rebuild(batches: AsyncIterable<FoldBatch>): Promise<{ readonly facts: number }>;
  /** Hash over each read table's rows, for comparing two builds. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
}

export function createFolds(database: Database): Folds {
  return {
    apply: (batch) => database.transaction((sql) => applyBatch(sql, batch)),
    positions: (consumer, topic, partitions) => readPositions(database, consumer, topic, partitions),
    rebuild: (batches) => database.transaction((sql) => rebuild(sql, batches)),
    async fingerprint() {
      const prints: Record<string, string> = {};
      for (const table of foldedTables) {
        const [row] = await database.query<{ print: string }>(
          `SELECT count(*) || ':' || md5(coalesce(string_agg(line, '' ORDER BY line), '')) AS print FROM (SELECT md5(t::text) AS line FROM ${table} t) lines`,
        );
        prints[table] = row!.print;
      }
      return prints;
    },
  };
}

async function readPositions(sql: Sql, consumer: string, topic: Topic, partitions: number): Promise<readonly number[]> {
  const rows = await sql.query<{ partition: number; next_offset: number }>(
    'SELECT partition, next_offset FROM fold_positions WHERE consumer = $1 AND topic = $2',
    [consumer, topic],
  );
  const known = new Map(rows.map((row) => [row.partition, row.next_offset]));
  return Array.from({ length: partitions }, (_, partition) => known.get(partition) ?? 0);
}

async function applyBatch(sql: Sql, { consumer, topic, partition, facts, nextOffset }: FoldBatch): Promise<void> {
  await sql.query(
    `INSERT INTO fold_positions AS held (consumer, topic, partition, next_offset) VALUES ($1, $2, $3, $4)
     ON CONFLICT (consumer, topic, partition) DO UPDATE SET next_offset = greatest(held.next_offset, excluded.next_offset)`,
    [consumer, topic, partition, nextOffset],
  );
  for (const [tenant, own] of Map.groupBy(facts, ({ fact }) => fact.tenant)) {
    const scoped = tenantSql(sql, tenant);
    const placed = own.map(placedRowOf).filter((made) => made !== undefined);
    for (const [table, made] of Map.groupBy(placed, (one) => one.table)) await writePlaced(scoped, table, made.map(({ row }) => row)); // prettier-ignore
    await foldAlerts(scoped, own.map(({ fact }) => alertFactOf(fact)).filter((fact) => fact !== undefined)); // prettier-ignore
    await foldLearning(scoped, own.map(({ fact }) => learningFactOf(fact)).filter((fact) => fact !== undefined)); // prettier-ignore
  }
}

/**
 * The outbox is locked too: a fact that the relay moved before is in the log, one that it did not is still here to be
 * folded last, so that no command decides on a case that lacks it.
 */
async function rebuild(sql: Sql, batches: AsyncIterable<FoldBatch>): Promise<{ readonly facts: number }> {
  await sql.query(`LOCK TABLE outbox, fold_positions, ${foldedTables.join(', ')} IN EXCLUSIVE MODE`);
  for (const table of foldedTables) await sql.query(`DELETE FROM ${table}`);
  const forgotten = new Set<string>();
  let facts = 0;
  for await (const batch of batches) {
    if (!forgotten.has(batch.consumer)) await sql.query('DELETE FROM fold_positions WHERE consumer = $1', [batch.consumer]);
    forgotten.add(batch.consumer);
    await applyBatch(sql, batch);
    facts += batch.facts.length;
  }
  const waiting = await sql.query<{ fact: Fact }>('SELECT fact FROM outbox ORDER BY seq');
  for (const [tenant, own] of Map.groupBy(waiting, ({ fact }) => fact.tenant)) {
    await foldAlerts(tenantSql(sql, tenant), own.map(({ fact }) => alertFactOf(fact)).filter((fact) => fact !== undefined)); // prettier-ignore
    await foldLearning(tenantSql(sql, tenant), own.map(({ fact }) => learningFactOf(fact)).filter((fact) => fact !== undefined)); // prettier-ignore
  }
  return { facts };
}
