import { allAnswers, itemPlacements, Placements, protectedAttributes, type TenantWarehouse, type View } from '@pharos/warehouse';
import { fairPractice, type PracticeFairness, type PractisedAnswer } from './fair-practice.js';

export interface AttributePractice {
  readonly attribute: string;
  readonly groups: readonly PracticeFairness[];
}

/**
 * Fair practice of a tenant by each protected attribute, as known at a moment. Reads all answers: for a process of its own.
 *
 * @param minimum groups with fewer learners are left out
 * @example await tenantPractice(warehouse, { asOf }, 10)
 */
export async function tenantPractice(warehouse: TenantWarehouse, view: View, minimum: number): Promise<readonly AttributePractice[]> {
  const [placed, given, declared] = await Promise.all([
    warehouse.ask(itemPlacements(), 'jobs'),
    warehouse.ask(allAnswers(view), 'jobs'),
    warehouse.ask(protectedAttributes(view), 'jobs'),
  ]);
  const placements = new Placements(placed);
  const answers = given.flatMap(({ learner, activity, skills, correct, attempt, recordedAt }): PractisedAnswer[] => {
    const skill = (placements.at(activity, recordedAt)?.skills ?? skills)[0];
    return skill === undefined ? [] : [{ learner, item: activity, skill, correct, attempt }];
  });
  return [...Map.groupBy(declared, ({ attribute }) => attribute)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([attribute, own]) => {
      const values = new Map(own.map(({ learner, value }) => [learner, value]));
      return { attribute, groups: fairPractice(answers, (learner) => values.get(learner), minimum) };
    });
}
