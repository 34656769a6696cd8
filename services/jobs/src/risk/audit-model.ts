import { factId, type NewFact } from '@pharos/facts';
import { auditFairness } from '@pharos/fairness';
import { type KnownAttribute, protectedAttributes } from '@pharos/warehouse';
import { type ModelOrigin } from './model-record.js';
import { type TrainedRisk } from './train-risk.js';

/** Attributes have to be declared for at least so large a share of the held-out learners to be audited. */
const leastDeclared = 0.2;
/** Fewer draws than the statistician's report takes: this audit follows every training, and its intervals move by a hundredth. */
const draws = { resamples: 400, permutations: 1000, abrocaRounds: 50 };

/**
 * The fairness audit of the model that serves, on its held-out rows: who would have been named if alerts were raised from
 * the tenant's threshold on. Without protected attributes there is nothing to audit by, and no fact.
 */
export async function auditFact(trained: TrainedRisk, { scope, target, classes }: ModelOrigin): Promise<readonly NewFact[]> {
  const { tenant, asOf, warehouse, positions, registry, seed } = scope;
  const declared = await warehouse.ask(protectedAttributes({ asOf, positions: positions.offsets }), 'jobs');
  const groups = groupsOf(trained.heldOut.keys, declared);
  if (Object.keys(groups).length === 0) return [];
  const threshold = (await registry.policies.get('alerts')).value.raiseAt;
  const report = auditFairness({
    label: trained.heldOut.target,
    score: trained.heldOut.score,
    threshold,
    groups,
    person: trained.heldOut.keys.map((key) => key.learner),
    seed,
    ...draws,
  });
  const { model, recipe } = trained;
  return [
    {
      id: factId('audit', tenant, target, asOf, model),
      type: 'FairnessAudited',
      version: 1,
      tenant,
      key: model,
      occurredAt: asOf,
      knownAt: asOf,
      data: { model, recipe, target, asOf, classes: [...classes.judged], threshold, report },
    },
  ];
}

/** Per attribute the group of each row: as declared for the class, else for the learner as a whole. */
function groupsOf(
  keys: readonly { readonly learner: string; readonly class: string }[],
  declared: readonly KnownAttribute[],
): Readonly<Record<string, readonly (string | null)[]>> {
  const values = new Map(declared.map((one) => [`${one.attribute}\n${one.learner}\n${one.class}`, one.value]));
  const names = [...new Set(declared.map((one) => one.attribute))].sort();
  const columns = names.map((name): [string, (string | null)[]] => [
    name,
    keys.map((key) => values.get(`${name}\n${key.learner}\n${key.class}`) ?? values.get(`${name}\n${key.learner}\n`) ?? null),
  ]);
  return Object.fromEntries(columns.filter(([, column]) => column.filter((value) => value !== null).length >= leastDeclared * keys.length));
}
