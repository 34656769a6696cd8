import { durable } from './fact-columns.js';

/** What the record store finds statements by, beside the tables that analytics reads. */
export const records = [
  /*
   * One row for each key that a statement is found by (agent, verb, activity, registration, sender, id, and `*`), sorted by
   * key and then by the order of storing: a page is the next rows of one key, as cheap at page 100 as at the first, and
   * needs no sorting. Further filters are tested by `tags`, the statement's keys as 32 bits each, in the same pass.
   * Small granules, because a page is a hundred rows and each part gives at least a granule.
   */
  `CREATE TABLE IF NOT EXISTS statement_keys (
  tenant LowCardinality(String),
  key String CODEC(ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  log_partition UInt16 CODEC(ZSTD(1)),
  log_offset UInt64 CODEC(Delta, ZSTD(1)),
  id String CODEC(ZSTD(1)),
  tags Array(UInt32) CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
ORDER BY (tenant, key, recorded_at, log_partition, log_offset)
SETTINGS index_granularity = 1024, ${durable}`,

  /* Statements whose object is another statement, sorted by that one: who refers to it is asked for level by level. */
  `CREATE TABLE IF NOT EXISTS statement_refs (
  tenant LowCardinality(String),
  target String CODEC(ZSTD(1)),
  id String CODEC(ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  log_partition UInt16 CODEC(ZSTD(1)),
  log_offset UInt64 CODEC(Delta, ZSTD(1)),
  tags Array(UInt32) CODEC(ZSTD(1)),
  first UInt64 MATERIALIZED 18446744073709551615 - log_offset CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, target, id)
SETTINGS ${durable}`,

  /* Each definition that an activity was ever sent with, once, where it was first said: they are merged when read. */
  `CREATE TABLE IF NOT EXISTS activity_definitions (
  tenant LowCardinality(String),
  activity String CODEC(ZSTD(1)),
  definition String CODEC(ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  log_partition UInt16 CODEC(ZSTD(1)),
  log_offset UInt64 CODEC(Delta, ZSTD(1)),
  first UInt64 MATERIALIZED 18446744073709551615 - log_offset CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, activity, sipHash64(definition))
SETTINGS index_granularity = 1024, ${durable}`,
];
