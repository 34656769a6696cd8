import { type PersonName } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Person, type Vault } from '@pharos/vault';
import { type Caller, type RequestState } from '../http/caller.js';
import { seesNames } from '../rules/rules.js';

/** How a person is called: given and family name, else the name to show. */
export function nameOf(person: Person | undefined): string | null {
  if (!person) return null;
  const full = [person.givenName, person.familyName].filter((part) => part !== null && part !== '').join(' ');
  return full === '' ? person.displayName : full;
}

type Reading = Pick<RequestState, 'identitiesRead'>;

/** Reads who people are, for those who may know, and notes whose identity was read for the request's fact. */
export class Names {
  constructor(
    private readonly vault: Vault,
    private readonly registry: Registry,
  ) {}

  /** Names of tokens. Without the right to names, or for erased people: null. One query of the vault. */
  async ofTokens(caller: Caller, tokens: readonly string[], state: Reading): Promise<ReadonlyMap<string, PersonName>> {
    const wanted = [...new Set(tokens)];
    const people = seesNames(caller) && wanted.length > 0 ? await this.vault.people(caller.tenant, wanted) : new Map<string, Person>();
    for (const token of people.keys()) state.identitiesRead.add(token);
    return new Map(wanted.map((token) => [token, { token, name: nameOf(people.get(token)) }]));
  }

  /**
   * Names of users by id: of those who acted on alerts. A user who is no person of the roster is called by their login.
   * Acts of the system (`policy`) are not in the answer.
   */
  async ofUsers(caller: Caller, ids: readonly string[], state: Reading): Promise<ReadonlyMap<string, PersonName>> {
    const wanted = [...new Set(ids)].filter((id) => id !== 'policy');
    const users = this.registry.tenant(caller.tenant).users;
    const found = (await Promise.all(wanted.map((id) => users.get(id)))).filter((user) => user !== undefined);
    const tokens = found.flatMap((user) => (user.person === null ? [] : [user.person]));
    const names = await this.ofTokens(caller, tokens, state);
    return new Map(
      found.map((user) => [user.id, { token: user.id, name: user.person === null ? user.login : (names.get(user.person)?.name ?? null) }]),
    );
  }
}
