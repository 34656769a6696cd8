import { type MoveOn } from './cmi5-courses.js';
import { type Credential, type CredentialRow, toCredential } from './credentials.js';
import { type Database } from './database.js';
import { newSecret, secretHash } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

/** How the learning management system launched the unit: what the rules about its statements go by. */
export interface Cmi5Launch {
  readonly launchMode: 'Normal' | 'Browse' | 'Review';
  readonly masteryScore?: number;
  /** None in launches of an earlier release. */
  readonly moveOn?: MoveOn;
}

/** A statement on its way to the log, and its verb. */
export interface Saying {
  readonly id: string;
  readonly verb: string;
}

/** One launch of an assignable unit for one learner. */
export interface Cmi5Session {
  readonly session: string;
  readonly tenant: string;
  /** The platform that launched it: the session speaks in its name. */
  readonly credential: string;
  /** First token of the learner. */
  readonly learner: string;
  readonly activity: string;
  /** The unit's id in the course structure; null in sessions of an earlier release. */
  readonly unit: string | null;
  readonly registration: string;
  readonly launch: Cmi5Launch;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  /** Verbs of the statements of this session that cmi5 defines, in order. */
  readonly verbs: readonly string[];
  /** What was to be said when it was last heard of; it counts if the log holds it. */
  readonly saying: readonly Saying[];
  /** When the last statement was taken. */
  readonly spokeAt: Date | null;
  /** Terminated or abandoned. */
  readonly endedAt: Date | null;
}

export interface Cmi5Sessions {
  /** @returns the secret of the address that hands the token out, once; undefined where the credential is no key kept here */
  open(session: Omit<Cmi5Session, 'tenant' | 'madeAt' | 'verbs' | 'saying' | 'spokeAt' | 'endedAt'>): Promise<string | undefined>;
  find(session: string): Promise<Cmi5Session | undefined>;
  /** All of a learner's registration, oldest first. */
  ofRegistration(learner: string, registration: string): Promise<readonly Cmi5Session[]>;
  /** Verbs that other sessions of the same unit, registration and learner said before. */
  saidBefore(session: Cmi5Session): Promise<readonly string[]>;
  /** Before statements are taken: what they say counts from `said` on, or once the log turns out to hold them. */
  says(session: string, saying: readonly Saying[]): Promise<void>;
  said(session: string, verbs: readonly string[], ended: boolean): Promise<void>;
}

/** Of every tenant: who asks is not known before. */
export interface Cmi5Tokens {
  /** Hands the token out to the first who asks. `used`: it was handed out, or the session is over. */
  fetch(
    secret: string,
  ): Promise<
    { readonly ok: true; readonly session: string; readonly token: string } | { readonly ok: false; readonly why: 'used' | 'unknown' }
  >;
  /** The session of a token, with the platform's credential; undefined once the session or the platform's key has ended. */
  verify(session: string, token: string): Promise<{ readonly session: Cmi5Session; readonly credential: Credential } | undefined>;
}

interface SessionRow {
  readonly tenant: string;
  readonly session: string;
  readonly credential: string;
  readonly learner: string;
  readonly activity: string;
  readonly unit: string | null;
  readonly registration: string;
  readonly launch: Cmi5Launch;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly verbs: string[];
  readonly saying: readonly Saying[];
  readonly spoke_at: Date | null;
  readonly ended_at: Date | null;
}

const toSession = (row: SessionRow): Cmi5Session => ({
  session: row.session,
  tenant: row.tenant,
  credential: row.credential,
  learner: row.learner,
  activity: row.activity,
  unit: row.unit,
  registration: row.registration,
  launch: row.launch,
  madeAt: row.made_at,
  expiresAt: row.expires_at,
  verbs: row.verbs,
  saying: row.saying,
  spokeAt: row.spoke_at,
  endedAt: row.ended_at,
});

export function createCmi5Sessions(sql: TenantSql, now: () => Date): Cmi5Sessions {
  return {
    async open({ session, credential, learner, activity, unit, registration, launch, expiresAt }) {
      const secret = newSecret();
      const rows = await sql.query(
        `INSERT INTO cmi5_sessions (tenant, session, credential, learner, activity, registration, launch, fetch_hash, made_at, expires_at, unit)
         SELECT $1, $2::uuid, key.id, $4, $5, $6::uuid, $7::jsonb, $8::bytea, $9::timestamptz, $10::timestamptz, $11
         FROM credentials AS key WHERE key.tenant = $1 AND key.id = $3 RETURNING session`,
        [session, credential, learner, activity, registration, JSON.stringify(launch), secretHash(secret), now(), expiresAt, unit],
      );
      return rows.length > 0 ? secret : undefined;
    },
    async find(session) {
      const [row] = await sql.query<SessionRow>('SELECT * FROM cmi5_sessions WHERE tenant = $1 AND session = $2', [session]);
      return row && toSession(row);
    },
    async ofRegistration(learner, registration) {
      const rows = await sql.query<SessionRow>(
        'SELECT * FROM cmi5_sessions WHERE tenant = $1 AND learner = $2 AND registration = $3 ORDER BY made_at',
        [learner, registration],
      );
      return rows.map(toSession);
    },
    async saidBefore({ session, learner, registration, activity }) {
      const rows = await sql.query<{ verb: string }>(
        `SELECT DISTINCT unnest(verbs) AS verb FROM cmi5_sessions
         WHERE tenant = $1 AND learner = $2 AND registration = $3 AND activity = $4 AND session <> $5`,
        [learner, registration, activity, session],
      );
      return rows.map(({ verb }) => verb);
    },
    async says(session, saying) {
      await sql.query('UPDATE cmi5_sessions SET saying = $3 WHERE tenant = $1 AND session = $2', [session, JSON.stringify(saying)]);
    },
    async said(session, verbs, ended) {
      await sql.query(
        `UPDATE cmi5_sessions SET verbs = verbs || $3::text[], saying = '[]', spoke_at = $5,
           ended_at = CASE WHEN $4 THEN coalesce(ended_at, $5) ELSE ended_at END
         WHERE tenant = $1 AND session = $2`,
        [session, verbs, ended, now()],
      );
    },
  };
}

export function createCmi5Tokens(database: Database, now: () => Date): Cmi5Tokens {
  return {
    async fetch(secret) {
      const token = newSecret();
      // One statement, so that of two who ask at once one gets it.
      const [row] = await database.query<{ session: string }>(
        `UPDATE cmi5_sessions SET secret_hash = $2 WHERE fetch_hash = $1 AND secret_hash IS NULL AND ended_at IS NULL AND expires_at > $3
         RETURNING session`,
        [secretHash(secret), secretHash(token), now()],
      );
      if (row) return { ok: true, session: row.session, token };
      const known = await database.query('SELECT 1 FROM cmi5_sessions WHERE fetch_hash = $1', [secretHash(secret)]);
      return { ok: false, why: known.length > 0 ? 'used' : 'unknown' };
    },
    async verify(session, token) {
      const [row] = await database.query<SessionRow>(
        'SELECT * FROM cmi5_sessions WHERE session = $1 AND secret_hash = $2 AND expires_at > $3',
        [session, secretHash(token), now()],
      );
      const [key] = row
        ? await database.query<CredentialRow>('SELECT * FROM credentials WHERE id = $1 AND revoked_at IS NULL', [row.credential])
        : [];
      return row && key && { session: toSession(row), credential: toCredential(key) };
    },
  };
}
