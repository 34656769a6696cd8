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
