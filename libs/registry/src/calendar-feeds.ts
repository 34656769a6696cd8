import { createHash, randomBytes } from 'node:crypto';
import { type Database } from './database.js';
import { type TenantDatabase } from './tenant-sql.js';

/** A learner's calendar, reachable by whoever knows its address until it is revoked. */
export interface CalendarFeed {
  readonly tenant: string;
  readonly learner: string;
  readonly locale: string;
}

export interface CalendarFeeds {
  /** Makes a new address; a former one ends with it. The secret is shown once and only its hash is kept. */
  open(learner: string, locale: string): Promise<string>;
  /** Whether there is an address. */
  has(learner: string): Promise<boolean>;
  revoke(learner: string): Promise<void>;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function createCalendarFeeds(sql: TenantDatabase): CalendarFeeds {
  return {
    async open(learner, locale) {
      const secret = randomBytes(24).toString('base64url');
      await sql.query(
        `INSERT INTO calendar_feeds (tenant, learner, secret_hash, locale) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant, learner) DO UPDATE SET secret_hash = excluded.secret_hash, locale = excluded.locale, created_at = now()`,
        [learner, hashOf(secret), locale],
      );
      return secret;
    },
    has: async (learner) => (await sql.query('SELECT 1 FROM calendar_feeds WHERE tenant = $1 AND learner = $2', [learner])).length > 0,
    async revoke(learner) {
      await sql.query('DELETE FROM calendar_feeds WHERE tenant = $1 AND learner = $2', [learner]);
    },
  };
}

/** Finds a feed by its secret, in whichever tenant: the one question that is asked before the tenant is known. */
export const findCalendarFeed =
  (database: Database) =>
  async (secret: string): Promise<CalendarFeed | undefined> => {
    const [row] = await database.query<CalendarFeed>('SELECT tenant, learner, locale FROM calendar_feeds WHERE secret_hash = $1', [
      hashOf(secret),
    ]);
    return row;
  };
