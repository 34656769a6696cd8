import { newId, newSecret, secretHash } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

/** What a key may do: `statements/write`, `statements/read`, `history/write`, `roster/write`, `answers/read`, `all`... */
export type Scope = string;

/** What an integrator decided about a credential besides its scopes. */
export interface CredentialSettings {
  /** May ask for `Prefer: handling=lenient`: good statements of a batch are stored, the rest set aside. */
  readonly lenient?: boolean;
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

export interface Credentials {
  /** The secret stands in the answer and nowhere else: 256 random bits, base64url. For HTTP Basic: id and secret. */
  create(key: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly settings?: CredentialSettings;
  }): Promise<{ readonly credential: Credential; readonly secret: string }>;
  list(): Promise<readonly Credential[]>;
  /** Changes what is given, under the same secret; in force as a revocation is. Undefined for an unknown id. */
  change(
    id: string,
    to: { readonly name?: string; readonly scopes?: readonly Scope[]; readonly settings?: CredentialSettings },
  ): Promise<Credential | undefined>;
  /** In force at once in this process, within 5 s in others. False for an unknown id. */
  revoke(id: string): Promise<boolean>;
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

/** @param forget told of a revoked key, so that this process stops taking it at once */
export function createCredentials(sql: TenantSql, now: () => Date, forget: (id: string) => void): Credentials {
  return {
    async create({ name, scopes, settings = {} }) {
      const secret = newSecret();
      const rows = await sql.query<CredentialRow>(
        'INSERT INTO credentials (tenant, id, name, scopes, secret_hash, settings) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *',
        [newId(), name, scopes, secretHash(secret), JSON.stringify(settings)],
      );
      return { credential: toCredential(rows[0]!), secret };
    },
    async list() {
      return (await sql.query<CredentialRow>('SELECT * FROM credentials WHERE tenant = $1 ORDER BY created_at, id')).map(toCredential);
    },
    async change(id, { name, scopes, settings }) {
      const rows = await sql.query<CredentialRow>(
        `UPDATE credentials SET name = coalesce($3, name), scopes = coalesce($4, scopes), settings = coalesce($5::jsonb, settings)
         WHERE tenant = $1 AND id = $2 RETURNING *`,
        [id, name ?? null, scopes ?? null, settings === undefined ? null : JSON.stringify(settings)],
      );
      forget(id);
      return rows[0] && toCredential(rows[0]);
    },
    async revoke(id) {
      const rows = await sql.query(
        'UPDATE credentials SET revoked_at = coalesce(revoked_at, $3) WHERE tenant = $1 AND id = $2 RETURNING id',
        [id, now()],
      );
      forget(id);
      return rows.length > 0;
    },
  };
}
