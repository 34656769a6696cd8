import { type Statement } from '../statement.js';
import { type IdentifiedActor, actorIdentifier, isIdentified } from './identity.js';
import { mapActors } from './map-actors.js';
import { type TokenisedStatement } from './tokenised.js';

/**
 * Swapping people for tokens and back. In the log an agent looks like this, and a group keeps its (swapped) members:
 *
 *     { "objectType": "Agent", "pharos:token": "t_8f…", "pharos:variant": "17" }
 *
 * objectType stands there only where it was sent. The variant names, within the tenant, the agent exactly as it was sent
 * (identifier, name, presence of objectType): one person is sent under several names, and an answer equals what was sent.
 */
export const TOKEN_KEY = 'pharos:token';
export const VARIANT_KEY = 'pharos:variant';

/** An agent or identified group as a statement names it, without its members. */
export interface ActorSite {
  /** See `actorIdentifier`. */
  readonly identifier: string;
  /** What was sent, members left out: the variant to keep in the vault. */
  readonly sent: IdentifiedActor;
  /** Equal for equal variants, whatever the order of keys: what the vault finds a variant by. */
  readonly variantKey: string;
}

export interface ActorToken {
  readonly token: string;
  readonly variant: string;
}

function siteOf(actor: IdentifiedActor): ActorSite {
  let sent = actor;
  if ('member' in actor) {
    const { member: _member, ...alone } = actor;
    sent = alone;
  }
  const identifier = actorIdentifier(actor);
  // The mailbox or hash as written may differ in case from the canonical one, so the variant holds it as written.
  const written = actor.mbox ?? actor.mbox_sha1sum ?? '';
  // Lengths, so that parts cannot run into each other; a missing part is told from an empty one.
  const { objectType = '', name } = actor;
  const named = name === undefined ? '' : `=${name}`;
  return { identifier, sent, variantKey: `${identifier.length}:${written.length}:${identifier}${written}${objectType}${named}` };
}

/**
 * The agents and identified groups of a valid statement, wherever they stand, each variant once.
 *
 * @example collectActors(statement).map((site) => site.identifier) // => ['account:http://fun-mooc.fr|f6c5…']
 */
export function collectActors(statement: Statement): ActorSite[] {
  const sites = new Map<string, ActorSite>();
  mapActors(statement as never, (actor) => {
    if (isIdentified(actor)) {
      const site = siteOf(actor);
      if (!sites.has(site.variantKey)) sites.set(site.variantKey, site);
    }
    return actor;
  });
  return [...sites.values()];
}

/**
 * The statement with each agent and identified group swapped for its token. Anonymous groups stay, their members swapped.
 * Parts without people are shared with the original.
 *
 * @param tokenOf the token and variant of a site that `collectActors` has named; throws if it knows none
 */
export function replaceActors(statement: Statement, tokenOf: (site: ActorSite) => ActorToken): TokenisedStatement {
  return mapActors(statement as never, (actor) => {
    if (!isIdentified(actor)) return actor;
    const { token, variant } = tokenOf(siteOf(actor));
    return {
      ...(actor.objectType !== undefined && { objectType: actor.objectType }),
      [TOKEN_KEY]: token,
      [VARIANT_KEY]: variant,
      ...(actor.member !== undefined && { member: actor.member }),
    };
  }) as unknown as TokenisedStatement;
}

/**
 * The inverse of `replaceActors`: equal as JSON to the statement that was sent.
 *
 * @param sentAs the agent as sent (`ActorSite.sent`), or whatever a reader who may not see it gets instead
 */
export function restoreActors(statement: TokenisedStatement, sentAs: (token: string, variant: string) => Identified): Statement {
  return mapActors(statement, (actor) => {
    const token = actor[TOKEN_KEY];
    if (typeof token !== 'string') return actor;
    const sent = sentAs(token, String(actor[VARIANT_KEY]));
    return (actor.member === undefined ? sent : { ...sent, member: actor.member }) as never;
  }) as unknown as Statement;
}

type Identified = IdentifiedActor;

/**
 * The tokens that a statement in the log names, each once, the actor's first.
 *
 * @example tokensOf(tokenised) // => ['t_learner', 't_teacher']
 */
export function tokensOf(statement: TokenisedStatement): string[] {
  const tokens = new Set<string>();
  mapActors(statement, (actor) => {
    const token = actor[TOKEN_KEY];
    if (typeof token === 'string') tokens.add(token);
    return actor;
  });
  return [...tokens];
}
