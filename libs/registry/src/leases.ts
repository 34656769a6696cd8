import { type Sql } from './database.js';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder. What is written under a lease carries it, so that a paused holder cannot win. */
  readonly fence: number;
  readonly expiresAt: Date;
}

export interface Leases {
  /** The lease if it is free, expired, or already this holder's; undefined while another holds it. Times are the database's. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;
  /** Prolongs; undefined when it was lost (its fence is no longer the latest, or it expired and was taken). */
  renew(lease: Lease, ttlMs: number): Promise<Lease | undefined>;
  /** Gives the lease back. Does nothing when it was lost. */
  release(lease: Lease): Promise<void>;
  /** Leases that somebody holds now and whose names begin so. */
  live(prefix: string): Promise<readonly Lease[]>;
}

interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  readonly fence: number;
  readonly expires_at: Date;
}

const toLease = (row: LeaseRow | undefined): Lease | undefined =>
  row && { name: row.name, holder: row.holder, fence: row.fence, expiresAt: row.expires_at };

export function createLeases(sql: Sql): Leases {
  return {
    async acquire(name, holder, ttlMs) {
      // clock_timestamp, as now() is when a transaction began: a lease waited for would be born old.
      const [row] = await sql.query<LeaseRow>(
        `INSERT INTO leases AS held (name, holder, fence, expires_at)
         VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
           fence = held.fence + CASE WHEN held.holder = excluded.holder AND held.expires_at > clock_timestamp() THEN 0 ELSE 1 END
         WHERE held.holder IS NULL OR held.holder = excluded.holder OR held.expires_at <= clock_timestamp()
         RETURNING *`,
        [name, holder, ttlMs],
      );
      return toLease(row);
    },
    async renew(lease, ttlMs) {
      const [row] = await sql.query<LeaseRow>(
        `UPDATE leases SET expires_at = clock_timestamp() + $4 * interval '1 millisecond'
         WHERE name = $1 AND holder = $2 AND fence = $3 RETURNING *`,
        [lease.name, lease.holder, lease.fence, ttlMs],
      );
      return toLease(row);
    },
    async live(prefix) {
      const rows = await sql.query<LeaseRow>(
        'SELECT * FROM leases WHERE starts_with(name, $1) AND holder IS NOT NULL AND expires_at > clock_timestamp() ORDER BY name',
        [prefix],
      );
      return rows.map((row) => toLease(row)!);
    },
    async release(lease) {
      await sql.query('UPDATE leases SET holder = NULL, expires_at = clock_timestamp() WHERE name = $1 AND holder = $2 AND fence = $3', [
        lease.name,
        lease.holder,
        lease.fence,
      ]);
    },
  };
}
