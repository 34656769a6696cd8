import { durable } from './fact-columns.js';

/**
 * Masteries in small pieces: a learner has some hundreds of them, and a class is some learners who lie far from each other. With granules of 8,192 rows and
 * blocks of 64 kB each of them cost a granule of others to read and unpack in thirteen columns (a class of 35 took the engine 2.5 times as much CPU;
 * ADR 0070). Of a table of 500,000 rows it takes no more room. Neither can be altered in place, and rows
 * that a running fold writes while others are copied would be lost, so only an empty table is exchanged; one with rows gets its pieces by a rebuild.
 */
export const fineMasteries = [
  `DROP TABLE IF EXISTS fine_masteries`,

  `CREATE TABLE IF NOT EXISTS fine_masteries (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),
  skill LowCardinality(String),
  probability Float64 CODEC(ZSTD(1)),
  low Float64 CODEC(ZSTD(1)),
  high Float64 CODEC(ZSTD(1)),
  evidence UInt32 CODEC(ZSTD(1)),
  trend Float64 CODEC(ZSTD(1)),
  run UInt32 CODEC(ZSTD(1)),
  last_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  stability Float64 CODEC(ZSTD(1)),
  difficulty Float64 CODEC(ZSTD(1)),
  review_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  version LowCardinality(String)
) ENGINE = ReplacingMergeTree
ORDER BY (tenant, learner, skill)
SETTINGS index_granularity = 512, min_compress_block_size = 2048, max_compress_block_size = 16384, ${durable}`,

  `EXCHANGE TABLES masteries AND fine_masteries`,

  `DROP TABLE IF EXISTS fine_masteries`,
];
