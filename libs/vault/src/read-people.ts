import { type DataKeys, type WrappedKey } from './data-keys.js';
import { type Profile } from './register-people.js';
import { openBytes, placeOf } from './sealing.js';
import { type Person } from './vault.js';
import { type VaultSql } from './vault-database.js';

interface PersonRow extends WrappedKey {
  readonly asked: string;
  readonly token: string;
  readonly profile: Buffer | null;
}

/** Names by token. Of people whom no roster knows, what their platform last called them. */
export async function readPeople(
  sql: VaultSql,
  keys: DataKeys,
  tenant: string,
  tokens: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const rows = await sql.query<PersonRow>(
    `SELECT asked.token AS asked, person.token, person.profile, person.wrapped_key, person.key_id
     FROM tokens asked JOIN tokens person ON person.tenant = asked.tenant AND person.token = asked.canonical
     WHERE asked.tenant = $1 AND asked.token = ANY($2)`,
    [tenant, tokens],
  );
  const unrostered = [...new Set(rows.filter(({ profile }) => profile === null).map(({ token }) => token))];
  const sent = await readLastSent(sql, keys, tenant, unrostered);
  return new Map(
    rows.map((row) => {
      if (row.profile === null) return [row.asked, personAsSent(row.token, sent.get(row.token))];
      const key = keys.unwrap(tenant, row.token, row);
      const profile = JSON.parse(openBytes(key, row.profile, placeOf('profile', tenant, row.token)).toString()) as Profile;
      return [row.asked, { token: row.token, ...profile, displayName: displayName(profile) }];
    }),
  );
}

function displayName({ givenName, familyName }: Profile): string | null {
  const name = [givenName, familyName].filter((part) => part !== null).join(' ');
  return name === '' ? null : name;
}

function personAsSent(token: string, agent: { readonly name?: unknown; readonly mbox?: unknown } | undefined): Person {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const email = text(agent?.mbox)?.replace(/^mailto:/, '') ?? null;
  return { token, givenName: null, familyName: null, displayName: text(agent?.name), email, sourcedId: null };
}

async function readLastSent(
  sql: VaultSql,
  keys: DataKeys,
  tenant: string,
  canonical: readonly string[],
): Promise<ReadonlyMap<string, object>> {
  if (canonical.length === 0) return new Map();
  const rows = await sql.query<{ canonical: string; token: string; variant: string; sealed: Buffer }>(
    `SELECT DISTINCT ON (canonical) canonical, token, variant, sealed FROM tokens JOIN variants USING (tenant, token)
     WHERE tenant = $1 AND canonical = ANY($2) ORDER BY canonical, variants.made_at DESC, variant`,
    [tenant, canonical],
  );
  const opened = await openVariants(sql, keys, tenant, rows);
  return new Map(rows.map((row) => [row.canonical, opened.get(row.variant) as object]));
}

/** The agents as they were sent, by variant. */
export async function openVariants(
  sql: VaultSql,
  keys: DataKeys,
  tenant: string,
  rows: readonly { readonly token: string; readonly variant: string; readonly sealed: Buffer }[],
): Promise<ReadonlyMap<string, unknown>> {
  const opened = await keys.of(sql, tenant, rows.map(({ token }) => token)); // prettier-ignore
  const readable = rows.filter(({ token }) => opened.has(token)); // erased between the two queries: missing
  return new Map(
    readable.map(({ token, variant, sealed }) => [
      variant,
      JSON.parse(openBytes(opened.get(token)!, sealed, placeOf('variant', tenant, variant)).toString()) as unknown,
    ]),
  );
}

/** Actors whom no roster knows, newest first. */
export async function readUnknownActors(
  sql: VaultSql,
  keys: DataKeys,
  tenant: string,
  limit: number,
): Promise<readonly { readonly token: string; readonly identifier: string; readonly firstSeen: Date }[]> {
  const rows = await sql.query<{ canonical: string; token: string; sealed: Buffer; first_seen: Date }>(
    `SELECT own.canonical, own.token, identifiers.sealed, identifiers.first_seen
     FROM identifiers JOIN tokens own USING (tenant, token) JOIN tokens person ON person.tenant = own.tenant AND person.token = own.canonical
     WHERE identifiers.tenant = $1 AND person.profile IS NULL ORDER BY first_seen DESC, blind LIMIT $2`,
    [tenant, limit],
  );
  const opened = await keys.of(sql, tenant, rows.map(({ token }) => token)); // prettier-ignore
  return rows
    .filter(({ token }) => opened.has(token))
    .map(({ canonical, token, sealed, first_seen }) => ({
      token: canonical,
      identifier: openBytes(opened.get(token)!, sealed, placeOf('identifier', tenant, token)).toString(),
      firstSeen: first_seen,
    }));
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether name, mail or sourced id begins with the text; accents and case do not count. Any word of a name will do. */
export function matches(person: Person, text: string): boolean {
  const wanted = folded(text.trim());
  if (wanted === '') return false;
  const { givenName, familyName, displayName: shown, email, sourcedId } = person;
  const words = [givenName, familyName, shown].flatMap((name) => (name === null ? [] : [name, ...name.split(/\s+/)]));
  return [...words, email, sourcedId].some((value) => value !== null && folded(value).startsWith(wanted));
}
