import { collectActors } from '../actors/tokens.js';
import { type Statement } from '../statement.js';

/** Tells whether a text contains what identifies one of the people of a statement. */
export type NamesSomebody = (text: string) => boolean;

// Shorter names ("7", "Al") stand in addresses by chance all the time, and hardly tell who somebody is.
const SHORTEST = 4;
const ALPHANUMERIC = /[\p{L}\p{N}]/u;
// Account names are mostly so; percent-encoding would give the same text.
const STANDS_UNENCODED = /^[\w.~-]*$/;

function standsAlone(text: string, needle: string): boolean {
  for (let from = text.indexOf(needle); from !== -1; from = text.indexOf(needle, from + 1)) {
    const before = text.charAt(from - 1);
    const after = text.charAt(from + needle.length);
    if (!ALPHANUMERIC.test(before) && !ALPHANUMERIC.test(after)) return true;
  }
  return false;
}

function identifying(statement: Statement): Set<string> {
  const needles = new Set<string>();
  const add = (text: string | undefined) => {
    if (text === undefined || text.length < SHORTEST) return;
    const lower = text.toLowerCase();
    needles.add(lower);
    // A name may hold half a surrogate pair, which cannot be encoded.
    if (!STANDS_UNENCODED.test(lower)) needles.add(encodeURIComponent(lower.toWellFormed()).toLowerCase());
  };
  for (const { sent } of collectActors(statement)) {
    add(sent.name);
    add(sent.account?.name);
    add(sent.openid);
    add(sent.mbox_sha1sum);
    if (sent.mbox === undefined) continue;
    const address = sent.mbox.slice('mailto:'.length);
    add(address);
    add(address.slice(0, address.lastIndexOf('@')));
  }
  return needles;
}

/**
 * A test for the names, account names and mail addresses of the people whom a statement names. They are found as whole
 * words, in any case, plain or percent-encoded. Addresses such as `https://lms/users/ann.lee/essay` say who somebody is
 * although nothing in them is an agent.
 */
export function namesSomebodyOf(statement: Statement): NamesSomebody {
  const needles = [...identifying(statement)];
  return (text) => {
    if (text.length < SHORTEST) return false;
    const lower = text.toLowerCase();
    for (const needle of needles) if (lower.includes(needle) && standsAlone(lower, needle)) return true;
    return false;
  };
}
