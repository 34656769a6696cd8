import { type Sql } from './database.js';

/** A district or institution. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** Free settings of the tenant (time zone, languages, sources); policies stand apart, see `Policies`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export interface Tenants {
  /** Makes a tenant, or updates its name and settings. */
  put(tenant: { readonly id: string; readonly name: string; readonly settings?: Readonly<Record<string, unknown>> }): Promise<Tenant>;
  get(id: string): Promise<Tenant | undefined>;
  list(): Promise<readonly Tenant[]>;
}

interface TenantRow {
  readonly id: string;
  readonly name: string;
  readonly settings: Record<string, unknown>;
  readonly created_at: Date;
}

const toTenant = (row: TenantRow): Tenant => ({ id: row.id, name: row.name, settings: row.settings, createdAt: row.created_at });

export function createTenants(sql: Sql): Tenants {
  return {
    async put({ id, name, settings }) {
      const rows = await sql.query<TenantRow>(
        `INSERT INTO tenants (id, name, settings) VALUES ($1, $2, coalesce($3::jsonb, '{}'))
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = coalesce($3::jsonb, tenants.settings)
         RETURNING *`,
        [id, name, settings ? JSON.stringify(settings) : null],
      );
      return toTenant(rows[0]!);
    },
    async get(id) {
      const [row] = await sql.query<TenantRow>('SELECT * FROM tenants WHERE id = $1', [id]);
      return row && toTenant(row);
    },
    async list() {
      return (await sql.query<TenantRow>('SELECT * FROM tenants ORDER BY id')).map(toTenant);
    },
  };
}
