import { type Database, type Sql } from './database.js';
import { hashPassword, isOutdated, verifyPassword } from './passwords.js';
import { newSecret } from './secrets.js';
import { toUser, type User, type UserRow } from './users.js';

export type SignedIn =
  | { readonly ok: true; readonly user: User }
  /** The same answer, in about the same time, for an unknown login and a wrong password. */
  | { readonly ok: false; readonly code: 'wrong' }
  /** Too many failures: not even the right password is taken before `until`. */
  | { readonly ok: false; readonly code: 'locked'; readonly until: Date };

export interface SignIn {
  /**
   * Checks a password. From the 5th failure in a row the login is locked for 30 s, doubled by each further failure up to
   * an hour; a success forgets the failures.
   *
   * Cost: one argon2id hash (about 50 ms off the event loop).
   */
  signIn(login: string, password: string): Promise<SignedIn>;
}

const freeFailures = 4;
const firstLockMs = 30_000;
const longestLockMs = 3_600_000;

/**
 * How long a login is locked after so many failures in a row.
 *
 * @example lockMs(5) // => 30000
 */
export function lockMs(failures: number): number {
  if (failures <= freeFailures) return 0;
  return Math.min(longestLockMs, firstLockMs * 2 ** Math.min(failures - freeFailures - 1, 20));
}

export function createSignIn(database: Database, now: () => Date): SignIn {
  /** Checked for unknown logins, so that they cost the same time as wrong passwords. */
  let decoy: Promise<string> | undefined;

  return {
    async signIn(login, password) {
      const [row] = await database.query<UserRow>('SELECT * FROM users WHERE lower(login) = lower($1)', [login]);
      if (!row?.password_hash || row.disabled) {
        await verifyPassword(await (decoy ??= hashPassword(newSecret())), password);
        return { ok: false, code: 'wrong' };
      }
      // Counted before the password is checked: many guesses sent at once are locked out as one after another would be.
      const attempt = await database.transaction((sql) => beginAttempt(sql, row, now()));
      if (!attempt.ok) return attempt;
      if (!(await verifyPassword(row.password_hash, password))) {
        return attempt.lockedUntil ? { ok: false, code: 'locked', until: attempt.lockedUntil } : { ok: false, code: 'wrong' };
      }
      const renewed = isOutdated(row.password_hash) ? await hashPassword(password) : row.password_hash;
      await database.query(
        'UPDATE users SET failed_attempts = 0, locked_until = NULL, password_hash = $3 WHERE tenant = $1 AND id = $2 AND password_hash = $4',
        [row.tenant, row.id, renewed, row.password_hash],
      );
      return { ok: true, user: toUser(row) };
    },
  };
}

type Attempt = { readonly ok: true; readonly lockedUntil: Date | null } | Extract<SignedIn, { code: 'locked' }>;

async function beginAttempt(sql: Sql, { tenant, id }: UserRow, now: Date): Promise<Attempt> {
  const [row] = await sql.query<Pick<UserRow, 'failed_attempts' | 'locked_until'>>(
    'SELECT failed_attempts, locked_until FROM users WHERE tenant = $1 AND id = $2 FOR UPDATE',
    [tenant, id],
  );
  const { failed_attempts: failures, locked_until: until } = row!;
  if (until && until > now) return { ok: false, code: 'locked', until };
  const lock = lockMs(failures + 1);
  const lockedUntil = lock === 0 ? null : new Date(now.getTime() + lock);
  await sql.query('UPDATE users SET failed_attempts = $3, locked_until = $4 WHERE tenant = $1 AND id = $2', [
    tenant,
    id,
    failures + 1,
    lockedUntil,
  ]);
  return { ok: true, lockedUntil };
}
