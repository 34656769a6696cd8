import { type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type DataKeys } from './data-keys.js';
import { blindIndex, newToken, placeOf, sealBytes } from './sealing.js';
import { type ActorToken, type SeenActor } from './vault.js';
import { Disturbed, type VaultDatabase, type VaultSql } from './vault-database.js';

interface Wanted extends SeenActor {
  readonly cacheKey: string;
  readonly blind: Buffer;
  readonly digest: Buffer;
  readonly json: string;
}

interface Found {
  readonly token: string;
  readonly canonical: string;
}

export interface ActorTokens {
  tokensFor(tenant: string, actors: readonly SeenActor[]): Promise<readonly ActorToken[]>;
  clear(): void;
}

const hex = (bytes: Buffer): string => bytes.toString('hex');

/**
 * Tokens for agents as they come in. Known ones are answered from memory without a query; a batch of unknown ones costs
 * two reads and one transaction.
 */
export function createActorTokens(
  database: VaultDatabase,
  keys: DataKeys,
  indexKey: KeyObject,
  now: () => Date,
  options: { readonly max: number; readonly ttlMs: number },
): ActorTokens {
  const cache = new LRUCache<string, ActorToken>({ max: options.max, ttl: options.ttlMs });
  /** Grows with each clearing: what was read before it is not remembered after it. */
  let generation = 0;

  const wantedOf = (tenant: string, actor: SeenActor, json: string, cacheKey: string): Wanted => ({
    ...actor,
    json,
    cacheKey,
    blind: blindIndex(indexKey, 'identifier', tenant, actor.identifier),
    digest: blindIndex(indexKey, 'variant', tenant, placeOf(actor.identifier, json)),
  });

  return {
    async tokensFor(tenant, actors) {
      const cacheKeys: string[] = [];
      const found = new Map<string, ActorToken>();
      const missing = new Map<string, Wanted>();
      for (const actor of actors) {
        const json = JSON.stringify(actor.asSent);
        const cacheKey = `${tenant}\0${actor.identifier}\0${json}`;
        cacheKeys.push(cacheKey);
        const known = cache.get(cacheKey);
        if (known) found.set(cacheKey, known);
        else if (!missing.has(cacheKey)) missing.set(cacheKey, wantedOf(tenant, actor, json, cacheKey));
      }
      if (missing.size > 0) {
        const began = generation;
        for (const [cacheKey, token] of await lookUpOrMake(database, keys, now, tenant, [...missing.values()])) {
          found.set(cacheKey, token);
          if (began === generation) cache.set(cacheKey, token);
        }
      }
      return cacheKeys.map((cacheKey) => found.get(cacheKey)!);
    },
    clear() {
      generation++;
      cache.clear();
    },
  };
}

