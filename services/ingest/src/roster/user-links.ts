import { type RosterPerson } from '@pharos/vault';
import { type Door } from '../door/door.js';
import { type RosterRow } from './rows.js';
import { type Line, type Said } from './sayings.js';
import { ROSTER_HOME } from './take-results.js';

/** By which platforms and rosters name the same person. Nothing of it is remembered outside the vault. */
function personOf({ sourcedId, givenName, familyName, email, accounts = [] }: RosterRow<'users'>): RosterPerson {
  const mail =
    email === undefined ? [] : [`mailto:${email.slice(0, email.lastIndexOf('@'))}${email.slice(email.lastIndexOf('@')).toLowerCase()}`];
  return {
    identifiers: [
      `sourced:${sourcedId}`,
      `account:${ROSTER_HOME}|${sourcedId}`,
      ...mail,
      ...accounts.map((account) => `account:${account}`),
    ],
    ...(givenName !== undefined && { givenName }),
    ...(familyName !== undefined && { familyName }),
    ...(email !== undefined && { email }),
  };
}

/** Registers people with the vault. Two tokens that turn out to be one person become a fact; names never do. */
export async function userLinks({ vault, now }: Door, tenant: string, lines: readonly Line<'users'>[]): Promise<readonly Said[]> {
  const present = lines.filter(({ row }) => row.status !== 'tobedeleted');
  const { links } = await vault.registerPeople(
    tenant,
    present.map(({ row }) => personOf(row)),
  );
  const at = now().toISOString();
  return links.map(({ learner, canonical, because }) => ({
    key: learner,
    record: { learner, canonical },
    active: true,
    fact: { type: 'LearnersLinked', version: 1, key: learner, occurredAt: at, data: { learner, canonical, linked: true, because, at } },
  }));
}
