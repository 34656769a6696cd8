/** One agent identifier in canonical form, and the agent or group as the platform sent it. */
export interface SeenActor {
  /** `mailto:a@b.c`, `sha1:…`, `openid:…`, `account:homePage|name`: unique for one identifier. */
  readonly identifier: string;
  /** The agent as sent (name, objectType present or not): what reading puts back. Its JSON is kept encrypted. */
  readonly asSent: unknown;
}

export interface ActorToken {
  /** Stands for the person. Many identifiers may share it. */
  readonly token: string;
  /** The token this identifier had first: hashes of statements use it, so that a later link changes none of them. */
  readonly firstToken: string;
  /** Stands for the agent exactly as sent. */
  readonly variant: string;
}

export interface Person {
  readonly token: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly sourcedId: string | null;
}

/** A person as a roster names them. `identifiers` in canonical form, the sourced id among them as `sourced:ID`. */
export interface RosterPerson {
  readonly identifiers: readonly string[];
  readonly givenName?: string;
  readonly familyName?: string;
  readonly email?: string;
}

/** Two tokens that a roster showed to be one person; the caller records it as `LearnersLinked`. */
export interface Link {
  readonly learner: string;
  readonly canonical: string;
  readonly because: string;
}

/** The open text of one learner, sealed with their own key. Erasing the key erases what it says. */
export interface Sealed {
  readonly learner: string;
  readonly text: string;
}

/**
 * Who is who. The only place that knows people: identifiers and names encrypted, found through a keyed blind index.
 *
 * What it returns is durable: a token is never handed out before its row would survive loss of power.
 */
export interface Vault {
  /** Tokens for actors, made where missing. Same order as given. Cost: one lookup per unknown identifier, cached within a bound. */
  tokensFor(tenant: string, actors: readonly SeenActor[]): Promise<readonly ActorToken[]>;
  /** The agents as sent, by variant; missing for erased people. */
  variants(tenant: string, variants: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** Tokens for roster people, made or linked where missing. */
  registerPeople(
    tenant: string,
    people: readonly RosterPerson[],
  ): Promise<{ readonly tokens: readonly string[]; readonly links: readonly Link[] }>;
  /** Names by token; missing for erased or unknown people. The caller records the reading as `IdentityRead`. */
  people(tenant: string, tokens: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** The token of an identifier, if it has one. */
  find(tenant: string, identifier: string): Promise<string | undefined>;
  /** The token that an identifier had first, if it has one; unlike `tokensFor` it makes none. */
  firstToken(tenant: string, identifier: string): Promise<string | undefined>;
  /** Every token that stands or stood for whoever has the identifier: its own, and those linked with it. Empty for an unknown one. */
  aliases(tenant: string, identifier: string): Promise<readonly string[]>;
  /** Agents as sent of whoever has the identifier, under any of the person's identifiers; empty for an unknown one. */
  sentAs(tenant: string, identifier: string): Promise<readonly unknown[]>;
  /** Tokens of people whose name, mail or sourced id begins with the text: within the given tokens only. */
  search(tenant: string, text: string, within: readonly string[]): Promise<readonly string[]>;
  /** Actors that no roster knows, newest first: for the integrator. */
  unknownActors(
    tenant: string,
    limit: number,
  ): Promise<readonly { readonly token: string; readonly identifier: string; readonly firstSeen: Date }[]>;
  /** Takes a link back: the identifiers of `learner` stand for themselves again. */
  unlink(tenant: string, learner: string): Promise<void>;
  /** Seals texts, each with its learner's key (made where missing). Same order; base64. */
  seal(tenant: string, texts: readonly Sealed[]): Promise<readonly string[]>;
  /** Opens what `seal` made; null for erased learners. */
  unseal(tenant: string, sealed: readonly Sealed[]): Promise<readonly (string | null)[]>;
  /** Seals bytes with the tenant's own key (dead letters of the door). */
  sealForTenant(tenant: string, text: string): Promise<string>;
  unsealForTenant(tenant: string, sealed: string): Promise<string>;
  /** Key for the tenant's statement hashes; the same for ever. */
  hashKey(tenant: string): Promise<Buffer>;
  /** Deletes a person's rows, blind indexes and key. Idempotent. */
  erase(tenant: string, token: string): Promise<void>;
}
