import { type Fact, topicOf } from '@pharos/facts';
import { evolveLearning, type LearningRecord, type LearningRefusal, recordOf, refuseLearning } from './evolve-learning.js';
import { type LearningKind, learningSteps, type LearningStatus, type NewLearningFact } from './learning-steps.js';
import { toOutbox } from './outbox.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

export type LearningOutcome =
  | { readonly ok: true; readonly records: readonly LearningRecord[] }
  | { readonly ok: false; readonly code: LearningRefusal; readonly reason: string; readonly record: LearningRecord | undefined }
  /** It was changed since the version that the caller saw. */
  | { readonly ok: false; readonly code: 'conflict'; readonly reason: string; readonly record: LearningRecord };

export interface LearningFilter {
  /** Canonical tokens; records of tokens that are linked with one of them count as well. */
  readonly learners?: readonly string[];
  readonly classes?: readonly string[];
  readonly statuses?: readonly LearningStatus[];
  /** Changed at or after this moment. */
  readonly since?: string;
}

/** What people decide about learning: facts in, records out. */
export interface LearningRecords {
  /**
   * Decides facts in one transaction that locks their records and writes records, history and outbox: all of them or none.
   * A fact that was taken before changes nothing and is no refusal.
   *
   * @param expectedVersion of the record of the first fact, as its author saw it
   */
  record(facts: readonly NewLearningFact[], expectedVersion?: number): Promise<LearningOutcome>;
  get<Kind extends LearningKind>(kind: Kind, id: string): Promise<LearningRecord<Kind> | undefined>;
  /** Latest change first. @param limit at most 1,000, the default */
  list<Kind extends LearningKind>(kind: Kind, filter: LearningFilter, limit?: number): Promise<readonly LearningRecord<Kind>[]>;
  /** Those of the ids under which there is a record. */
  among(kind: LearningKind, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What happened, oldest first. */
  history(kind: LearningKind, id: string): Promise<readonly NewLearningFact[]>;
}

export function createLearningRecords(database: TenantDatabase): LearningRecords {
  return {
    record: (facts, expectedVersion) => database.transaction((sql) => decide(sql, facts, expectedVersion)),
    async get<Kind extends LearningKind>(kind: Kind, id: string) {
      const [row] = await database.query<{ state: LearningRecord<Kind> }>(
        'SELECT state FROM learning_records WHERE tenant = $1 AND kind = $2 AND id = $3',
        [kind, id],
      );
      return row?.state;
    },
    async list<Kind extends LearningKind>(kind: Kind, { learners, classes, statuses, since }: LearningFilter, limit = 1_000) {
      const rows = await database.query<{ state: LearningRecord<Kind> }>(
        `SELECT state FROM learning_records WHERE tenant = $1 AND kind = $2
           AND ($3::text[] IS NULL OR learner IN (SELECT unnest($3::text[]) UNION
             SELECT learner FROM learner_links WHERE tenant = $1 AND canonical = ANY($3) AND active))
           AND ($4::text[] IS NULL OR class = ANY($4)) AND ($5::text[] IS NULL OR status = ANY($5))
           AND ($6::timestamptz IS NULL OR changed_at >= $6) ORDER BY changed_at DESC, id LIMIT $7`,
        [kind, learners ?? null, classes ?? null, statuses ?? null, since ?? null, Math.min(limit, 1_000)],
      );
      return rows.map(({ state }) => state);
    },
    async among(kind, ids) {
      if (ids.length === 0) return new Set();
      const rows = await database.query<{ id: string }>(
        'SELECT id FROM learning_records WHERE tenant = $1 AND kind = $2 AND id = ANY($3)',
        [kind, ids],
      );
      return new Set(rows.map(({ id }) => id));
    },
    async history(kind, id) {
      const rows = await database.query<{ fact: NewLearningFact }>(
        'SELECT fact FROM learning_history WHERE tenant = $1 AND kind = $2 AND id = $3 ORDER BY version',
        [kind, id],
      );
      return rows.map(({ fact }) => fact);
    },
  };
}

type Records = Map<string, LearningRecord>;
interface Line {
  readonly record: LearningRecord;
  readonly fact: NewLearningFact;
}
const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}/${id}`;

async function decide(sql: TenantSql, facts: readonly NewLearningFact[], expectedVersion?: number): Promise<LearningOutcome> {
  const { records, taken } = await lock(sql, facts);
  const lines: Line[] = [];
  for (const [index, fact] of facts.entries()) {
    const key = keyOf(recordOf(fact));
    const state = records.get(key);
    if (taken.has(fact.id)) continue;
    if (index === 0 && state !== undefined && expectedVersion !== undefined && expectedVersion !== state.version) {
      return { ok: false, code: 'conflict', reason: `it was changed since: version ${state.version}, expected ${expectedVersion}`, record: state };
    }
    const refused = refuseLearning(state, fact);
    if (refused !== undefined) return { ok: false, code: refused, reason: reasons[refused], record: state };
    const record = evolveLearning(state, fact);
    records.set(key, record);
    lines.push({ record, fact });
  }
  await write(sql, lines);
  await toOutbox(sql, lines.map(({ record, fact }) => ({ entity: `learning/${keyOf(record)}`, version: record.version, topic: 'learning' as const, fact })));
  const about = [...new Set(facts.map((fact) => keyOf(recordOf(fact))))];
  return { ok: true, records: about.map((key) => records.get(key)!) };
} // prettier-ignore

const reasons: Readonly<Record<LearningRefusal, string>> = {
  unknown: 'there is no such record',
  exists: 'it was recorded before',
  closed: 'it is closed',
};

/** Locks the records that facts are about, whether or not they are there yet, in one order. */
async function lock(
  sql: TenantSql,
  facts: readonly NewLearningFact[],
): Promise<{ readonly records: Records; readonly taken: Set<string> }> {
  const about = [...new Map(facts.map((fact) => [keyOf(recordOf(fact)), recordOf(fact)])).values()];
  const kinds = about.map(({ kind }) => kind);
  const ids = about.map(({ id }) => id);
  await sql.query(
    `SELECT $1::text, pg_advisory_xact_lock(lock) FROM (SELECT DISTINCT hashtextextended($1 || '/' || kind || '/' || id, 17) AS lock
       FROM unnest($2::text[], $3::text[]) AS about (kind, id) ORDER BY 1) locks`,
    [kinds, ids],
  );
  const rows = await sql.query<{ state: LearningRecord }>(
    'SELECT state FROM learning_records WHERE tenant = $1 AND (kind, id) IN (SELECT * FROM unnest($2::text[], $3::text[]))',
    [kinds, ids],
  );
  const known = await sql.query<{ fact_id: string }>('SELECT fact_id FROM learning_history WHERE tenant = $1 AND fact_id = ANY($2)', [
    facts.map(({ id }) => id),
  ]);
  return { records: new Map(rows.map(({ state }) => [keyOf(state), state])), taken: new Set(known.map((row) => row.fact_id)) };
}

async function write(sql: TenantSql, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  const last = [...new Map(lines.map(({ record }) => [keyOf(record), record])).values()];
  const field = (name: string) => last.map(({ data }) => (data as unknown as Readonly<Record<string, string | undefined>>)[name] ?? null);
  await sql.query(
    `INSERT INTO learning_records (tenant, kind, id, version, status, learner, class, opened_at, changed_at, state)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::jsonb[])
     ON CONFLICT (tenant, kind, id) DO UPDATE SET version = excluded.version, status = excluded.status, learner = excluded.learner,
       class = excluded.class, changed_at = excluded.changed_at, state = excluded.state`,
    [
      last.map(({ kind }) => kind), last.map(({ id }) => id), last.map(({ version }) => version), last.map(({ status }) => status), field('learner'), field('class'),
      last.map(({ openedAt }) => openedAt), last.map(({ changedAt }) => changedAt), last.map((record) => JSON.stringify(record)),
    ],
  ); // prettier-ignore
  await sql.query(
    `INSERT INTO learning_history (tenant, kind, id, version, fact_id, fact)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::jsonb[])`,
    [
      lines.map(({ record }) => record.kind), lines.map(({ record }) => record.id), lines.map(({ record }) => record.version),
      lines.map(({ fact }) => fact.id), lines.map(({ fact }) => JSON.stringify(fact)),
    ],
  ); // prettier-ignore
}

/** The fact as it was decided, if it is one of these. */
export function learningFactOf(fact: Fact): NewLearningFact | undefined {
  if (!(fact.type in learningSteps) || topicOf(fact.type) !== 'learning') return undefined;
  const { recordedAt: _recordedAt, knownAt: _knownAt, ...decided } = fact;
  return decided as NewLearningFact;
}

/**
 * Folds facts into records and histories. Facts that were taken before, live or in an earlier fold, change nothing.
 *
 * @param facts of one tenant, in the order of the log
 */
export async function foldLearning(sql: TenantSql, facts: readonly NewLearningFact[]): Promise<void> {
  if (facts.length === 0) return;
  const { records, taken } = await lock(sql, facts);
  const lines: Line[] = [];
  for (const fact of facts) {
    if (taken.has(fact.id)) continue;
    taken.add(fact.id);
    const record = evolveLearning(records.get(keyOf(recordOf(fact))), fact);
    records.set(keyOf(record), record);
    lines.push({ record, fact });
  }
  await write(sql, lines);
}
