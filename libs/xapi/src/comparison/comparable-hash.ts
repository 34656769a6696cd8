import { type KeyObject } from 'node:crypto';
import { type Statement } from '../statement.js';
import { type ActorKeyOf, comparableText } from './comparable.js';
import { hmacSha256, type TextHmac } from './hmac-sha256.js';

/** What each key was laid out as. A key object never changes, and goes with its tenant. */
const hmacs = new WeakMap<KeyObject, TextHmac>();

function hmacOf(key: KeyObject | Uint8Array): TextHmac {
  if (key instanceof Uint8Array) return hmacSha256(key);
  let hmac = hmacs.get(key);
  if (hmac === undefined) hmacs.set(key, (hmac = hmacSha256(key)));
  return hmac;
}

/**
 * The hash by which a resend is told from other content under the same id: equal for statements that xAPI 1.0.3, part
 * two, 2.3.1, calls equal, whatever version they were sent under. HMAC-SHA256, because the content may be guessable.
 *
 * Left out: id, authority, stored, version, verb display, activity definitions, names of agents, the order of a group's
 * members. Equal are: one instant in two zones, durations that differ below a hundredth of a second (4.6), a default
 * objectType and none, a single context activity and a list of it, UUIDs and language tags in another case.
 * A statement sent without a timestamp and one with the timestamp that the store gave it hash differently: where that may
 * be the difference, hash again with `omitTimestamp`. About 8 µs.
 *
 * @param keyOf the token to compare an agent by: the first that its identifier had, so that later links change nothing
 * @param key the tenant's own, best as one key object for all statements
 * @example comparableHash(statement, (actor) => tokens.get(actorIdentifier(actor))!, key) // => 'kP1…' (43 characters)
 */
export function comparableHash(
  statement: Statement,
  keyOf: ActorKeyOf,
  key: KeyObject | Uint8Array,
  options: { readonly omitTimestamp?: boolean } = {},
): string {
  return hmacOf(key)(comparableText(statement, keyOf, options.omitTimestamp));
}
