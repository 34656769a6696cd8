import { type Row, type TableName } from './tables/tables.js';

let offset = 0;

/** Columns of a fact that a test does not care about; each call is the next place of one partition. */
export function factOf(tenant: string, id: string, knownAt: string, logOffset = offset++) {
  return { tenant, id, occurred_at: knownAt, known_at: knownAt, recorded_at: knownAt, log_partition: 0, log_offset: logOffset };
}

/** A statement of a learner in a course, with what the test cares about on top. */
export function statementRow(id: string, learner: string, at: string, over: Partial<Row<'statements'>> = {}): Row<'statements'> {
  return {
    ...factOf('uni', id, at), learner, verb: 'https://verbs/viewed', activity: 'https://lms/page', activity_type: 'https://types/page',
    kind: 'page', action: 'viewed', context: ['https://lms/maths'], registration: '', amount: 1, duration_seconds: null, scaled: null,
    correct: null, refers_to: '', credential: 'lms', xapi: '1.0.3', hash: 'hash', body: '{}', ...over,
  }; // prettier-ignore
}

/** The narrow row of a statement that hands in or marks. */
export function attemptRow(row: Row<'statements'>): Row<'attempts'> {
  const { tenant, activity, learner, id, occurred_at, known_at, recorded_at, log_partition, log_offset } = row;
  const { kind, action, context, scaled, correct, duration_seconds } = row;
  return {
    tenant, activity, learner, id, occurred_at, known_at, recorded_at, log_partition, log_offset, kind, action, context, scaled, correct,
    duration_seconds,
  }; // prettier-ignore
}

export type Rows = { readonly [T in TableName]?: readonly Row<T>[] };
