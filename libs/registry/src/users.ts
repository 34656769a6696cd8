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
