import { factId, type NewFact } from '@pharos/facts';
import { toOutbox } from './outbox.js';
import { newId, newSecret, secretHash } from './secrets.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

/** What a key may do: `statements/write`, `statements/read`, `history/write`, `roster/write`, `answers/read`, `all`... */
export type Scope = string;

/** What an integrator decided about a credential besides its scopes. */
export interface CredentialSettings {
  /** May ask for `Prefer: handling=lenient`: good statements of a batch are stored, the rest set aside. */
  readonly lenient?: boolean;
  /** What its statements do that they SHOULD not is counted, with an example; they are stored all the same. */
  readonly lint?: boolean;
  /** Statements that say they are cmi5's (by their category) are held to its rules. */
  readonly cmi5?: boolean;
  /** The most it may send a second; what is left out has no limit. A trusted platform has none at all. */
  readonly limits?: {
    readonly requestsPerSecond?: number;
    readonly statementsPerSecond?: number;
    readonly bytesPerSecond?: number;
  };
}

/** An API key of a platform. Its secret is shown once and stored hashed. */
export interface Credential {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly settings?: CredentialSettings;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastSeenAt: Date | null;
}

/**
 * Each decision about a credential is told by a fact of governance, written in the same transaction: which scopes and settings it has
 * from then on, and by whose decision. The fact has no name of the credential, for names are typed freely.
 *
 * `by`: id of the user; left out for what the system itself makes.
 */
export interface Credentials {
  /** The secret stands in the answer and nowhere else: 256 random bits, base64url. For HTTP Basic: id and secret. */
  create(
    key: { readonly name: string; readonly scopes: readonly Scope[]; readonly settings?: CredentialSettings },
    by?: string,
  ): Promise<{ readonly credential: Credential; readonly secret: string }>;
  list(): Promise<readonly Credential[]>;
  /** Changes what is given, under the same secret; in force as a revocation is. Undefined for an unknown id. */
  change(
    id: string,
    to: { readonly name?: string; readonly scopes?: readonly Scope[]; readonly settings?: CredentialSettings },
    by?: string,
  ): Promise<Credential | undefined>;
  /** In force at once in this process, within 5 s in others. False for an unknown id. */
  revoke(id: string, by?: string): Promise<boolean>;
}

/** Checks keys of every tenant: who calls is not known before. */
export interface CredentialCheck {
  /**
   * The credential of id and secret, or undefined when unknown, wrong or revoked. Answers from memory at most 5 s old;
   * secrets are compared in constant time; `lastSeenAt` is written at most once a minute.
   */
  verify(id: string, secret: string): Promise<Credential | undefined>;
}

export interface CredentialRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: string[];
  readonly settings: CredentialSettings;
  readonly secret_hash: Buffer;
  readonly created_at: Date;
  readonly revoked_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly version: number;
}

export const toCredential = (row: CredentialRow): Credential => ({
  id: row.id,
  tenant: row.tenant,
  name: row.name,
  scopes: row.scopes,
  settings: row.settings,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
  lastSeenAt: row.last_seen_at,
});

const SYSTEM = 'system';

/** Tells what holds of a credential from now on. */
async function tellDecision(sql: TenantSql, row: CredentialRow, by: string, at: Date): Promise<void> {
  const { id, version, scopes, settings } = row;
  const policy = `credential/${id}`;
  const fact: NewFact = {
    id: factId('credential', id, version),
    type: 'PolicyChanged',
    version: 1,
    tenant: sql.tenant,
    key: sql.tenant,
    occurredAt: at.toISOString(),
    data: { policy, by, value: { scopes, settings, revoked: row.revoked_at !== null } },
  };
  await toOutbox(sql, [{ entity: policy, version, topic: 'governance', fact }]);
}

/** @param forget told of a changed key, so that this process stops taking it as it was at once */
export function createCredentials(database: TenantDatabase, now: () => Date, forget: (id: string) => void): Credentials {
  const decide = (by: string, text: string, values: readonly unknown[]) =>
    database.transaction(async (sql) => {
      const [row] = await sql.query<CredentialRow>(text, values);
      if (row) await tellDecision(sql, row, by, now());
      return row && toCredential(row);
    });
  return {
    async create({ name, scopes, settings = {} }, by = SYSTEM) {
      const secret = newSecret();
      const credential = await decide(
        by,
        `INSERT INTO credentials (tenant, id, name, scopes, secret_hash, settings, version) VALUES ($1, $2, $3, $4, $5, $6, 1) RETURNING *`,
        [newId(), name, scopes, secretHash(secret), JSON.stringify(settings)],
      );
      return { credential: credential!, secret };
    },
    async list() {
      return (await database.query<CredentialRow>('SELECT * FROM credentials WHERE tenant = $1 ORDER BY created_at, id')).map(toCredential);
    },
    async change(id, { name, scopes, settings }, by = SYSTEM) {
      const changed = await decide(
        by,
        `UPDATE credentials SET name = coalesce($3, name), scopes = coalesce($4, scopes), settings = coalesce($5::jsonb, settings),
           version = version + 1
         WHERE tenant = $1 AND id = $2 RETURNING *`,
        [id, name ?? null, scopes ?? null, settings === undefined ? null : JSON.stringify(settings)],
      );
      forget(id);
      return changed;
    },
    async revoke(id, by = SYSTEM) {
      const revoked = await decide(
        by,
        `UPDATE credentials SET revoked_at = $3, version = version + 1 WHERE tenant = $1 AND id = $2 AND revoked_at IS NULL RETURNING *`,
        [id, now()],
      );
      forget(id);
      return revoked !== undefined || (await database.query('SELECT id FROM credentials WHERE tenant = $1 AND id = $2', [id])).length > 0;
    },
  };
}
