import { type FactNamed } from '@pharos/facts';
import { bind, type Question, scoped, sql } from '@pharos/warehouse';

/** A fact about a model as the log has it; `body` is its data. */
export type ModelFact = {
  [T in 'ModelTrained' | 'ModelPromoted' | 'ModelRejected' | 'ModelObserved']: {
    readonly type: T;
    readonly at: string;
    readonly data: FactNamed<T>['data'];
  };
}['ModelTrained' | 'ModelPromoted' | 'ModelRejected' | 'ModelObserved'];

const isoOf = (milliseconds: unknown): string => new Date(Number(milliseconds)).toISOString();

/** Everything that the log says about models (few facts), oldest first. Learned values are left out: they are large. */
export function modelFacts(): Question<ModelFact> {
  return {
    name: 'model-facts',
    sql: sql`SELECT type, toUnixTimestamp64Milli(known_at) AS at, body FROM ${scoped('models')} ORDER BY known_at, log_offset`,
    answer: (row) => ({ type: row.type, at: isoOf(row.at), data: JSON.parse(String(row.body)) as unknown }) as ModelFact,
  };
}

/** When each model was trained: model, as of. */
export function modelsTrained(): Question<{ readonly model: string; readonly asOf: string }> {
  return {
    name: 'models-trained',
    sql: sql`SELECT model, JSONExtractString(body, 'asOf') AS as_of FROM ${scoped('models')} WHERE type = 'ModelTrained' ORDER BY model`,
    answer: (row) => ({ model: String(row.model), asOf: String(row.as_of) }),
  };
}

/** Audits, newest first. @param before only those as of an earlier moment (milliseconds, then model), for the next page */
export function audits(page: {
  readonly limit: number;
  readonly before?: { readonly at: number; readonly model: string } | undefined;
  readonly model?: string;
}): Question<FactNamed<'FairnessAudited'>['data']> {
  const after = page.before
    ? sql`(toUnixTimestamp64Milli(as_of), model) < (${bind('Int64', String(page.before.at))}, ${bind('String', page.before.model)})`
    : sql`1`;
  const model = page.model === undefined ? sql`1` : sql`model = ${bind('String', page.model)}`;
  return {
    name: 'audits',
    sql: sql`SELECT body FROM ${scoped('audits')} WHERE ${after} AND ${model} ORDER BY as_of DESC, model DESC LIMIT ${bind('UInt32', page.limit)}`,
    answer: (row) => JSON.parse(String(row.body)) as FactNamed<'FairnessAudited'>['data'],
  };
}
