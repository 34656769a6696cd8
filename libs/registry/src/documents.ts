import { type Row } from './database.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

/** The three resources of xAPI that keep documents. */
export type DocumentKind = 'state' | 'activity' | 'agent';

/**
 * Where a document stands. All parts are keyed hashes or tokens: the registry cannot say whose document it is, nor what
 * it is called.
 */
export interface DocumentScope {
  readonly kind: DocumentKind;
  /** Of activity, agent or both. */
  readonly scope: string;
  /** Of the registration; empty where none was sent. */
  readonly registration: string;
}

export interface DocumentKey extends DocumentScope {
  /** Of the document's id. */
  readonly id: string;
}

export interface StoredDocument {
  /** SHA-1 of the content, 40 lower-case hexadecimal digits: xAPI's ETag without its quotes. */
  readonly etag: string;
  readonly updatedAt: Date;
  /** Whose key seals the content; null where it is the tenant's. */
  readonly learner: string | null;
  /** Content, its type and the document's id, sealed. */
  readonly sealed: string;
}

/** What to do, decided while nobody else can change the document. */
export type DocumentChange<Refusal> =
  { readonly put: Omit<StoredDocument, 'updatedAt'> } | { readonly remove: true } | { readonly refuse: Refusal };

export interface Documents {
  get(key: DocumentKey): Promise<StoredDocument | undefined>;
  /**
   * Changes one document: `decide` sees what stands there and says what to do. Those who change the same document wait for
   * each other, so no update is lost. Durable when it returns.
   *
   * @returns what `decide` refused with; undefined where it did not
   */
  change<Refusal>(
    key: DocumentKey,
    decide: (standing: StoredDocument | undefined) => Promise<DocumentChange<Refusal>>,
  ): Promise<Refusal | undefined>;
  /** All documents of a scope, of every registration where none is given; `since` is exclusive. Oldest change first. */
  list(scope: Omit<DocumentScope, 'registration'> & { readonly registration?: string }, since?: Date): Promise<readonly StoredDocument[]>;
  /** Removes all documents of a scope, of every registration where none is given. */
  clear(scope: Omit<DocumentScope, 'registration'> & { readonly registration?: string }, since?: Date): Promise<void>;
  /** Removes what is kept about a learner. Idempotent. */
  eraseLearner(learner: string): Promise<void>;
}

const COLUMNS = 'etag, updated_at, learner, sealed';

const toDocument = (row: Row): StoredDocument => ({
  etag: String(row.etag),
  updatedAt: row.updated_at as Date,
  learner: row.learner as string | null,
  sealed: String(row.sealed),
});

const keyValues = ({ kind, scope, registration, id }: DocumentKey) => [kind, scope, registration, id];
const AT_KEY = 'tenant = $1 AND kind = $2 AND scope = $3 AND registration = $4 AND id = $5';

/** @param now stamps changes */
export function createDocuments(database: TenantDatabase, now: () => Date): Documents {
  const find = async (sql: TenantSql, key: DocumentKey) => {
    const [row] = await sql.query(`SELECT ${COLUMNS} FROM documents WHERE ${AT_KEY}`, keyValues(key));
    return row && toDocument(row);
  };
  return {
    get: (key) => find(database, key),
    change: (key, decide) =>
      database.transaction(async (sql) => {
        // A row that is not there yet cannot be locked; its key can.
        await sql.query(`SELECT $1, pg_advisory_xact_lock(hashtextextended($2, 0))`, [JSON.stringify([sql.tenant, ...keyValues(key)])]);
        const change = await decide(await find(sql, key));
        if ('refuse' in change) return change.refuse;
        if ('remove' in change) await sql.query(`DELETE FROM documents WHERE ${AT_KEY}`, keyValues(key));
        else await put(sql, key, change.put, now());
        return undefined;
      }),
    async list({ kind, scope, registration }, since) {
      const rows = await database.query(
        `SELECT ${COLUMNS} FROM documents WHERE tenant = $1 AND kind = $2 AND scope = $3 AND ($4::text IS NULL OR registration = $4)
         AND ($5::timestamptz IS NULL OR updated_at > $5) ORDER BY updated_at, id`,
        [kind, scope, registration ?? null, since ?? null],
      );
      return rows.map(toDocument);
    },
    async clear({ kind, scope, registration }, since) {
      await database.query(
        `DELETE FROM documents WHERE tenant = $1 AND kind = $2 AND scope = $3 AND ($4::text IS NULL OR registration = $4)
         AND ($5::timestamptz IS NULL OR updated_at > $5)`,
        [kind, scope, registration ?? null, since ?? null],
      );
    },
    async eraseLearner(learner) {
      await database.query('DELETE FROM documents WHERE tenant = $1 AND learner = $2', [learner]);
    },
  };
}

async function put(
  sql: TenantSql,
  key: DocumentKey,
  { etag, learner, sealed }: Omit<StoredDocument, 'updatedAt'>,
  now: Date,
): Promise<void> {
  // Later than the change before, also where the clock is not: whoever asks since then must see it.
  await sql.query(
    `INSERT INTO documents (tenant, kind, scope, registration, id, etag, learner, sealed, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant, kind, scope, registration, id) DO UPDATE SET etag = excluded.etag, learner = excluded.learner,
       sealed = excluded.sealed, updated_at = greatest(excluded.updated_at, documents.updated_at + interval '1 millisecond')`,
    [...keyValues(key), etag, learner, sealed, now],
  );
}
