import { type User } from './users.js';

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
