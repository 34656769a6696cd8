import { type TenantSql } from './tenant-sql.js';

/** What a roster said last under a natural key. */
export interface RosterRecord {
  /** `orgs`, `classes`, `enrollments`... */
  readonly kind: string;
  /** Unique within the kind. For rows about people a keyed hash: no identity outside the vault. */
  readonly key: string;
  /** The row as far as others need it; people as tokens. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly active: boolean;
  /** Id of the last fact that came of it; null where none did. */
  readonly fact: string | null;
}

export interface RosterRecords {
  get(kind: string, keys: readonly string[]): Promise<ReadonlyMap<string, RosterRecord>>;
  /** All of a kind that stand now. */
  active(kind: string): Promise<readonly RosterRecord[]>;
  /** Puts each in the place of what stood there; of one key at most once in a call. */
  put(records: readonly RosterRecord[]): Promise<void>;
}

export function createRosterRecords(sql: TenantSql): RosterRecords {
  return {
    async get(kind, keys) {
      const rows = await sql.query<RosterRecord>(
        'SELECT kind, key, record, active, fact FROM roster_records WHERE tenant = $1 AND kind = $2 AND key = ANY($3)',
        [kind, keys],
      );
      return new Map(rows.map((row) => [row.key, row]));
    },
    active: (kind) =>
      sql.query<RosterRecord>('SELECT kind, key, record, active, fact FROM roster_records WHERE tenant = $1 AND kind = $2 AND active', [
        kind,
      ]),
    async put(records) {
      await sql.query(
        `INSERT INTO roster_records (tenant, kind, key, record, active, fact)
         SELECT $1, kind, key, record, active, fact
         FROM unnest($2::text[], $3::text[], $4::jsonb[], $5::boolean[], $6::text[]) AS said (kind, key, record, active, fact)
         ON CONFLICT (tenant, kind, key) DO UPDATE SET record = excluded.record, active = excluded.active, fact = excluded.fact`,
        [
          records.map(({ kind }) => kind),
          records.map(({ key }) => key),
          records.map(({ record }) => JSON.stringify(record)),
          records.map(({ active }) => active),
          records.map(({ fact }) => fact),
        ],
      );
    },
  };
}
