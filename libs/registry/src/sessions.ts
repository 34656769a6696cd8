import { type Sql } from './database.js';
import { newSecret, secretHash } from './secrets.js';
import { toUser, type User, type UserRow } from './users.js';

export interface NewSession {
  /** 256 random bits as base64url: the cookie. Stored hashed, so shown only here. */
  readonly secret: string;
  /** What state-changing requests of the page must send along. */
  readonly csrf: string;
  readonly expiresAt: Date;
}

export interface Session {
  readonly user: User;
  readonly csrf: string;
  readonly expiresAt: Date;
}

export interface Sessions {
  /** @param ttlMs how long the session lives (default 12 h) */
  create(user: User, ttlMs?: number): Promise<NewSession>;
  /** The session of a cookie; undefined when unknown, expired, ended, or its user disabled. */
  find(secret: string): Promise<Session | undefined>;
  end(secret: string): Promise<void>;
  /** Deletes expired sessions; returns how many. */
  sweep(): Promise<number>;
}

const defaultTtlMs = 12 * 3_600_000;

export function createSessions(sql: Sql, now: () => Date): Sessions {
  return {
    async create(user, ttlMs = defaultTtlMs) {
      const session = { secret: newSecret(), csrf: newSecret(), expiresAt: new Date(now().getTime() + ttlMs) };
      await sql.query('INSERT INTO sessions (secret_hash, tenant, user_id, csrf, expires_at) VALUES ($1, $2, $3, $4, $5)', [
        secretHash(session.secret),
        user.tenant,
        user.id,
        session.csrf,
        session.expiresAt,
      ]);
      return session;
    },
    async find(secret) {
      const [row] = await sql.query<UserRow & { csrf: string; expires_at: Date }>(
        `SELECT users.*, sessions.csrf, sessions.expires_at FROM sessions JOIN users ON users.tenant = sessions.tenant AND users.id = user_id
         WHERE secret_hash = $1 AND expires_at > $2 AND NOT disabled`,
        [secretHash(secret), now()],
      );
      return row && { user: toUser(row), csrf: row.csrf, expiresAt: row.expires_at };
    },
    async end(secret) {
      await sql.query('DELETE FROM sessions WHERE secret_hash = $1', [secretHash(secret)]);
    },
    async sweep() {
      return (await sql.query('DELETE FROM sessions WHERE expires_at <= $1 RETURNING 1', [now()])).length;
    },
  };
}
