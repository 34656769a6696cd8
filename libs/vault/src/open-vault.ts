import { type KeyObject } from 'node:crypto';
import type pg from 'pg';
import { createActorTokens } from './actor-tokens.js';
import { createDataKeys } from './data-keys.js';
import { type KeyRing } from './key-ring.js';
import { people } from './migrations/001-people.js';
import { matches, openVariants, readPeople, readUnknownActors } from './read-people.js';
import { registerPeople } from './register-people.js';
import { sealTexts, tenantKey, unsealTexts } from './seal-texts.js';
import { blindIndex, openBytes, placeOf, sealBytes } from './sealing.js';
import { type Vault } from './vault.js';
import { openVaultDatabase } from './vault-database.js';

export interface VaultOptions {
  /** For `pg`: the vault's own database and role. */
  readonly connection: pg.PoolConfig;
  readonly keys: KeyRing;
  readonly now: () => Date;
  /** Hears of connections lost while idle. */
  readonly onError: (error: unknown) => void;
  readonly cache?: {
    /** Agents as sent whose tokens are remembered (default 100,000; about 600 bytes each). */
    readonly maxActors?: number;
    /** Opened keys (default 20,000; about 250 bytes each). */
    readonly maxKeys?: number;
    /** After so long another process's links and erasures are seen here (default 30 s). This process's own are at once. */
    readonly ttlMs?: number;
  };
}

/** The vault, and what its keeper does with it. */
export interface OpenVault extends Vault {
  /** Wraps every key anew that is not under the ring's current master key. Returns how many. Repeatable; runs beside everything else. */
  rotateKeys(): Promise<number>;
  /** Answers when the database does. @throws when it does not */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** All tokens of the person to whom the identifier with the blind index `$2` belongs. */
const OF_THE_PERSON = `FROM tokens WHERE tenant = $1 AND canonical IN (
  SELECT canonical FROM identifiers JOIN tokens USING (tenant, token) WHERE tenant = $1 AND blind = $2)`;

export const vaultMigrations = [people] as const;

/**
 * Connects to the vault and brings its schema to this release's state.
 *
 * @throws SchemaMismatch when a newer release made it
 * @example const vault = await openVault({ connection: home.connection('pharos_vault'), keys: await openKeyRing({ file }), now, onError });
 */
export async function openVault({ connection, keys: ring, now, onError, cache = {} }: VaultOptions): Promise<OpenVault> {
  const database = await openVaultDatabase(connection, vaultMigrations, onError);
  const ttlMs = cache.ttlMs ?? 30_000;
  const keys = createDataKeys(ring, { max: cache.maxKeys ?? 20_000, ttlMs });
  const actors = createActorTokens(database, keys, ring.index, now, { max: cache.maxActors ?? 100_000, ttlMs });
  /** Tenants are few: theirs are kept for as long as the vault is open. */
  const tenantKeys = new Map<string, Promise<KeyObject>>();
  const keyOfTenant = (tenant: string, purpose: 'seal' | 'hash'): Promise<KeyObject> => {
    const name = placeOf(tenant, purpose);
    let key = tenantKeys.get(name);
    if (!key) {
      key = tenantKey(database, keys, tenant, purpose);
      tenantKeys.set(name, key);
      key.catch(() => tenantKeys.delete(name)); // a failed read is not remembered; the caller hears of it
    }
    return key;
  };
  const forget = (): void => {
    actors.clear();
    keys.clear();
  };

  return {
    tokensFor: (tenant, seen) => actors.tokensFor(tenant, seen),
    async variants(tenant, variants) {
      const rows = await database.query<{ token: string; variant: string; sealed: Buffer }>(
        'SELECT token, variant, sealed FROM variants WHERE tenant = $1 AND variant = ANY($2)',
        [tenant, variants],
      );
      return openVariants(database, keys, tenant, rows);
    },
    async registerPeople(tenant, people) {
      const registered = await database.transaction((sql) => registerPeople(sql, keys, ring.index, now(), tenant, people));
      if (registered.links.length > 0) actors.clear();
      return registered;
    },
    people: (tenant, tokens) => readPeople(database, keys, tenant, tokens),
    async find(tenant, identifier) {
      const [row] = await database.query<{ canonical: string }>(
        'SELECT canonical FROM identifiers JOIN tokens USING (tenant, token) WHERE tenant = $1 AND blind = $2',
        [tenant, blindIndex(ring.index, 'identifier', tenant, identifier)],
      );
      return row?.canonical;
    },
    async firstToken(tenant, identifier) {
      const [row] = await database.query<{ token: string }>('SELECT token FROM identifiers WHERE tenant = $1 AND blind = $2', [
        tenant,
        blindIndex(ring.index, 'identifier', tenant, identifier),
      ]);
      return row?.token;
    },
    async aliases(tenant, identifier) {
      const rows = await database.query<{ token: string }>(`SELECT token ${OF_THE_PERSON}`, [
        tenant,
        blindIndex(ring.index, 'identifier', tenant, identifier),
      ]);
      return rows.map(({ token }) => token);
    },
    async sentAs(tenant, identifier) {
      const rows = await database.query<{ token: string; variant: string; sealed: Buffer }>(
        `SELECT token, variant, sealed FROM variants WHERE tenant = $1 AND token IN (SELECT token ${OF_THE_PERSON}) ORDER BY made_at, variant`,
        [tenant, blindIndex(ring.index, 'identifier', tenant, identifier)],
      );
      return [...(await openVariants(database, keys, tenant, rows)).values()];
    },
    async search(tenant, text, within) {
      const found = await readPeople(database, keys, tenant, within);
      return within.filter((token) => found.has(token) && matches(found.get(token)!, text));
    },
    unknownActors: (tenant, limit) => readUnknownActors(database, keys, tenant, limit),
    async unlink(tenant, learner) {
      await database.query('UPDATE tokens SET canonical = token, separate = true WHERE tenant = $1 AND token = $2 AND canonical <> token', [
        tenant,
        learner,
      ]);
      actors.clear();
    },
    seal: (tenant, texts) => sealTexts(database, keys, now(), tenant, texts),
    unseal: (tenant, sealed) => unsealTexts(database, keys, tenant, sealed),
    async sealForTenant(tenant, text) {
      return sealBytes(await keyOfTenant(tenant, 'seal'), text, placeOf('tenant', tenant)).toString('base64');
    },
    async unsealForTenant(tenant, sealed) {
      return openBytes(await keyOfTenant(tenant, 'seal'), Buffer.from(sealed, 'base64'), placeOf('tenant', tenant)).toString();
    },
    hashKey: async (tenant) => (await keyOfTenant(tenant, 'hash')).export(),
    async erase(tenant, token) {
      await database.query(
        `WITH person AS (SELECT canonical FROM tokens WHERE tenant = $1 AND token = $2),
              gone AS (DELETE FROM tokens WHERE tenant = $1 AND canonical IN (SELECT canonical FROM person) RETURNING token)
         INSERT INTO erased (tenant, token) SELECT $1, token FROM gone UNION SELECT $1, $2 ON CONFLICT DO NOTHING`,
        [tenant, token],
      );
      forget();
    },
    rotateKeys: () => keys.rotate(database),
    ping: async () => void (await database.query('SELECT 1')),
    close: () => database.close(),
  };
}
