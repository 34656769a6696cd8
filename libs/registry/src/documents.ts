import { type Row } from './database.js';
import { gathered } from './gathered.js';
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

/** What to do with what stands there. */
export type DocumentChange<Refusal> =
  { readonly put: Omit<StoredDocument, 'updatedAt'> } | { readonly remove: true } | { readonly refuse: Refusal };

export interface Documents {
  get(key: DocumentKey): Promise<StoredDocument | undefined>;
  /**
   * Changes one document: `decide` sees what stands there and says what to do. It is asked again where somebody else changed
   * the document meanwhile, so no update is lost. Durable when it returns.
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

const toDocument = (row: Row): StoredDocument => ({
  etag: String(row.etag),
  updatedAt: row.updated_at as Date,
  learner: row.learner as string | null,
  sealed: String(row.sealed),
});

/** A change that holds only if what stands there is still what it was decided by. */
interface Write {
  readonly key: DocumentKey;
  readonly standing: StoredDocument | undefined;
  /** Undefined to remove it. */
  readonly put: Omit<StoredDocument, 'updatedAt'> | undefined;
}

const COLUMNS = 'etag, updated_at, learner, sealed';
const KEY = 'kind, scope, registration, id';
/** Keys of a group, `$2` to `$5`, each with its place in it. */
const ASKED = `unnest($2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS asked (${KEY}, place)`;
const AT_ASKED = `documents.tenant = $1 AND (documents.kind, documents.scope, documents.registration, documents.id) = (asked.kind, asked.scope, asked.registration, asked.id)`;
const KEY_BYTES = 200;
const MOST_BYTES = 4 * 1024 * 1024;

const keyText = ({ kind, scope, registration, id }: DocumentKey) => JSON.stringify([kind, scope, registration, id]);
const keyColumns = (keys: readonly DocumentKey[]) => [
  keys.map(({ kind }) => kind),
  keys.map(({ scope }) => scope),
  keys.map(({ registration }) => registration),
  keys.map(({ id }) => id),
];

/**
 * Documents of one tenant. Reads and writes that come at the same time go to the database together (decision 65), so there
 * is one of these for a tenant in a process.
 *
 * @param now stamps changes
 */
export function createDocuments(database: TenantDatabase, now: () => Date): Documents {
  const find = gathered((keys: readonly DocumentKey[]) => findAll(database, keys), () => KEY_BYTES, MOST_BYTES); // prettier-ignore
  const write = gathered((writes: readonly Write[]) => writeAll(database, now(), writes), ({ put }) => KEY_BYTES + (put?.sealed.length ?? 0), MOST_BYTES); // prettier-ignore
  return {
    get: find,
    async change(key, decide) {
      for (;;) {
        const standing = await find(key);
        const change = await decide(standing);
        if ('refuse' in change) return change.refuse;
        const put = 'put' in change ? change.put : undefined;
        // False where somebody was quicker, who then has made a step: it is decided anew by what stands there now.
        if ((put === undefined && standing === undefined) || (await write({ key, standing, put }))) return undefined;
      }
    },
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

async function findAll(sql: TenantSql, keys: readonly DocumentKey[]): Promise<readonly (StoredDocument | undefined)[]> {
  const rows = await sql.query<Row & { place: number }>(
    `SELECT place, etag, updated_at, learner, sealed FROM ${ASKED} JOIN documents ON ${AT_ASKED}`,
    keyColumns(keys),
  );
  const found = new Map(rows.map((row) => [row.place, toDocument(row)]));
  return keys.map((_, index) => found.get(index + 1));
}

/** @returns for each, whether it was written: not where something else stands there by now, or another of the group came first */
async function writeAll(sql: TenantSql, at: Date, writes: readonly Write[]): Promise<readonly boolean[]> {
  const firsts = new Map(writes.map((write) => [keyText(write.key), write] as const).toReversed());
  // In one order, so that two processes with the same documents wait for each other and never in a ring.
  const each = [...firsts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, write]) => write);
  const done = await Promise.all([
    insert(sql, at, each.filter(({ put, standing }) => put !== undefined && standing === undefined)),
    update(sql, at, each.filter(({ put, standing }) => put !== undefined && standing !== undefined)),
    remove(sql, each.filter(({ put }) => put === undefined)),
  ]); // prettier-ignore
  const written = new Set(done.flat());
  return writes.map((write) => written.has(write));
}

async function insert(sql: TenantSql, at: Date, writes: readonly Write[]): Promise<readonly Write[]> {
  if (writes.length === 0) return [];
  const rows = await sql.query<DocumentKey>(
    `INSERT INTO documents (tenant, ${KEY}, etag, learner, sealed, updated_at)
     SELECT $1, ${KEY}, etag, learner, sealed, $9::timestamptz
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS asked (${KEY}, etag, learner, sealed)
     ON CONFLICT DO NOTHING RETURNING ${KEY}`,
    [...keyColumns(writes.map(({ key }) => key)), ...contentColumns(writes), at],
  );
  const made = new Set(rows.map(keyText));
  return writes.filter(({ key }) => made.has(keyText(key)));
}

async function update(sql: TenantSql, at: Date, writes: readonly Write[]): Promise<readonly Write[]> {
  if (writes.length === 0) return [];
  // Later than the change before, also where the clock is not: whoever asks since then must see it.
  const rows = await sql.query<{ place: number }>(
    `UPDATE documents SET etag = asked.etag, learner = asked.learner, sealed = asked.sealed,
       updated_at = greatest($9::timestamptz, documents.updated_at + interval '1 millisecond')
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $10::text[], $11::timestamptz[])
       WITH ORDINALITY AS asked (${KEY}, etag, learner, sealed, standing, stood_since, place)
     WHERE ${AT_ASKED} AND documents.etag = asked.standing AND documents.updated_at = asked.stood_since RETURNING place`,
    [...keyColumns(writes.map(({ key }) => key)), ...contentColumns(writes), at, ...standingColumns(writes)],
  );
  return rows.map(({ place }) => writes[place - 1]!);
}

async function remove(sql: TenantSql, writes: readonly Write[]): Promise<readonly Write[]> {
  if (writes.length === 0) return [];
  const rows = await sql.query<{ place: number }>(
    `DELETE FROM documents USING unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       WITH ORDINALITY AS asked (${KEY}, standing, stood_since, place)
     WHERE ${AT_ASKED} AND documents.etag = asked.standing AND documents.updated_at = asked.stood_since RETURNING place`,
    [...keyColumns(writes.map(({ key }) => key)), ...standingColumns(writes)],
  );
  return rows.map(({ place }) => writes[place - 1]!);
}

const contentColumns = (writes: readonly Write[]) => [
  writes.map(({ put }) => put!.etag),
  writes.map(({ put }) => put!.learner),
  writes.map(({ put }) => put!.sealed),
];
const standingColumns = (writes: readonly Write[]) => [
  writes.map(({ standing }) => standing!.etag),
  writes.map(({ standing }) => standing!.updatedAt),
];
