import { factId, type NewFact } from '@pharos/facts';
import { type Job } from '../running/job.js';
import { tenantPractice } from './tenant-practice.js';

/** A tenant that asks for no other minimum of people gets this one; what is shown is held against the tenant's own again. */
const MINIMUM = 10;

/**
 * Looks once a week whether practice treats groups alike, and keeps what it found as a fact: reading all answers is nothing for the moment
 * in which somebody asks.
 */
export const practiceJob: Job = {
  name: 'practice',
  about: 'looks whether items ask more of a group at equal mastery, and whether groups are offered harder, easier or fewer new things',
  cron: '30 4 * * 0',
  async run({ home, tenant, warehouse, asOf, positions }) {
    const setting = (await home.registry.tenants.get(tenant))?.settings.minimumGroup;
    const minimum = typeof setting === 'number' ? setting : MINIMUM;
    const report = await tenantPractice(warehouse, { asOf, positions: positions.offsets }, minimum);
    const groups = report.flatMap((attribute) => attribute.groups);
    const counts = {
      attributes: report.length,
      groups: groups.length,
      items: groups.reduce((sum, { items }) => sum + items.length, 0),
      steered: groups.filter(({ offered: { ease, fresh } }) => ease?.steered === true || fresh?.steered === true).length,
    };
    if (groups.length === 0) return counts;
    const fact: NewFact = {
      id: factId('practice-audit', tenant, asOf), type: 'PracticeAudited', version: 1, tenant, key: tenant, occurredAt: asOf, knownAt: asOf,
      data: { asOf, minimum, report },
    }; // prettier-ignore
    await home.log.append([fact]);
    return counts;
  },
};
