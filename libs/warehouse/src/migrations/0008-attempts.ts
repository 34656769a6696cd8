import { durable, factColumns } from './fact-columns.js';

/** Which try at its item an answer is, and help that was asked for before it, where platforms say so. */
export const attempts = [
  `ALTER TABLE answers ADD COLUMN IF NOT EXISTS attempt Nullable(UInt32) CODEC(ZSTD(1))`,

  /* Sorted as answers are, because the two are only ever read together. */
  `CREATE TABLE IF NOT EXISTS help_asked (
  tenant LowCardinality(String),
  learner String CODEC(ZSTD(1)),${factColumns},
  activity String CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (tenant, learner, occurred_at, id)
SETTINGS ${durable}`,
];
