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
