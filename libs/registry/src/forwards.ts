import { newId } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

/** Which statements a target gets: all of what is named has to fit; what is left out fits everything. */
export interface ForwardFilter {
  readonly verbs?: readonly string[];
  readonly activities?: readonly string[];
  /** Ids of the credentials that sent them. */
  readonly platforms?: readonly string[];
}

/** Somewhere that statements are forwarded to. */
export interface Forward {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly kind: 'xapi' | 'webhook';
  readonly url: string;
  /** Version of xAPI that it is spoken to in. */
  readonly version: '1.0.3' | '2.0.0';
  /** Sealed with the tenant's key: `key:secret` of a record store, or what a webhook's signature is made with. */
  readonly sealedSecret: string;
  readonly filter: ForwardFilter;
  /** Whether it may be told who people are; otherwise it gets tokens. */
  readonly withIdentities: boolean;
  readonly active: boolean;
  /** Everything before it was sent, set aside, or is not for this target. */
  readonly position: string;
  readonly sent: number;
  /** Refused by the target for good; each is a dead letter. */
  readonly setAside: number;
  /** In a row, since it last took something. */
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
}

type New = 'name' | 'kind' | 'url' | 'version' | 'sealedSecret' | 'filter' | 'withIdentities' | 'position';

export interface Forwards {
  create(forward: Pick<Forward, New>): Promise<Forward>;
  list(): Promise<readonly Forward[]>;
  setActive(id: string, active: boolean): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** Notes how far it has come; ends a row of failures, unless it is `stumbling` still. */
  advance(
    id: string,
    to: { readonly position: string; readonly sent: number; readonly setAside: number; readonly stumbling?: boolean },
  ): Promise<void>;
  failed(id: string, error: string, nextAttemptAt: Date): Promise<void>;
}

interface ForwardRow {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  readonly kind: Forward['kind'];
  readonly url: string;
  readonly version: Forward['version'];
  readonly sealed_secret: string;
  readonly filter: ForwardFilter;
  readonly with_identities: boolean;
  readonly active: boolean;
  readonly position: string;
  readonly sent: number;
  readonly set_aside: number;
  readonly failures: number;
  readonly next_attempt_at: Date | null;
  readonly last_error: string | null;
}

const toForward = (row: ForwardRow): Forward => ({
  tenant: row.tenant,
  id: row.id,
  name: row.name,
  kind: row.kind,
  url: row.url,
  version: row.version,
  sealedSecret: row.sealed_secret,
  filter: row.filter,
  withIdentities: row.with_identities,
  active: row.active,
  position: row.position,
  sent: Number(row.sent),
  setAside: Number(row.set_aside),
  failures: row.failures,
  nextAttemptAt: row.next_attempt_at,
  lastError: row.last_error,
});

export function createForwards(sql: TenantSql, now: () => Date): Forwards {
  return {
    async create({ name, kind, url, version, sealedSecret, filter, withIdentities, position }) {
      const rows = await sql.query<ForwardRow>(
        `INSERT INTO forwards (tenant, id, name, kind, url, version, sealed_secret, filter, with_identities, position, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *`,
        [newId(), name, kind, url, version, sealedSecret, JSON.stringify(filter), withIdentities, position, now()],
      );
      return toForward(rows[0]!);
    },
    async list() {
      return (await sql.query<ForwardRow>('SELECT * FROM forwards WHERE tenant = $1 ORDER BY created_at, id')).map(toForward);
    },
    async setActive(id, active) {
      const text = 'UPDATE forwards SET active = $3, next_attempt_at = NULL WHERE tenant = $1 AND id = $2 RETURNING id';
      return (await sql.query(text, [id, active])).length > 0;
    },
    async remove(id) {
      return (await sql.query('DELETE FROM forwards WHERE tenant = $1 AND id = $2 RETURNING id', [id])).length > 0;
    },
    async advance(id, { position, sent, setAside, stumbling = false }) {
      await sql.query(
        `UPDATE forwards SET position = $3, sent = sent + $4, set_aside = set_aside + $5, failures = CASE WHEN $6 THEN failures ELSE 0 END,
           next_attempt_at = NULL, last_error = CASE WHEN $6 THEN last_error END
         WHERE tenant = $1 AND id = $2`,
        [id, position, sent, setAside, stumbling],
      );
    },
    async failed(id, error, nextAttemptAt) {
      await sql.query('UPDATE forwards SET failures = failures + 1, last_error = $3, next_attempt_at = $4 WHERE tenant = $1 AND id = $2', [
        id,
        error,
        nextAttemptAt,
      ]);
    },
  };
}
