import { durable, factColumns } from './fact-columns.js';

/** Graded answers, what items stand for, and what each learner knows by them. */
export const knowledge = [
  /*
   * Graded answers alone, sorted by learner: what somebody knows is worked out again from all of their answers whenever one is
   * touched, and `attempts`, which is sorted by activity, would be read whole for it. Voids apply by id.
   * `skills` are those that the statement itself names; a placement of its item goes before them.
   */
  `CREATE TABLE IF NOT EXISTS answers (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),${factColumns},
  activity String CODEC(ZSTD(1)),
  skills Array(LowCardinality(String)) CODEC(ZSTD(1)),
  correct UInt8,
  duration_seconds Nullable(Float64) CODEC(ZSTD(1)),
  hints Nullable(UInt32) CODEC(ZSTD(1)),
  INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 4
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, learner, occurred_at, id)
SETTINGS ${durable}`,

  /* Few, edited by people, read whole by the fold. */
  `CREATE TABLE IF NOT EXISTS item_placements (
  tenant LowCardinality(String),
  item String CODEC(ZSTD(1)),
  prefix UInt8,
  holds_from DateTime64(3, 'UTC'),${factColumns},
  skills Array(String) CODEC(ZSTD(1)),
  subject LowCardinality(String),
  difficulty Float64 CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, item, prefix, holds_from, id)
SETTINGS ${durable}`,

  `CREATE TABLE IF NOT EXISTS knowledge_versions (
  tenant LowCardinality(String),
  subject LowCardinality(String),
  holds_from DateTime64(3, 'UTC'),${factColumns},
  model String,
  kind LowCardinality(String),
  body String CODEC(ZSTD(3))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, subject, holds_from, id)
SETTINGS ${durable}`,

  /*
   * What is known of each learner and skill, by canonical learner. Worked out again from the learner's live answers whenever one
   * of them, a link or a placement is touched; the row inserted last wins (one writer), and what is no more is a row without evidence.
   */
  `CREATE TABLE IF NOT EXISTS masteries (
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
SETTINGS ${durable}`,

  `ALTER TABLE mastery ADD COLUMN IF NOT EXISTS level LowCardinality(String) CODEC(ZSTD(1))`,
];
