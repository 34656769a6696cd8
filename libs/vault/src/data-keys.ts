import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type KeyRing } from './key-ring.js';
import { openBytes, placeOf, sealBytes } from './sealing.js';
import { type VaultSql } from './vault-database.js';

export interface WrappedKey {
  readonly wrapped_key: Buffer;
  readonly key_id: string;
}

/** People's and tenants' own keys: random, stored wrapped by a master key, opened ones remembered within a bound. */
export interface DataKeys {
  /** A new key, not stored yet. `owner` is a token, or a tenant's purpose. */
  fresh(tenant: string, owner: string): { readonly key: KeyObject } & WrappedKey;
  unwrap(tenant: string, owner: string, row: WrappedKey): KeyObject;
  /** Keys of the tokens that have one. */
  of(sql: VaultSql, tenant: string, tokens: readonly string[]): Promise<ReadonlyMap<string, KeyObject>>;
  /** Forgets opened keys: after an erasure. */
  clear(): void;
  /** Wraps every key that is not under the current master key anew. Returns how many. Can be stopped and begun again. */
  rotate(sql: VaultSql): Promise<number>;
}

export function createDataKeys(ring: KeyRing, options: { readonly max: number; readonly ttlMs: number }): DataKeys {
  const opened = new LRUCache<string, KeyObject>({ max: options.max, ttl: options.ttlMs });
  /** Grows with each clearing: what was read before it is not remembered after it. */
  let generation = 0;
  const wrap = (tenant: string, owner: string, key: KeyObject): WrappedKey => ({
    wrapped_key: sealBytes(ring.key(ring.current), key.export(), placeOf('key', tenant, owner)),
    key_id: ring.current,
  });
  const unwrap = (tenant: string, owner: string, row: WrappedKey): KeyObject =>
    createSecretKey(openBytes(ring.key(row.key_id), row.wrapped_key, placeOf('key', tenant, owner)));

  return {
    fresh(tenant, owner) {
      const key = createSecretKey(randomBytes(32));
      return { key, ...wrap(tenant, owner, key) };
    },
    unwrap,
    async of(sql, tenant, tokens) {
      const keys = new Map<string, KeyObject>();
      const missing = new Set<string>();
      for (const token of tokens) {
        const key = opened.get(placeOf(tenant, token));
        if (key) keys.set(token, key);
        else missing.add(token);
      }
      if (missing.size === 0) return keys;
      const began = generation;
      const rows = await sql.query<WrappedKey & { token: string }>(
        'SELECT token, wrapped_key, key_id FROM tokens WHERE tenant = $1 AND token = ANY($2)',
        [tenant, [...missing]],
      );
      for (const row of rows) {
        const key = unwrap(tenant, row.token, row);
        keys.set(row.token, key);
        if (began === generation) opened.set(placeOf(tenant, row.token), key);
      }
      return keys;
    },
    clear() {
      generation++;
      opened.clear();
    },
    rotate: (sql) => rotate(sql, ring, (tenant, owner, row) => wrap(tenant, owner, unwrap(tenant, owner, row))),
  };
}

const rotateBatch = 1_000;

async function rotate(
  sql: VaultSql,
  ring: KeyRing,
  rewrap: (tenant: string, owner: string, row: WrappedKey) => WrappedKey,
): Promise<number> {
  let count = 0;
  for (const [table, owner] of [
    ['tokens', 'token'],
    ['tenant_keys', 'purpose'],
  ] as const) {
    // prettier-ignore
    for (let rotated = rotateBatch; rotated === rotateBatch; count += rotated) {
      const rows = await sql.query<WrappedKey & { tenant: string; owner: string }>(
        `SELECT tenant, ${owner} AS owner, wrapped_key, key_id FROM ${table} WHERE key_id <> $1 LIMIT $2`,
        [ring.current, rotateBatch],
      );
      rotated = rows.length;
      if (rotated === 0) break;
      await sql.query(
        `UPDATE ${table} SET wrapped_key = fresh.wrapped, key_id = $1
         FROM unnest($2::text[], $3::text[], $4::bytea[]) AS fresh (tenant, owner, wrapped)
         WHERE ${table}.tenant = fresh.tenant AND ${table}.${owner} = fresh.owner`,
        [ring.current, rows.map((row) => row.tenant), rows.map((row) => row.owner), rows.map((row) => rewrap(row.tenant, row.owner, row).wrapped_key)],
      );
    }
  }
  return count;
}
