import { knownClasses, knownOutcomes, knownPresence, protectedAttributes, type TenantWarehouse } from '@pharos/warehouse';
import { completedClasses } from '../features/classes.js';
import { readFeatures } from '../features/feature-rows.js';
import { type Target } from '../risk/target.js';
import { type EvaluationSource } from './evaluation-source.js';

/** A tenant's warehouse as a source: features come from the question by which the risk job scores, endings from what is predicted there. */
export async function tenantSource(warehouse: TenantWarehouse, now: string, target: Target): Promise<EvaluationSource> {
  const classesAt = (asOf: string) => warehouse.ask(knownClasses({ asOf }), 'jobs');
  const ended = completedClasses(await classesAt(now), now, target);
  const names = ended.map((one) => one.class);
  return {
    classesAt,
    ended,
    outcomes:
      target === 'chronic-absence'
        ? await warehouse.ask(knownPresence(names.map((name) => ({ class: name, at: now }))), 'jobs')
        : await warehouse.ask(knownOutcomes(names, { asOf: now }), 'jobs'),
    attributes: await warehouse.ask(protectedAttributes({ asOf: now }), 'jobs'),
    features: (cuts) => readFeatures(warehouse, cuts),
  };
}
