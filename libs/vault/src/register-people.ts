import { type KeyObject } from 'node:crypto';
import { type DataKeys } from './data-keys.js';
import { blindIndex, newToken, placeOf, sealBytes } from './sealing.js';
import { type KnownIdentifier, type KnownPerson, planRoster, type RosterPlan } from './roster-plan.js';
import { type Link, type RosterPerson } from './vault.js';
import { type VaultSql } from './vault-database.js';

interface Registered {
  readonly tokens: readonly string[];
  readonly links: readonly Link[];
}

const sourcedPrefix = 'sourced:';
const kindOf = (identifier: string): string => identifier.slice(0, Math.max(0, identifier.indexOf(':')));

/** What is kept of a person beside identifiers, sealed with their key. */
export interface Profile {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly sourcedId: string | null;
}

/** Places a roster's people, in one transaction. One roster of a tenant at a time: two would link each other's people. */
export async function registerPeople(
  sql: VaultSql,
  keys: DataKeys,
  indexKey: KeyObject,
  at: Date,
  tenant: string,
  people: readonly RosterPerson[],
): Promise<Registered> {
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`roster ${tenant}`]);
  const plain = new Map<string, string>();
  const planned = people.map(({ identifiers }) => ({
    identifiers: identifiers.map((identifier) => {
      const blind = blindIndex(indexKey, 'identifier', tenant, identifier).toString('hex');
      plain.set(blind, identifier);
      return { blind, kind: kindOf(identifier) };
    }),
  }));
  const { identifiers, persons } = await readKnown(sql, tenant, [...plain.keys()]);
  const plan = planRoster(planned, identifiers, persons, newToken);

  const fresh = new Map(plan.made.map((token) => [token, keys.fresh(tenant, token)]));
  await sql.query(
    `INSERT INTO tokens (tenant, token, canonical, wrapped_key, key_id, made_at)
     SELECT $1, token, token, wrapped, key_id, $2 FROM unnest($3::text[], $4::bytea[], $5::text[]) AS fresh (token, wrapped, key_id)`,
    [tenant, at, [...fresh.keys()], [...fresh.values()].map((one) => one.wrapped_key), [...fresh.values()].map((one) => one.key_id)],
  );
  const opened = await keys.of(sql, tenant, [...plan.tokens, ...plan.given.values()].filter((token) => !fresh.has(token))); // prettier-ignore
  const keyOf = (token: string): KeyObject => (fresh.get(token)?.key ?? opened.get(token))!;
  await writeIdentifiers(sql, tenant, at, plan, plain, keyOf);
  await writeProfiles(sql, tenant, plan, people, planned, keyOf);
  return { tokens: plan.tokens, links: await writeMoves(sql, tenant, plan) };
}

async function readKnown(
  sql: VaultSql,
  tenant: string,
  blinds: readonly string[],
): Promise<{ identifiers: readonly KnownIdentifier[]; persons: readonly KnownPerson[] }> {
  const rows = await sql.query<{
    blind: Buffer;
    token: string;
    canonical: string;
    separate: boolean;
    sourced: Buffer | null;
    rostered: boolean;
    made_at: Date;
  }>(
    `SELECT identifiers.blind, own.token, own.canonical, own.separate, person.sourced, person.profile IS NOT NULL AS rostered, person.made_at
     FROM identifiers JOIN tokens own USING (tenant, token) JOIN tokens person ON person.tenant = own.tenant AND person.token = own.canonical
     WHERE identifiers.tenant = $1 AND identifiers.blind = ANY($2)`,
    [tenant, blinds.map((blind) => Buffer.from(blind, 'hex'))],
  );
  return {
    identifiers: rows.map(({ blind, token, canonical, separate }) => ({ blind: blind.toString('hex'), token, canonical, separate })),
    persons: rows.map((row) => ({
      token: row.canonical,
      sourced: row.sourced?.toString('hex') ?? null,
      rostered: row.rostered,
      madeAt: row.made_at.getTime(),
    })),
  };
}

/** A plain insert: an identifier that a statement brought in meanwhile fails it, and the whole is done again with it known. */
async function writeIdentifiers(
  sql: VaultSql,
  tenant: string,
  at: Date,
  { given }: RosterPlan,
  plain: ReadonlyMap<string, string>,
  keyOf: (token: string) => KeyObject,
): Promise<void> {
  const rows = [...given].map(([blind, token]) => ({
    blind: Buffer.from(blind, 'hex'),
    token,
    sealed: sealBytes(keyOf(token), plain.get(blind)!, placeOf('identifier', tenant, token)),
  }));
  await sql.query(
    `INSERT INTO identifiers (tenant, blind, token, sealed, first_seen)
     SELECT $1, blind, token, sealed, $2 FROM unnest($3::bytea[], $4::text[], $5::bytea[]) AS fresh (blind, token, sealed) ORDER BY blind`,
    [tenant, at, rows.map(({ blind }) => blind), rows.map(({ token }) => token), rows.map(({ sealed }) => sealed)],
  );
}

async function writeProfiles(
  sql: VaultSql,
  tenant: string,
  plan: RosterPlan,
  people: readonly RosterPerson[],
  planned: readonly { readonly identifiers: readonly { readonly blind: string; readonly kind: string }[] }[],
  keyOf: (token: string) => KeyObject,
): Promise<void> {
  // The last line about a person holds.
  const rows = new Map(
    people.map((person, index) => {
      const token = plan.tokens[index]!;
      const sourced = person.identifiers.find((identifier) => identifier.startsWith(sourcedPrefix));
      const profile: Profile = {
        givenName: person.givenName ?? null,
        familyName: person.familyName ?? null,
        email: person.email ?? null,
        sourcedId: sourced?.slice(sourcedPrefix.length) ?? null,
      };
      const blind = planned[index]!.identifiers.find(({ kind }) => kind === 'sourced')?.blind;
      return [
        token,
        {
          sealed: sealBytes(keyOf(token), JSON.stringify(profile), placeOf('profile', tenant, token)),
          sourced: blind === undefined ? null : Buffer.from(blind, 'hex'),
        },
      ];
    }),
  );
  await sql.query(
    `UPDATE tokens SET profile = fresh.sealed, sourced = coalesce(fresh.sourced, tokens.sourced)
     FROM unnest($2::text[], $3::bytea[], $4::bytea[]) AS fresh (token, sealed, sourced) WHERE tenant = $1 AND tokens.token = fresh.token`,
    [tenant, [...rows.keys()], [...rows.values()].map(({ sealed }) => sealed), [...rows.values()].map(({ sourced }) => sourced)],
  );
}

/** Every token that stood for the moved person moves, so that a link is one step and never a chain. */
async function writeMoves(sql: VaultSql, tenant: string, { moves }: RosterPlan): Promise<readonly Link[]> {
  if (moves.length === 0) return [];
  return sql.query<Link>(
    `UPDATE tokens SET canonical = moved.target
     FROM unnest($2::text[], $3::text[], $4::text[]) AS moved (source, target, because)
     WHERE tenant = $1 AND tokens.canonical = moved.source
     RETURNING tokens.token AS learner, tokens.canonical AS canonical, moved.because AS because`,
    [tenant, moves.map(({ from }) => from), moves.map(({ to }) => to), moves.map(({ because }) => because)],
  );
}
