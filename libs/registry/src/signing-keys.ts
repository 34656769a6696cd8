import { type TenantDatabase } from './tenant-sql.js';

/** A tenant's key for signing. Its private half is sealed by whoever puts it here. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly privateSealed: string;
}

export interface SigningKeys {
  /** All of them, newest first: what an older one signed still has to be checked. */
  all(): Promise<readonly SigningKey[]>;
  /** Adds the first key; when two do so at once the one that was first stays, and is returned to both. */
  addFirst(key: SigningKey): Promise<SigningKey>;
}

export function createSigningKeys(sql: TenantDatabase): SigningKeys {
  const all = async (of: Pick<TenantDatabase, 'query'>): Promise<readonly SigningKey[]> =>
    of.query<SigningKey>(
      `SELECT kid, public_jwk AS "publicJwk", private_sealed AS "privateSealed" FROM signing_keys WHERE tenant = $1 ORDER BY created_at DESC, kid`,
    );
  return {
    all: () => all(sql),
    addFirst: ({ kid, publicJwk, privateSealed }) =>
      sql.transaction(async (own) => {
        await own.query(`SELECT $1::text, pg_advisory_xact_lock(hashtext('signing ' || $1::text))`);
        const [known] = await all(own);
        if (known) return known;
        await own.query('INSERT INTO signing_keys (tenant, kid, public_jwk, private_sealed) VALUES ($1, $2, $3, $4)', [
          kid,
          JSON.stringify(publicJwk),
          privateSealed,
        ]);
        return { kid, publicJwk, privateSealed };
      }),
  };
}
