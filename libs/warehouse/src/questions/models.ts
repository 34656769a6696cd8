import { type FactNamed } from '@pharos/facts';
import { scoped } from '../fragments/scoped.js';
import { type Question, type View } from '../question.js';
import { bind, nothing, sql } from '../sql.js';

const modelFacts = ['ModelTrained', 'ModelPromoted', 'ModelRejected', 'ModelObserved', 'InputsWatched', 'SelectionAudited'] as const;
type ModelFactType = (typeof modelFacts)[number];

/** A fact about a model, newest first. `data` is the fact's own. */
export type ModelEntry = {
  [T in ModelFactType]: { readonly id: string; readonly type: T; readonly at: string; readonly data: FactNamed<T>['data'] };
}[ModelFactType];

/** What happened to models: trained, promoted, rejected, observed; of one model where its hash is given. */
export function modelHistory(ask: View & { readonly model?: string; readonly type?: ModelFactType } = {}): Question<ModelEntry> {
  const only = ask.model === undefined ? nothing : sql` AND model = ${bind('String', ask.model)}`;
  const ofType = sql` AND type IN ${bind('Array(String)', ask.type === undefined ? modelFacts : [ask.type])}`;
  return {
    name: 'modelHistory',
    sql: sql`SELECT id, type, recorded_at, body FROM ${scoped('models', ask, sql`${only}${ofType}`)} ORDER BY recorded_at DESC, id`,
    answer: (row) =>
      ({ id: String(row.id), type: row.type, at: String(row.recorded_at), data: JSON.parse(String(row.body)) as unknown }) as ModelEntry,
  };
}

/** The latest look at fair practice. It is of no model, so `modelHistory` does not have it. */
export function latestPracticeAudit(view: View = {}): Question<FactNamed<'PracticeAudited'>['data']> {
  return {
    name: 'latestPracticeAudit',
    sql: sql`SELECT body FROM ${scoped('models', view, sql` AND type = 'PracticeAudited'`)} ORDER BY recorded_at DESC, id LIMIT 1`,
    answer: (row) => JSON.parse(String(row.body)) as FactNamed<'PracticeAudited'>['data'],
  };
}

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly data: FactNamed<'FairnessAudited'>['data'];
}

/** Fairness audits, newest first; of one model where its hash is given. */
export function audits(ask: View & { readonly model?: string } = {}): Question<AuditEntry> {
  const only = ask.model === undefined ? nothing : sql` AND model = ${bind('String', ask.model)}`;
  return {
    name: 'audits',
    sql: sql`SELECT id, recorded_at, body FROM ${scoped('audits', ask, only)} ORDER BY recorded_at DESC, id`,
    answer: (row) => ({
      id: String(row.id),
      at: String(row.recorded_at),
      data: JSON.parse(String(row.body)) as FactNamed<'FairnessAudited'>['data'],
    }),
  };
}
