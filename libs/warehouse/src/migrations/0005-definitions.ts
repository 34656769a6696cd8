import { records } from './0004-records.js';
import { durable } from './fact-columns.js';

/**
 * Each definition that an activity was ever sent with, once, where it was last said: they are merged when read, and the one
 * said last wins. The last place by (recorded, partition, offset) is the same whatever order partitions are folded in; which
 * of them was met first is not, so `activity_definitions` was another after each rebuild.
 *
 * What was there is carried over and stands where it was first said, until the tables are rebuilt.
 */
export const definitions = [
  `CREATE TABLE IF NOT EXISTS sent_definitions (
  tenant LowCardinality(String),
  activity String CODEC(ZSTD(1)),
  definition String CODEC(ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  log_partition UInt16 CODEC(ZSTD(1)),
  log_offset UInt64 CODEC(Delta, ZSTD(1)),
  said UInt128 MATERIALIZED bitShiftLeft(toUInt128(toUnixTimestamp64Milli(recorded_at)), 80) + bitShiftLeft(toUInt128(log_partition), 64) + log_offset CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(said)
ORDER BY (tenant, activity, sipHash64(definition))
SETTINGS index_granularity = 1024, ${durable}`,

  // Gone already where a crash came between the last statement and its entry: the statements are then run again.
  records[2]!,

  `INSERT INTO sent_definitions (tenant, activity, definition, recorded_at, log_partition, log_offset)
SELECT tenant, activity, definition, recorded_at, log_partition, log_offset FROM activity_definitions`,

  'DROP TABLE IF EXISTS activity_definitions',
];
