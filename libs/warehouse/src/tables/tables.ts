import { type Columns, factColumns, type RowOf } from './column-types.js';

const lc = 'LowCardinality(String)';
const time = "DateTime64(3, 'UTC')";
const score = 'Nullable(Float64)';
const flag = 'Nullable(UInt8)';
/** Where a statement stands in the order of storing. */
const place = { recorded_at: time, log_partition: 'UInt16', log_offset: 'UInt64' } as const;

/**
 * The columns that the fold writes, by table, in the order in which they are encoded. Computed columns are left out.
 * A test holds this against what the migrations made.
 */
export const tables = {
  statements: {
    tenant: lc, learner: 'String', ...factColumns, verb: lc, activity: 'String', activity_type: lc, kind: lc, action: lc,
    context: 'Array(String)', registration: 'String', amount: 'Float64', duration_seconds: score, scaled: score, correct: flag,
    refers_to: 'String', credential: lc, xapi: lc, hash: 'String', body: 'String',
  },
  keyed_statements: { tenant: lc, keys: 'Array(String)', ...place, id: 'String', tags: 'Array(UInt32)' },
  statement_refs: { tenant: lc, target: 'String', id: 'String', ...place, tags: 'Array(UInt32)' },
  sent_definitions: { tenant: lc, activity: 'String', definition: 'String', ...place },
  voids: { tenant: lc, ...factColumns, target: 'String', voider: 'String' },
  contexts: { tenant: lc, context: 'Array(String)' },
  attempts: {
    tenant: lc, activity: 'String', learner: 'String', ...factColumns, kind: lc, action: lc, context: 'Array(String)',
    scaled: score, correct: flag, duration_seconds: score,
  },
  activity_summaries: {
    tenant: lc, class: 'String', learner: 'String', period: lc, from_day: 'Date32', to_day: 'Date32', ...factColumns,
    events: 'UInt64', amount: 'Float64',
  },
  classes: {
    tenant: lc, class: 'String', title: 'String', course: lc, course_title: lc, school: lc, school_title: lc, term: lc,
    start_day: 'Date32', end_day: 'Date32', iris: 'Array(String)', ...factColumns,
  },
  calendars: {
    tenant: lc, school: lc, time_zone: lc, weekdays: 'Array(UInt8)', terms: 'String', holidays: 'Array(Date32)', ...factColumns,
  },
  enrolments: {
    tenant: lc, class: 'String', learner: 'String', registered_on: 'Nullable(Date32)', previous_attempts: 'Nullable(UInt32)',
    credits: score, ...factColumns,
  },
  withdrawals: { tenant: lc, class: 'String', learner: 'String', withdrawn_on: 'Date32', reason: lc, ...factColumns },
  work: {
    tenant: lc, class: 'String', work: 'String', title: 'String', kind: lc, due_on: 'Nullable(Date32)', weight: 'Float64', ...factColumns,
  },
  attendance: { tenant: lc, learner: 'String', marked_on: 'Date32', school: lc, class: 'String', status: lc, ...factColumns },
  incidents: { tenant: lc, learner: 'String', happened_on: 'Date32', school: lc, severity: lc, ...factColumns },
  grades: {
    tenant: lc, class: 'String', learner: 'String', reported_on: 'Date32', percent: 'Float64', passing: 'UInt8', ...factColumns,
  },
  attributes: { tenant: lc, learner: 'String', attribute: lc, class: 'String', value: lc, protected: 'UInt8', ...factColumns },
  accommodations: {
    tenant: lc, learner: 'String', class: 'String', work: 'String', time_factor: score, extra_days: 'Nullable(Int32)', ...factColumns,
  },
  outcomes: { tenant: lc, class: 'String', learner: 'String', outcome: lc, decided_on: 'Date32', ...factColumns },
  counselors: { tenant: lc, learner: 'String', counselor: 'String', school: lc, active: 'UInt8', ...factColumns },
  teachers: { tenant: lc, class: 'String', teacher: 'String', active: 'UInt8', ...factColumns },
  learner_links: { tenant: lc, learner: 'String', canonical: 'String', linked: 'UInt8', because: 'String', ...factColumns },
  scores: {
    tenant: lc, target: lc, class: 'String', learner: 'String', as_of: time, ...factColumns, term: lc, week: 'Int32', model: lc,
    recipe: lc, log_odds: 'Float64', probability: 'Float64', raw: 'Float64', intercept: 'Float64', contributions: 'String',
    held_out: 'String', positions: 'String',
  },
  mastery: {
    tenant: lc, learner: 'String', skill: lc, as_of: time, ...factColumns, model: lc, estimate: 'Float64', low: 'Float64',
    high: 'Float64', evidence: 'UInt32', level: lc,
  },
  answers: {
    tenant: lc, learner: 'String', ...factColumns, activity: 'String', skills: 'Array(LowCardinality(String))', correct: 'UInt8',
    duration_seconds: score, hints: 'Nullable(UInt32)', attempt: 'Nullable(UInt32)',
  },
  help_asked: { tenant: lc, learner: 'String', ...factColumns, activity: 'String' },
  item_placements: {
    tenant: lc, item: 'String', prefix: 'UInt8', holds_from: time, ...factColumns, skills: 'Array(String)', subject: lc, difficulty: 'Float64',
  },
  knowledge_versions: { tenant: lc, subject: lc, holds_from: time, ...factColumns, model: 'String', kind: lc, body: 'String' },
  masteries: {
    tenant: lc, learner: 'String', skill: lc, probability: 'Float64', low: 'Float64', high: 'Float64', evidence: 'UInt32', trend: 'Float64',
    run: 'UInt32', last_at: time, stability: 'Float64', difficulty: 'Float64', review_at: time, version: lc,
  },
  models: { tenant: lc, model: 'String', type: lc, recipe: lc, target: lc, ...factColumns, body: 'String' },
  audits: { tenant: lc, model: 'String', recipe: lc, target: lc, as_of: time, ...factColumns, body: 'String' },
  alert_facts: { tenant: lc, alert: 'String', type: lc, learner: 'String', ...factColumns, body: 'String' },
  governance_facts: { tenant: lc, type: lc, learner: 'String', ...factColumns, body: 'String' },
  dead_letters: {
    tenant: lc, ...factColumns, source: lc, place: 'String', step: lc, reason: 'String', bytes: 'String', sealed: 'UInt8',
  },
} as const satisfies Readonly<Record<string, Columns>>; // prettier-ignore

export type TableName = keyof typeof tables;

/** A row of a table, as the fold writes it. */
export type Row<T extends TableName = TableName> = { [N in T]: RowOf<(typeof tables)[N]> }[T];

/** Tables that rows are only sent through: each fills another, and holds none itself. */
export const inletNames = ['keyed_statements'] as const satisfies readonly TableName[];

/** Tables that are filled from others and never written row by row. */
export const rollUpNames = ['statement_keys', 'activity_days', 'activity_weeks'] as const;

/** A table that keeps the rows that are written into it. */
export type KeptTable = Exclude<TableName, (typeof inletNames)[number]>;

export type StoredTable = KeptTable | (typeof rollUpNames)[number];

/** Every table that holds rows. */
export const storedTables: readonly StoredTable[] = [
  ...(Object.keys(tables) as readonly TableName[]).filter((name) => !inletNames.some((inlet) => inlet === name)),
  ...rollUpNames,
] as readonly StoredTable[];
