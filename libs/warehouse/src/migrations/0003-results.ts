import { durable, factColumns } from './fact-columns.js';

/** What jobs worked out, what people did about it, and what could not be folded. JSON columns are read whole by id, so ZSTD(3). */
export const results = [
  /*
   * Sorted by target and class, then learner and time: a class's scores are drawn together, and the latest of a learner
   * stand beside each other.
   */
  `CREATE TABLE IF NOT EXISTS scores (
  tenant LowCardinality(String),
  target LowCardinality(String),
  class String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),
  as_of DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),${factColumns},
  term LowCardinality(String),
  week Int32 CODEC(ZSTD(1)),
  model LowCardinality(String),
  recipe LowCardinality(String),
  log_odds Float64 CODEC(ZSTD(1)),
  probability Float64 CODEC(ZSTD(1)),
  raw Float64 CODEC(ZSTD(1)),
  intercept Float64 CODEC(ZSTD(1)),
  contributions String CODEC(ZSTD(3)),
  held_out String CODEC(ZSTD(3)),
  positions String CODEC(ZSTD(3)),
  INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 4
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, target, class, learner, as_of, id)
SETTINGS ${durable}`,

  /* Sorted by learner and skill: asked for one learner, or a class's learners, skill by skill. */
  `CREATE TABLE IF NOT EXISTS mastery (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),
  skill LowCardinality(String),
  as_of DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),${factColumns},
  model LowCardinality(String),
  estimate Float64 CODEC(ZSTD(1)),
  low Float64 CODEC(ZSTD(1)),
  high Float64 CODEC(ZSTD(1)),
  evidence UInt32 CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, learner, skill, as_of, id)
SETTINGS ${durable}`,

  /* ModelTrained, ModelPromoted, ModelRejected and ModelObserved: few, read by recipe in order of time. */
  `CREATE TABLE IF NOT EXISTS models (
  tenant LowCardinality(String),
  model String,
  type LowCardinality(String),
  recipe LowCardinality(String),
  target LowCardinality(String),${factColumns},
  body String CODEC(ZSTD(3))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, model, type, id)
SETTINGS ${durable}`,

  `CREATE TABLE IF NOT EXISTS audits (
  tenant LowCardinality(String),
  model String,
  recipe LowCardinality(String),
  target LowCardinality(String),
  as_of DateTime64(3, 'UTC'),${factColumns},
  body String CODEC(ZSTD(3))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, model, id)
SETTINGS ${durable}`,

  /* The history of alerts for reports; the counselors' own list is a read table of the registry. */
  `CREATE TABLE IF NOT EXISTS alert_facts (
  tenant LowCardinality(String),
  alert String CODEC(ZSTD(1)),
  type LowCardinality(String),
  learner String CODEC(ZSTD(1)),${factColumns},
  body String CODEC(ZSTD(3))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, alert, id)
SETTINGS ${durable}`,

  `CREATE TABLE IF NOT EXISTS governance_facts (
  tenant LowCardinality(String),
  type LowCardinality(String),
  learner String CODEC(ZSTD(1)),${factColumns},
  body String CODEC(ZSTD(3))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, type, learner, id)
SETTINGS ${durable}`,

  /* Newest first is the order of the page, so the key begins with the time; the reason is what people look for. */
  `CREATE TABLE IF NOT EXISTS dead_letters (
  tenant LowCardinality(String),${factColumns},
  source LowCardinality(String),
  place String CODEC(ZSTD(1)),
  step LowCardinality(String),
  reason String CODEC(ZSTD(1)),
  bytes String CODEC(ZSTD(3)),
  sealed UInt8
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, occurred_at, id)
SETTINGS ${durable}`,
];
