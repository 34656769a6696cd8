import { rowsOfKey, scoped } from '../fragments/scoped.js';
import { type Question, type RawRow } from '../question.js';
import { bind, join, literal, moment, nothing, sql, type Sql } from '../sql.js';

/** A statement in the order of storing. */
export interface RecordPlace {
  readonly id: string;
  /** ISO 8601, milliseconds. */
  readonly recordedAt: string;
  readonly partition: number;
  readonly offset: number;
}

/** One filter of a query: any of these keys, with their tags. The first filter of a query leads, so it names few statements. */
export interface RecordFilter {
  readonly keys: readonly string[];
  readonly tags: readonly number[];
}

export interface RecordAsk {
  readonly filters: readonly [RecordFilter, ...RecordFilter[]];
  /** Next offsets of the partitions: what stands at or above them is not seen. */
  readonly below: readonly number[];
  /** Exclusive. */
  readonly since?: string;
  /** Inclusive. */
  readonly until?: string;
  readonly ascending: boolean;
  /** The last place of the page before. */
  readonly after?: RecordPlace;
  readonly limit: number;
}

const toLogPlace = (row: RawRow): Omit<RecordPlace, 'id'> => ({
  recordedAt: new Date(String(row.recorded_at)).toISOString(),
  partition: Number(row.log_partition),
  offset: Number(row.log_offset),
});

const toPlace = (row: RawRow): RecordPlace => ({ id: String(row.id), ...toLogPlace(row) });

const PLACE = literal('id, recorded_at, log_partition, log_offset');

const taggedBy = (filters: readonly RecordFilter[]): Sql =>
  join(
    filters.map(({ tags }) => sql` AND hasAny(tags, ${bind('Array(UInt32)', tags)})`),
    '',
  );

const seenBelow = (below: readonly number[]): Sql => sql` AND log_offset < ${bind('Array(UInt64)', below)}[log_partition + 1]`;

/**
 * The next statements of a query, in the order of storing (ties by place in the log), each place once. Cost: the rows of the
 * leading keys until the page is full; the same at every page.
 */
export function recordPage({ filters, below, since, until, ascending, after, limit }: RecordAsk): Question<RecordPlace> {
  const [lead, ...others] = filters;
  const order = literal(ascending ? 'recorded_at, log_partition, log_offset' : 'recorded_at DESC, log_partition DESC, log_offset DESC');
  const further =
    after === undefined
      ? nothing
      : ascending
        ? sql` AND recorded_at >= ${moment(after.recordedAt)} AND (recorded_at, log_partition, log_offset) > (${moment(after.recordedAt)}, ${bind('UInt16', after.partition)}, ${bind('UInt64', after.offset)})`
        : sql` AND recorded_at <= ${moment(after.recordedAt)} AND (recorded_at, log_partition, log_offset) < (${moment(after.recordedAt)}, ${bind('UInt16', after.partition)}, ${bind('UInt64', after.offset)})`;
  const from = since === undefined ? nothing : sql` AND recorded_at > ${moment(since)}`;
  const to = until === undefined ? nothing : sql` AND recorded_at <= ${moment(until)}`;
  const top = bind('UInt32', limit);
  const pages = lead.keys.map((key) => {
    const where = sql`key = ${bind('String', key)}${seenBelow(below)}${from}${to}${further}${taggedBy(others)}`;
    // Read in the order of the sort key: the engine stops when it has enough. A place that stands there twice costs a row.
    return sql`(${rowsOfKey(PLACE, where)} ORDER BY ${order} LIMIT ${top})`;
  });
  return {
    name: 'recordPage',
    sql: sql`SELECT DISTINCT ${PLACE} FROM (${join(pages, ' UNION ALL ')}) ORDER BY ${order} LIMIT ${top}`,
    answer: toPlace,
  };
}

/** A statement that refers to another. `tags` are its own. */
export interface RecordReference extends RecordPlace {
  readonly target: string;
  readonly tags: readonly number[];
}

const toReference = (row: RawRow): RecordReference => ({ ...toPlace(row), target: String(row.target), tags: row.tags as number[] });

/** Who refers to any of these statements. */
export function referencesTo(targets: readonly string[], below: readonly number[]): Question<RecordReference> {
  return {
    name: 'referencesTo',
    sql: sql`SELECT target, ${PLACE}, tags FROM ${scoped('statement_refs', {}, sql` AND target IN ${bind('Array(String)', targets)}${seenBelow(below)}`)}`,
    answer: toReference,
  };
}

/** Statements that refer to another and stand between two places of each partition, at most so many. */
export function referencesBetween(from: readonly number[], below: readonly number[], limit: number): Question<RecordReference> {
  const since = sql` AND log_offset >= ${bind('Array(UInt64)', from)}[log_partition + 1]`;
  return {
    name: 'referencesBetween',
    sql: sql`SELECT target, ${PLACE}, tags FROM ${scoped('statement_refs', {}, sql`${since}${seenBelow(below)}`)} LIMIT ${bind('UInt32', limit)}`,
    answer: toReference,
  };
}

/** Where statements stand, with their tags, by their ids. Those that are not stored are left out; one that was folded twice comes twice. */
export function taggedAmong(ids: readonly string[], below: readonly number[]): Question<Omit<RecordReference, 'target'>> {
  const where = sql`key IN ${bind('Array(String)', ids.map((id) => `i:${id}`))}${seenBelow(below)}`; // prettier-ignore
  return {
    name: 'taggedAmong',
    sql: rowsOfKey(sql`${PLACE}, tags`, where),
    answer: (row) => ({ ...toPlace(row), tags: row.tags as number[] }),
  };
}

/** Statements that some other refers to, at most so many. */
export function referredTo(below: readonly number[], limit: number): Question<string> {
  return {
    name: 'referredTo',
    sql: sql`SELECT DISTINCT target FROM ${scoped('statement_refs', {}, seenBelow(below))} LIMIT ${bind('UInt32', limit)}`,
    answer: (row) => String(row.target),
  };
}

/**
 * Which of these statements pass all filters. Filters are tested by tags, which is right but for one in four thousand million.
 *
 * @param ids bound one by one, so that the engine finds each in the sort key; `all` stands for all that some other refers to
 */
export function matchingAmong(
  filters: readonly RecordFilter[],
  below: readonly number[],
  ids: readonly string[] | 'all',
): Question<string> {
  const keys =
    ids === 'all'
      ? sql`(SELECT concat('i:', target) FROM ${scoped('statement_refs', {}, seenBelow(below))})`
      : sql`${bind('Array(String)', ids.map((id) => `i:${id}`))}`; // prettier-ignore
  const where = sql`key IN ${keys}${seenBelow(below)}${taggedBy(filters)}`;
  return { name: 'matchingAmong', sql: rowsOfKey(literal('DISTINCT id'), where), answer: (row) => String(row.id) };
}

/** A definition as JSON, as it was once sent with an activity, and where it was last sent so. */
export interface SentDefinition extends Omit<RecordPlace, 'id'> {
  readonly activity: string;
  readonly definition: string;
}

/** Definitions of activities, in no order. */
export function sentDefinitions(activities: readonly string[]): Question<SentDefinition> {
  return {
    name: 'sentDefinitions',
    sql: sql`SELECT activity, definition, recorded_at, log_partition, log_offset
      FROM ${scoped('sent_definitions', {}, sql` AND activity IN ${bind('Array(String)', activities)}`)}`,
    answer: (row) => ({ ...toLogPlace(row), activity: String(row.activity), definition: String(row.definition) }),
  };
}
