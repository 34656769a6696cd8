import { type AlertPolicy, type TenantRegistry } from '@pharos/registry';

/** The alert policies of a tenant. */
export interface SchoolPolicies {
  /** What is predicted: one target for all schools, for scores are of one. */
  readonly target: string;
  /** The school's own policy, else the tenant's. */
  readonly of: (school: string) => AlertPolicy;
  /** Those that are in force somewhere, the tenant's first. */
  readonly all: readonly AlertPolicy[];
}

export async function readPolicies({ policies }: Pick<TenantRegistry, 'policies'>): Promise<SchoolPolicies> {
  const [{ value: tenants }, own] = await Promise.all([policies.get('alerts'), policies.ofSchools('alerts')]);
  return { target: tenants.target, of: (school) => own.get(school) ?? tenants, all: [tenants, ...own.values()] };
}
