import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Credential, type CredentialCheck, type CredentialRow, toCredential } from './credentials.js';
import { type Sql } from './database.js';
import { secretHash } from './secrets.js';

const rememberMs = 5_000;
const seenEveryMs = 60_000;
/** Unknown ids are remembered too, so that guessing does not reach the database; hence a bound. */
const rememberedKeys = 10_000;

interface Remembered {
  readonly row: CredentialRow | undefined;
  seenWritten: number;
}

/** Checks against rows at most 5 s old: what another process revoked or rescoped is in force here by then. */
export function createCredentialCheck(sql: Sql, now: () => Date): CredentialCheck & { forget(id: string): void } {
  const options = { max: rememberedKeys, ttl: rememberMs, perf: { now: () => now().getTime() } };
  const known = new LRUCache<string, Promise<Remembered>>(options);

  const load = async (id: string): Promise<Remembered> => {
    const [row] = await sql.query<CredentialRow>('SELECT * FROM credentials WHERE id = $1 AND revoked_at IS NULL', [id]);
    return { row, seenWritten: row?.last_seen_at?.getTime() ?? 0 };
  };

  const remember = (id: string): Promise<Remembered> => {
    let found = known.get(id);
    if (!found) {
      found = load(id);
      known.set(id, found);
      found.catch(() => known.delete(id)); // a failed read is not remembered; the caller hears of it
    }
    return found;
  };

  const seen = async (remembered: Remembered, row: CredentialRow): Promise<Credential> => {
    const moment = now();
    if (moment.getTime() - remembered.seenWritten >= seenEveryMs) {
      remembered.seenWritten = moment.getTime();
      await sql.query('UPDATE credentials SET last_seen_at = $2 WHERE id = $1', [row.id, moment]);
    }
    return toCredential(row);
  };

  return {
    forget: (id) => void known.delete(id),
    async verify(id, secret) {
      const remembered = await remember(id);
      const { row } = remembered;
      if (!row || !timingSafeEqual(row.secret_hash, secretHash(secret))) return undefined;
      return seen(remembered, row);
    },
  };
}
