import { durable, factColumns } from './fact-columns.js';

/** A table of roster facts: every fact is kept (questions as of a day need the old ones), once, sorted by what it is about. */
function rosterTable(name: string, key: readonly string[], columns: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (
  tenant LowCardinality(String),
${columns},${factColumns}
) ENGINE = ReplacingMergeTree(first)
ORDER BY (${['tenant', ...key, 'id'].join(', ')})
SETTINGS ${durable}`;
}

/*
 * Sort keys: class before learner where dashboards and features go through classes (enrolments, work, grades, outcomes);
 * learner first where a learner may have no class (attributes, accommodations, attendance, incidents, counselors, links).
 * `id` last makes the key one of facts. These tables are small beside statements, so ZSTD(1) throughout: cheap and tight.
 */
export const rosters = [
  rosterTable('classes', ['class'], `  class String CODEC(ZSTD(1)),
  title String CODEC(ZSTD(1)),
  course LowCardinality(String),
  course_title LowCardinality(String),
  school LowCardinality(String),
  school_title LowCardinality(String),
  term LowCardinality(String),
  start_day Date32,
  end_day Date32,
  iris Array(String) CODEC(ZSTD(1))`),
  rosterTable('calendars', ['school'], `  school LowCardinality(String),
  time_zone LowCardinality(String),
  weekdays Array(UInt8),
  terms String CODEC(ZSTD(1)),
  holidays Array(Date32)`),
  rosterTable('enrolments', ['class', 'learner'], `  class String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),
  registered_on Nullable(Date32) CODEC(ZSTD(1)),
  previous_attempts Nullable(UInt32) CODEC(ZSTD(1)),
  credits Nullable(Float64) CODEC(ZSTD(1))`),
  rosterTable('withdrawals', ['class', 'learner'], `  class String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),
  withdrawn_on Date32 CODEC(ZSTD(1)),
  reason LowCardinality(String)`),
  rosterTable('work', ['class', 'work'], `  class String CODEC(ZSTD(1)),
  work String CODEC(ZSTD(1)),
  title String CODEC(ZSTD(1)),
  kind LowCardinality(String),
  due_on Nullable(Date32) CODEC(ZSTD(1)),
  weight Float64 CODEC(ZSTD(1))`),
  rosterTable('attendance', ['learner', 'marked_on'], `  learner String CODEC(ZSTD(1)),
  marked_on Date32 CODEC(Delta, ZSTD(1)),
  school LowCardinality(String),
  class String CODEC(ZSTD(1)),
  status LowCardinality(String)`),
  rosterTable('incidents', ['learner', 'happened_on'], `  learner String CODEC(ZSTD(1)),
  happened_on Date32 CODEC(Delta, ZSTD(1)),
  school LowCardinality(String),
  severity LowCardinality(String)`),
  rosterTable('grades', ['class', 'learner', 'reported_on'], `  class String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),
  reported_on Date32 CODEC(Delta, ZSTD(1)),
  percent Float64 CODEC(ZSTD(1)),
  passing UInt8`),
  rosterTable('attributes', ['learner', 'attribute', 'class'], `  learner String CODEC(ZSTD(1)),
  attribute LowCardinality(String),
  class String CODEC(ZSTD(1)),
  value LowCardinality(String),
  protected UInt8`),
  rosterTable('accommodations', ['learner', 'class', 'work'], `  learner String CODEC(ZSTD(1)),
  class String CODEC(ZSTD(1)),
  work String CODEC(ZSTD(1)),
  time_factor Nullable(Float64) CODEC(ZSTD(1)),
  extra_days Nullable(Int32) CODEC(ZSTD(1))`),
  rosterTable('outcomes', ['class', 'learner'], `  class String CODEC(ZSTD(1)),
  learner String CODEC(ZSTD(1)),
  outcome LowCardinality(String),
  decided_on Date32 CODEC(ZSTD(1))`),
  rosterTable('counselors', ['learner', 'counselor'], `  learner String CODEC(ZSTD(1)),
  counselor String CODEC(ZSTD(1)),
  school LowCardinality(String),
  active UInt8`),
  rosterTable('teachers', ['class', 'teacher'], `  class String CODEC(ZSTD(1)),
  teacher String CODEC(ZSTD(1)),
  active UInt8`),
  rosterTable('learner_links', ['learner', 'canonical'], `  learner String CODEC(ZSTD(1)),
  canonical String CODEC(ZSTD(1)),
  linked UInt8,
  because String CODEC(ZSTD(1))`),
]; // prettier-ignore
