import { type Person, type Vault } from '@pharos/vault';

export interface KnownPerson {
  readonly tenant: string;
  readonly token: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly identifiers?: readonly string[];
}

const notNeeded = (what: string) => () => Promise.reject(new Error(`${what} is not part of what these tests ask`));
const keyOf = (tenant: string, token: string) => `${tenant}/${token}`;

/**
 * The vault's port over a map: names, search, sealing and erasing as the port promises them, without a database.
 *
 * What it seals cannot be read without it, and not after erasure, which is all that this service relies on.
 */
export function memoryVault(people: readonly KnownPerson[]): Vault {
  const known = new Map(people.map((person) => [keyOf(person.tenant, person.token), person]));
  const sealed = new Map<string, string>();
  const personOf = ({ token, givenName, familyName, email }: KnownPerson): Person => ({
    token,
    givenName,
    familyName,
    email,
    displayName: null,
    sourcedId: null,
  });
  return {
    people: (tenant, tokens) =>
      Promise.resolve(
        new Map(
          tokens.flatMap((token) => {
            const person = known.get(keyOf(tenant, token));
            return person ? [[token, personOf(person)] as const] : [];
          }),
        ),
      ),
    find: (tenant, identifier) =>
      Promise.resolve([...known.values()].find((person) => person.tenant === tenant && person.identifiers?.includes(identifier))?.token),
    search: (tenant, text, within) => {
      const begins = (word: string) => word.toLowerCase().startsWith(text.toLowerCase());
      const matches = (person: KnownPerson | undefined) =>
        person !== undefined && [person.givenName, person.familyName, person.email].some(begins);
      return Promise.resolve(within.filter((token) => matches(known.get(keyOf(tenant, token)))));
    },
    seal: (tenant, texts) =>
      Promise.resolve(
        texts.map(({ learner, text }, i) => {
          const at = Buffer.from(`${tenant}/${learner}/${sealed.size + i}`).toString('base64');
          sealed.set(at, text);
          return at;
        }),
      ),
    unseal: (tenant, texts) =>
      Promise.resolve(texts.map(({ learner, text }) => (known.has(keyOf(tenant, learner)) ? (sealed.get(text) ?? null) : null))),
    unknownActors: () => Promise.resolve([]),
    erase: (tenant, token) => {
      known.delete(keyOf(tenant, token));
      return Promise.resolve();
    },
    tokensFor: notNeeded('tokensFor'),
    variants: notNeeded('variants'),
    firstToken: notNeeded('firstToken'),
    aliases: notNeeded('aliases'),
    sentAs: notNeeded('sentAs'),
    registerPeople: notNeeded('registerPeople'),
    unlink: notNeeded('unlink'),
    sealForTenant: (tenant, text) => Promise.resolve(Buffer.from(`${tenant}/${text}`).toString('base64')),
    unsealForTenant: (tenant, sealed) =>
      Promise.resolve(
        Buffer.from(sealed, 'base64')
          .toString()
          .slice(tenant.length + 1),
      ),
    hashKey: (tenant) => Promise.resolve(Buffer.from(`key of ${tenant}`)),
  };
}
