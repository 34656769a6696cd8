import { type Registry } from '@pharos/registry';

/** Groups of fewer people are not shown, unless the tenant sets another minimum. */
const MINIMUM = 10;

/** A tenant may ask for more people than the default, or fewer, but never fewer than three. */
export function minimumOf(setting: unknown): number {
  if (setting === undefined) return MINIMUM;
  if (typeof setting !== 'number' || !Number.isInteger(setting) || setting < 3)
    throw new RangeError('the minimum of people is a whole number from 3');
  return setting;
}

/** The tenant's minimum of people in anything that is shown. */
export const minimumGroupOf = async (registry: Registry, tenant: string): Promise<number> =>
  minimumOf((await registry.tenants.get(tenant))?.settings.minimumGroup);