async function lookUpOrMake(
  database: VaultDatabase,
  keys: DataKeys,
  now: () => Date,
  tenant: string,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, ActorToken>> {
  const [tokens, variants] = await Promise.all([readTokens(database, tenant, wanted), readVariants(database, tenant, wanted)]);
  if (wanted.every(({ blind, digest }) => tokens.has(hex(blind)) && variants.has(hex(digest)))) return assemble(wanted, tokens, variants);
  return database.transaction(async (sql) => {
    const present = await readTokens(sql, tenant, wanted);
    const newKeys = await makeTokens(sql, keys, now(), tenant, wanted.filter(({ blind }) => !present.has(hex(blind)))); // prettier-ignore
    const known = await readTokens(sql, tenant, wanted);
    const owned = wanted.map((one) => ({ ...one, token: known.get(hex(one.blind))?.token }));
    const old = await keys.of(sql, tenant, owned.flatMap(({ token }) => (token !== undefined && !newKeys.has(token) ? [token] : []))); // prettier-ignore
    const unsent = owned.filter(({ digest }) => !variants.has(hex(digest)));
    await makeVariants(sql, now(), tenant, unsent.map((one) => withKey(one, (token) => newKeys.get(token) ?? old.get(token)))); // prettier-ignore
    return assemble(wanted, known, await readVariants(sql, tenant, wanted));
  });
}

/** @throws Disturbed when the person was erased between two statements: the whole is done again */
function withKey<W extends { readonly token: string | undefined }>(one: W, keyOf: (token: string) => KeyObject | undefined): W & Owned {
  const key = one.token === undefined ? undefined : keyOf(one.token);
  if (one.token === undefined || key === undefined) throw new Disturbed();
  return { ...one, token: one.token, key };
}

interface Owned {
  readonly token: string;
  readonly key: KeyObject;
}

function assemble(
  wanted: readonly Wanted[],
  tokens: ReadonlyMap<string, Found>,
  variants: ReadonlyMap<string, string>,
): ReadonlyMap<string, ActorToken> {
  return new Map(
    wanted.map(({ cacheKey, blind, digest }) => {
      const owner = tokens.get(hex(blind));
      const variant = variants.get(hex(digest));
      if (!owner || variant === undefined) throw new Disturbed();
      return [cacheKey, { token: owner.canonical, firstToken: owner.token, variant }];
    }),
  );
}

async function readTokens(sql: VaultSql, tenant: string, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, Found>> {
  const rows = await sql.query<Found & { blind: Buffer }>(
    `SELECT blind, identifiers.token, canonical FROM identifiers JOIN tokens USING (tenant, token) WHERE tenant = $1 AND blind = ANY($2)`,
    [tenant, wanted.map(({ blind }) => blind)],
  );
  return new Map(rows.map((row) => [hex(row.blind), row]));
}

async function readVariants(sql: VaultSql, tenant: string, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ digest: Buffer; variant: string }>(
    'SELECT digest, variant FROM variants WHERE tenant = $1 AND digest = ANY($2)',
    [tenant, wanted.map(({ digest }) => digest)],
  );
  return new Map(rows.map((row) => [hex(row.digest), row.variant]));
}

/** Of several who make the same identifier at once, the first to insert it decides; the others wait and take its token. */
async function makeTokens(
  sql: VaultSql,
  keys: DataKeys,
  at: Date,
  tenant: string,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, KeyObject>> {
  if (wanted.length === 0) return new Map();
  const unique = [...new Map(wanted.map((one) => [hex(one.blind), one])).values()];
  // In one order for everybody, or two batches could wait for each other.
  unique.sort((a, b) => Buffer.compare(a.blind, b.blind));
  const made = unique.map(({ blind, identifier }) => {
    const token = newToken();
    const { key, ...wrapped } = keys.fresh(tenant, token);
    return { blind, token, key, ...wrapped, sealed: sealBytes(key, identifier, placeOf('identifier', tenant, token)) };
  });
  const inserted = await sql.query<{ token: string }>(
    `INSERT INTO identifiers (tenant, blind, token, sealed, first_seen)
     SELECT $1, blind, token, sealed, $2 FROM unnest($3::bytea[], $4::text[], $5::bytea[]) AS fresh (blind, token, sealed) ORDER BY blind
     ON CONFLICT (tenant, blind) DO NOTHING RETURNING token`,
    [tenant, at, made.map(({ blind }) => blind), made.map(({ token }) => token), made.map(({ sealed }) => sealed)],
  );
  const winners = new Set(inserted.map(({ token }) => token));
  const mine = made.filter(({ token }) => winners.has(token));
  await sql.query(
    `INSERT INTO tokens (tenant, token, canonical, wrapped_key, key_id, made_at)
     SELECT $1, token, token, wrapped, key_id, $2 FROM unnest($3::text[], $4::bytea[], $5::text[]) AS fresh (token, wrapped, key_id)`,
    [tenant, at, mine.map(({ token }) => token), mine.map((one) => one.wrapped_key), mine.map((one) => one.key_id)],
  );
  return new Map(mine.map(({ token, key }) => [token, key]));
}

async function makeVariants(sql: VaultSql, at: Date, tenant: string, unsent: readonly (Wanted & Owned)[]): Promise<void> {
  const made = unsent.map(({ digest, json, token, key }) => {
    const variant = newToken();
    return { digest, variant, token, sealed: sealBytes(key, json, placeOf('variant', tenant, variant)) };
  });
  await sql.query(
    `INSERT INTO variants (tenant, digest, variant, token, sealed, made_at)
     SELECT $1, digest, variant, token, sealed, $2
     FROM unnest($3::bytea[], $4::text[], $5::text[], $6::bytea[]) AS fresh (digest, variant, token, sealed) ORDER BY digest
     ON CONFLICT (tenant, digest) DO NOTHING`,
    [
      tenant,
      at,
      made.map(({ digest }) => digest),
      made.map(({ variant }) => variant),
      made.map(({ token }) => token),
      made.map(({ sealed }) => sealed),
    ],
  );
}
