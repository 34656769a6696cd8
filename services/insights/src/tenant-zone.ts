import { type Tenant } from '@pharos/registry';
import { IANAZone } from 'luxon';

/** The time zone that a tenant's settings name; UTC where they name none. @throws RangeError for a zone that does not exist */
export function timeZoneOf(tenant: Pick<Tenant, 'settings'> | undefined): string {
  const zone = tenant?.settings.timeZone;
  if (zone === undefined) return 'UTC';
  if (typeof zone !== 'string' || !IANAZone.isValidZone(zone)) throw new RangeError('the time zone of the tenant does not exist');
  return zone;
}
