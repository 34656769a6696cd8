import { createHmac, type KeyObject } from 'node:crypto';
import { type ActorToken, type Vault } from '@pharos/vault';
import {
  type Actor,
  actorIdentifier,
  type ActorSite,
  collectActors,
  type IdentifiedActor,
  isGroup,
  isIdentified,
  type Statement,
} from '@pharos/xapi';

/** The tokens of everybody whom a batch names. */
export interface People {
  readonly tokenOf: (site: ActorSite) => ActorToken;
  /** First token of an identifier: what hashes and learners go by, so that a later link changes neither. */
  readonly firstTokenOf: (actor: IdentifiedActor) => string;
  /** First token of whoever acts. */
  readonly learnerOf: (actor: Actor) => string;
}

/**
 * Asks the vault once for all people of a batch. What it answers is durable before anything is appended.
 *
 * An actor that is a group without an identifier has no row in the vault. It gets a token made from its members' first
 * tokens: the same people together are one learner, and nobody alone is credited with it.
 */
export async function tokensOfPeople(
  vault: Pick<Vault, 'tokensFor'>,
  tenant: string,
  hashKey: KeyObject,
  statements: readonly Statement[],
): Promise<People> {
  const asked: ActorSite[] = [];
  const places = new Map<string, number>();
  // The same object is asked for again when it is swapped and when it is hashed: found by itself, without a key for it.
  const bySent = new Map<IdentifiedActor, number>();
  for (const statement of statements) {
    for (const site of collectActors(statement)) {
      let place = places.get(site.variantKey);
      if (place === undefined) places.set(site.variantKey, (place = asked.push(site) - 1));
      bySent.set(site.sent, place);
    }
  }
  const tokens = await vault.tokensFor(
    tenant,
    asked.map(({ identifier, sent }) => ({ identifier, asSent: sent })),
  );
  const byIdentifier = new Map(asked.map(({ identifier }, index) => [identifier, tokens[index]!.firstToken]));
  const tokenOf = ({ sent, variantKey }: ActorSite) => tokens[bySent.get(sent) ?? known(places, variantKey)]!;
  const firstTokenOf = (actor: IdentifiedActor) => {
    const place = bySent.get(actor);
    return place === undefined ? known(byIdentifier, actorIdentifier(actor)) : tokens[place]!.firstToken;
  };
  const learnerOf = (actor: Actor): string => {
    if (isIdentified(actor)) return firstTokenOf(actor);
    const members = isGroup(actor) ? (actor.member ?? []) : [];
    const names = members.map(learnerOf).sort();
    return `g_${createHmac('sha256', hashKey).update(names.join('\n')).digest('hex').slice(0, 32)}`;
  };
  return { tokenOf, firstTokenOf, learnerOf };
}

function known<T>(table: ReadonlyMap<string, T>, key: string): T {
  const value = table.get(key);
  if (value === undefined) throw new RangeError('an agent of the batch was not collected');
  return value;
}
