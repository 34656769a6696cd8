import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Sql } from './database.js';
import { newId, newSecret, secretHash } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

/** What a key may do: `statements/write`, `statements/read`, `history/write`, `roster/write`, `answers/read`, `admin`... */
export type Scope = string;

/** An API key of a platform. Its secret is shown once and stored hashed. */
export interface Credential {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastSeenAt: Date | null;
}

export interface Credentials {
  /** The secret stands in the answer and nowhere else: 256 random bits, base64url. For HTTP Basic: id and secret. */
  create(key: {
    readonly name: string;
    readonly scopes: readonly Scope[];
  }): Promise<{ readonly credential: Credential; readonly secret: string }>;
  list(): Promise<readonly Credential[]>;
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

interface CredentialRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: string[];
  readonly secret_hash: Buffer;
  readonly created_at: Date;
  readonly revoked_at: Date | null;
  readonly last_seen_at: Date | null;
}

const toCredential = (row: CredentialRow): Credential => ({
  id: row.id,
  tenant: row.tenant,
  name: row.name,
  scopes: row.scopes,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
  lastSeenAt: row.last_seen_at,
});

/** @param forget told of a revoked key, so that this process stops taking it at once */
export function createCredentials(sql: TenantSql, now: () => Date, forget: (id: string) => void): Credentials {
  return {
    async create({ name, scopes }) {
      const secret = newSecret();
      const rows = await sql.query<CredentialRow>(
        'INSERT INTO credentials (tenant, id, name, scopes, secret_hash) VALUES ($1, $2, $3, $4, $5) RETURNING *',
        [newId(), name, scopes, secretHash(secret)],
      );
      return { credential: toCredential(rows[0]!), secret };
    },
    async list() {
      return (await sql.query<CredentialRow>('SELECT * FROM credentials WHERE tenant = $1 ORDER BY created_at, id')).map(toCredential);
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

const rememberMs = 5_000;
const seenEveryMs = 60_000;
/** Unknown ids are remembered too, so that guessing does not reach the database; hence a bound. */
const rememberedKeys = 10_000;

interface Remembered {
  readonly row: CredentialRow | undefined;
  seenWritten: number;
}

export function createCredentialCheck(sql: Sql, now: () => Date): CredentialCheck & { forget(id: string): void } {
  const known = new LRUCache<string, Promise<Remembered>>({ max: rememberedKeys, ttl: rememberMs, perf: { now: () => now().getTime() } });

  const load = async (id: string): Promise<Remembered> => {
    const [row] = await sql.query<CredentialRow>('SELECT * FROM credentials WHERE id = $1 AND revoked_at IS NULL', [id]);
    return { row, seenWritten: row?.last_seen_at?.getTime() ?? 0 };
  };

  return {
    forget: (id) => void known.delete(id),
    async verify(id, secret) {
      let found = known.get(id);
      if (!found) {
        found = load(id);
        known.set(id, found);
        found.catch(() => known.delete(id)); // a failed read is not remembered; the caller below hears of it
      }
      const remembered = await found;
      if (!remembered.row || !timingSafeEqual(remembered.row.secret_hash, secretHash(secret))) return undefined;
      const moment = now();
      if (moment.getTime() - remembered.seenWritten >= seenEveryMs) {
        remembered.seenWritten = moment.getTime();
        await sql.query('UPDATE credentials SET last_seen_at = $2 WHERE id = $1', [id, moment]);
      }
      return toCredential(remembered.row);
    },
  };
}
