import { hashPassword, shortestPassword } from './passwords.js';
import { newId } from './secrets.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

export const roles = ['platform', 'analyst', 'counselor', 'teacher', 'learner', 'guardian', 'privacy-officer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who signs in. Who they are as a person (`person`) is a token; their name stands in the vault. */
export interface User {
  readonly id: string;
  readonly tenant: string;
  /** Unique over all tenants, compared without case: the sign-in page asks for no tenant. */
  readonly login: string;
  readonly roles: readonly Role[];
  /** Token of the person: a counselor's or teacher's own token, a learner's learner token. */
  readonly person: string | null;
  readonly locale: string;
  /** Schools that the user may see; empty for all of the tenant. */
  readonly schools: readonly string[];
  readonly disabled: boolean;
  readonly createdAt: Date;
}

export interface NewUser {
  readonly login: string;
  /** At least 10 characters; stored as argon2id. Null: cannot sign in by password. */
  readonly password: string | null;
  readonly roles: readonly Role[];
  readonly person?: string | null;
  readonly locale?: string;
  readonly schools?: readonly string[];
}

export type UserChange = Partial<Pick<User, 'roles' | 'person' | 'locale' | 'schools' | 'disabled'>>;

export type CreatedUser =
  | { readonly ok: true; readonly user: User }
  | { readonly ok: false; readonly code: 'login-taken' | 'password-too-short'; readonly reason: string };

export interface Users {
  create(user: NewUser): Promise<CreatedUser>;
  get(id: string): Promise<User | undefined>;
  byPerson(person: string): Promise<readonly User[]>;
  byLogin(login: string): Promise<User | undefined>;
  list(): Promise<readonly User[]>;
  /** Disabling a user ends their sessions. Undefined for an unknown id. */
  change(id: string, change: UserChange): Promise<User | undefined>;
  /** Sets a new password and ends the user's sessions. */
  setPassword(
    id: string,
    password: string,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly code: 'password-too-short' | 'unknown'; readonly reason: string }>;
}

export interface UserRow {
  readonly tenant: string;
  readonly id: string;
  readonly login: string;
  readonly password_hash: string | null;
  readonly roles: Role[];
  readonly person: string | null;
  readonly locale: string;
  readonly schools: string[];
  readonly disabled: boolean;
  readonly failed_attempts: number;
  readonly locked_until: Date | null;
  readonly created_at: Date;
}

export const toUser = (row: UserRow): User => ({
  id: row.id,
  tenant: row.tenant,
  login: row.login,
  roles: row.roles,
  person: row.person,
  locale: row.locale,
  schools: row.schools,
  disabled: row.disabled,
  createdAt: row.created_at,
});

const tooShort = { ok: false, code: 'password-too-short', reason: `a password has at least ${shortestPassword} characters` } as const;

export function createUsers(sql: TenantDatabase): Users {
  const one = async (condition: string, value: string): Promise<User | undefined> => {
    const [row] = await sql.query<UserRow>(`SELECT * FROM users WHERE tenant = $1 AND ${condition}`, [value]);
    return row && toUser(row);
  };
  return {
    create: (user) => createUser(sql, user),
    get: (id) => one('id = $2', id),
    byLogin: (login) => one('lower(login) = lower($2)', login),
    async byPerson(person) {
      return (await sql.query<UserRow>('SELECT * FROM users WHERE tenant = $1 AND person = $2 ORDER BY id', [person])).map(toUser);
    },
    async list() {
      return (await sql.query<UserRow>('SELECT * FROM users WHERE tenant = $1 ORDER BY lower(login)')).map(toUser);
    },
    change: (id, change) => sql.transaction((tx) => changeUser(tx, id, change)),
    setPassword: (id, password) => setPassword(sql, id, password),
  };
}

async function createUser(sql: TenantSql, user: NewUser): Promise<CreatedUser> {
  if (user.password !== null && user.password.length < shortestPassword) return tooShort;
  const rows = await sql.query<UserRow>(
    `INSERT INTO users (tenant, id, login, password_hash, roles, person, locale, schools)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING *`,
    [
      newId(),
      user.login,
      user.password === null ? null : await hashPassword(user.password),
      user.roles,
      user.person ?? null,
      user.locale ?? 'en',
      user.schools ?? [],
    ],
  );
  if (!rows[0]) return { ok: false, code: 'login-taken', reason: 'this login is taken' };
  return { ok: true, user: toUser(rows[0]) };
}

async function changeUser(sql: TenantSql, id: string, change: UserChange): Promise<User | undefined> {
  const [row] = await sql.query<UserRow>(
    `UPDATE users SET roles = coalesce($3, roles), person = CASE WHEN $4 THEN $5 ELSE person END, locale = coalesce($6, locale),
       schools = coalesce($7, schools), disabled = coalesce($8, disabled)
     WHERE tenant = $1 AND id = $2 RETURNING *`,
    [id, change.roles, change.person !== undefined, change.person, change.locale, change.schools, change.disabled],
  );
  if (row?.disabled) await endSessions(sql, id);
  return row && toUser(row);
}

async function setPassword(sql: TenantDatabase, id: string, password: string): ReturnType<Users['setPassword']> {
  if (password.length < shortestPassword) return tooShort;
  const hash = await hashPassword(password);
  return sql.transaction(async (tx) => {
    const rows = await tx.query(
      'UPDATE users SET password_hash = $3, failed_attempts = 0, locked_until = NULL WHERE tenant = $1 AND id = $2 RETURNING id',
      [id, hash],
    );
    if (rows.length === 0) return { ok: false, code: 'unknown', reason: 'there is no such user' };
    await endSessions(tx, id);
    return { ok: true };
  });
}

const endSessions = (sql: TenantSql, user: string) => sql.query('DELETE FROM sessions WHERE tenant = $1 AND user_id = $2', [user]);
