import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type DataKeys, type WrappedKey } from './data-keys.js';
import { openBytes, placeOf, sealBytes } from './sealing.js';
import { type Sealed } from './vault.js';
import { type VaultDatabase, type VaultSql } from './vault-database.js';

const placeOfText = (tenant: string, learner: string): string => placeOf('text', tenant, learner);

/** Seals texts with their learners' keys, made where a token has none yet. What is said of an erased learner opens never again. */
export async function sealTexts(
  database: VaultDatabase,
  keys: DataKeys,
  at: Date,
  tenant: string,
  texts: readonly Sealed[],
): Promise<readonly string[]> {
  const learners = [...new Set(texts.map(({ learner }) => learner))];
  const known = new Map(await keys.of(database, tenant, learners));
  const missing = learners.filter((learner) => !known.has(learner));
  if (missing.length > 0) for (const [learner, key] of await makeKeys(database, keys, at, tenant, missing)) known.set(learner, key);
  return texts.map(({ learner, text }) => sealBytes(known.get(learner)!, text, placeOfText(tenant, learner)).toString('base64'));
}

async function makeKeys(
  database: VaultDatabase,
  keys: DataKeys,
  at: Date,
  tenant: string,
  learners: readonly string[],
): Promise<ReadonlyMap<string, KeyObject>> {
  const gone = await database.transaction(async (sql) => {
    const erased = await sql.query<{ token: string }>('SELECT token FROM erased WHERE tenant = $1 AND token = ANY($2)', [tenant, learners]);
    const gone = new Set(erased.map(({ token }) => token));
    const fresh = learners.filter((learner) => !gone.has(learner)).map((token) => ({ token, ...keys.fresh(tenant, token) }));
    await sql.query(
      `INSERT INTO tokens (tenant, token, canonical, wrapped_key, key_id, made_at)
       SELECT $1, token, token, wrapped, key_id, $2 FROM unnest($3::text[], $4::bytea[], $5::text[]) AS fresh (token, wrapped, key_id) ORDER BY token
       ON CONFLICT DO NOTHING`,
      [tenant, at, fresh.map(({ token }) => token), fresh.map((one) => one.wrapped_key), fresh.map((one) => one.key_id)],
    );
    return gone;
  });
  // Read back after the commit: somebody else may have made the key first, and only a committed one may be remembered.
  const stored = new Map(await keys.of(database, tenant, learners));
  // A key that is kept nowhere: the caller had an old token in hand, and what it seals is gone with the learner.
  for (const learner of learners) if (gone.has(learner) || !stored.has(learner)) stored.set(learner, createSecretKey(randomBytes(32)));
  return stored;
}

/** @throws Unreadable for what was not sealed for this learner */
export async function unsealTexts(
  sql: VaultSql,
  keys: DataKeys,
  tenant: string,
  sealed: readonly Sealed[],
): Promise<readonly (string | null)[]> {
  const known = await keys.of(sql, tenant, sealed.map(({ learner }) => learner)); // prettier-ignore
  return sealed.map(({ learner, text }) => {
    const key = known.get(learner);
    return key ? openBytes(key, Buffer.from(text, 'base64'), placeOfText(tenant, learner)).toString() : null;
  });
}

/** A tenant's key for one purpose, made at its first use; the same for ever. */
export async function tenantKey(sql: VaultSql, keys: DataKeys, tenant: string, purpose: 'seal' | 'hash'): Promise<KeyObject> {
  const read = () =>
    sql.query<WrappedKey>('SELECT wrapped_key, key_id FROM tenant_keys WHERE tenant = $1 AND purpose = $2', [tenant, purpose]);
  let [row] = await read();
  if (!row) {
    const fresh = keys.fresh(tenant, purpose);
    await sql.query('INSERT INTO tenant_keys (tenant, purpose, wrapped_key, key_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      tenant,
      purpose,
      fresh.wrapped_key,
      fresh.key_id,
    ]);
    [row] = await read();
  }
  return keys.unwrap(tenant, purpose, row!);
}
