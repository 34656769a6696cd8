import { type Actor, type Group, type Identifiers } from '../statement.js';

/** An agent or a group that has an identifier of its own: what `isIdentified` is true for. */
export type IdentifiedActor = Actor & Identifiers;

/** True for an agent and for an identified group, false for an anonymous group. */
export function isIdentified(actor: Actor): boolean {
  return actor.mbox !== undefined || actor.account !== undefined || actor.mbox_sha1sum !== undefined || actor.openid !== undefined;
}

export function isGroup(actor: Actor): actor is Group {
  return actor.objectType === 'Group';
}

/**
 * The one string under which an agent or an identified group is known, so that equal identifiers give equal strings.
 * Only what the specification calls case-insensitive is lowered: the domain of a mailbox and hex digits (part two, 2.3.1).
 * Agents and groups share identifiers (2.4.2.3), so the string does not tell which it was.
 *
 * @throws TypeError for an anonymous group: ask `isIdentified` first
 * @example actorIdentifier({ mbox: 'mailto:Ann@Example.ORG' }) // => 'mailto:Ann@example.org'
 * @example actorIdentifier({ account: { homePage: 'https://lms', name: '7' } }) // => 'account:https://lms|7'
 */
export function actorIdentifier(actor: Identifiers): string {
  if (actor.account !== undefined) return `account:${actor.account.homePage}|${actor.account.name}`;
  if (actor.mbox !== undefined) {
    const at = actor.mbox.lastIndexOf('@');
    return actor.mbox.slice(0, at) + actor.mbox.slice(at).toLowerCase();
  }
  if (actor.mbox_sha1sum !== undefined) return `sha1:${actor.mbox_sha1sum.toLowerCase()}`;
  if (actor.openid !== undefined) return `openid:${actor.openid}`;
  throw new TypeError('an anonymous group has no identifier');
}
