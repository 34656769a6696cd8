import { durable, factColumns } from './fact-columns.js';

/** Statements and what is derived from them: voids, contexts, attempts, totals, and activity per learner and day. */
export const statements = [
  /*
   * Sorted by learner, then time: a learner's page, features and roll-ups read whole learners in time order, neighbours
   * compress well (same verbs, same course, small steps of time), and the record store pages through time.
   * No partitions: `occurred_at` is the source's word, and a batch with dates of a hundred years would be refused.
   * `body` under ZSTD(1) is 36 % smaller than under LZ4 at the same speed of insert; ZSTD(3) gains 6 % more for a slower one.
   * The bloom filter finds one statement by its id without its learner (cluster; embedded answers from the log).
   * The hash of the context stands for it in joins and roll-ups: see `contexts`.
   */
  `CREATE TABLE IF NOT EXISTS statements (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),${factColumns},
  verb LowCardinality(String),
  activity String CODEC(ZSTD(1)),
  activity_type LowCardinality(String),
  kind LowCardinality(String),
  action LowCardinality(String),
  context Array(String) CODEC(ZSTD(1)),
  context_id UInt64 MATERIALIZED cityHash64(context) CODEC(ZSTD(1)),
  registration String CODEC(ZSTD(1)),
  amount Float64 CODEC(ZSTD(1)),
  duration_seconds Nullable(Float64) CODEC(ZSTD(1)),
  scaled Nullable(Float64) CODEC(ZSTD(1)),
  correct Nullable(UInt8) CODEC(ZSTD(1)),
  refers_to String CODEC(ZSTD(1)),
  credential LowCardinality(String),
  xapi LowCardinality(String),
  hash String CODEC(ZSTD(1)),
  body String CODEC(ZSTD(1)),
  INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 4
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, learner, occurred_at, id)
SETTINGS ${durable}`,

  /* Sorted by target: the only question is whether a statement was taken back. */
  `CREATE TABLE IF NOT EXISTS voids (
  tenant LowCardinality(String),${factColumns},
  target String CODEC(ZSTD(1)),
  voider String CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, target, id)
SETTINGS ${durable}`,

  /*
   * Each context that ever stood in a statement, once. Which class a context means is asked of the classes when it is
   * read, because classes come on another topic in any order: a few contexts are resolved, not a million statements.
   */
  `CREATE TABLE IF NOT EXISTS contexts (
  tenant LowCardinality(String),
  context Array(String) CODEC(ZSTD(1)),
  context_id UInt64 MATERIALIZED cityHash64(context)
) ENGINE = ReplacingMergeTree
ORDER BY (tenant, context_id)
SETTINGS ${durable}`,

  /*
   * What was handed in, answered or marked, without bodies: a tenth of the statements, sorted by what was worked on, so
   * that hand-in rates and marks never touch the rest. A table and not a view, because the order of the key differs.
   * Voids apply to it by id, as they do to statements.
   */
  `CREATE TABLE IF NOT EXISTS attempts (
  tenant LowCardinality(String),
  activity String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),${factColumns},
  kind LowCardinality(String),
  action LowCardinality(String),
  context Array(String) CODEC(ZSTD(1)),
  context_id UInt64 MATERIALIZED cityHash64(context) CODEC(ZSTD(1)),
  scaled Nullable(Float64) CODEC(ZSTD(1)),
  correct Nullable(UInt8) CODEC(ZSTD(1)),
  duration_seconds Nullable(Float64) CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, activity, learner, occurred_at, id)
SETTINGS ${durable}`,

  /* A later total of the same name and start replaces an earlier one when read; both are kept for questions as of a day. */
  `CREATE TABLE IF NOT EXISTS activity_summaries (
  tenant LowCardinality(String),
  class String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),
  period LowCardinality(String),
  from_day Date32 CODEC(ZSTD(1)),
  to_day Date32 CODEC(ZSTD(1)),${factColumns},
  events UInt64 CODEC(ZSTD(1)),
  amount Float64 CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, class, learner, period, from_day, id)
SETTINGS ${durable}`,

  /*
   * Activity per learner and UTC day, computed again from the live statements whenever one of them is touched. The row
   * inserted last wins (one writer), and a day that became empty is a row of zeros.
   * Sorted by learner and day, because that is how it is computed again while statements stream in. The credential is in
   * the key so that the volume of each source can be read from here: a source that fell to nothing is not silent learners.
   */
  `CREATE TABLE IF NOT EXISTS activity_days (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),
  day Date32 CODEC(Delta, ZSTD(1)),
  context_id UInt64 CODEC(ZSTD(1)),
  kind LowCardinality(String),
  credential LowCardinality(String),
  events UInt32 CODEC(ZSTD(1)),
  amount Float64 CODEC(ZSTD(1)),
  seconds Float64 CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
ORDER BY (tenant, learner, day, context_id, kind, credential)
SETTINGS ${durable}`,

  /*
   * In which weeks a learner was active, as bits: 64 weeks (an era) a row, week 0 beginning on Monday 29 December 1969.
   * The overview of a year then reads a row or two per learner and context, where the days would be a hundred times as many.
   * Computed from activity_days, in the same way and at the same time.
   */
  `CREATE TABLE IF NOT EXISTS activity_weeks (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),
  context_id UInt64 CODEC(ZSTD(1)),
  era UInt16 CODEC(ZSTD(1)),
  weeks UInt64 CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
ORDER BY (tenant, learner, context_id, era)
SETTINGS ${durable}`,
];
