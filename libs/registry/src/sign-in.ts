import { type User } from './users.js';

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
