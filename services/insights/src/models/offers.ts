import { type ModelOffer } from '@pharos/contract';
import { factId, type NewFact } from '@pharos/facts';
import { type Registry } from '@pharos/registry';
import { modelHistory, type ModelEntry, type Warehouse } from '@pharos/warehouse';

type Trained = Extract<ModelEntry, { type: 'ModelTrained' }>['data'];

/** What another tenant lets this one start from, with the models themselves. */
export interface Offer {
  readonly shown: ModelOffer;
  /** One for each week of a class, the earliest first. */
  readonly models: readonly Trained[];
}

/**
 * What other tenants let this one start from: the models of the recipe that serves there, if their admin named this tenant in the lending policy.
 * The only place that reads another tenant's tables for somebody else, and it reads what was learned and how it was judged, no learner's row.
 */
export async function offersTo(
  tenant: string,
  target: string,
  { registry, warehouse }: { readonly registry: Registry; readonly warehouse: Warehouse },
): Promise<readonly Offer[]> {
  const others = (await registry.tenants.list()).filter(({ id }) => id !== tenant);
  const found = await Promise.all(
    others.map(async ({ id, name }): Promise<readonly Offer[]> => {
      const { to, reason } = (await registry.tenant(id).policies.get('lending')).value;
      if (!to.includes(tenant)) return [];
      const [used, entries] = await Promise.all([
        registry.tenant(id).modelsInUse.get(target),
        warehouse.tenant(id).ask(modelHistory({ type: 'ModelTrained' })),
      ]);
      const models = used && used.recipe !== 'rule' ? lendable(entries, used.recipe, target) : [];
      if (models.length === 0) return [];
      return [{ shown: { ...offerOf(entries, models), from: id, name, reason, recipe: used!.recipe, target }, models }];
    }),
  );
  return found.flat();
}

const trainedOf = (entries: readonly ModelEntry[]): readonly Trained[] =>
  entries.flatMap((entry) => (entry.type === 'ModelTrained' ? [entry.data] : []));

/** The latest of each week that served there and was learned there. @param entries newest first */
export function lendable(entries: readonly ModelEntry[], recipe: string, target: string): readonly Trained[] {
  const weeks = new Map<number, Trained>();
  for (const data of trainedOf(entries)) {
    const { week, inputs, borrowed } = data;
    if (data.recipe !== recipe || data.target !== target || week === undefined || inputs === undefined || borrowed || weeks.has(week))
      continue;
    weeks.set(week, data);
  }
  return [...weeks.values()].sort((a, b) => a.week! - b.week!);
}

function offerOf(entries: readonly ModelEntry[], models: readonly Trained[]): Pick<ModelOffer, 'learners' | 'weeks'> {
  const rules = trainedOf(entries).filter(({ recipe }) => recipe === 'rule');
  return {
    learners: Math.max(...models.map(({ window }) => window.learners)),
    weeks: models.map(({ week, model, asOf, target, validation }) => {
      const rule = rules.find((one) => one.asOf === asOf && one.target === target && one.week === week);
      return {
        week: week!,
        model,
        asOf,
        rows: validation.rows,
        precisionAt10: validation.metrics.precisionAt10 ?? null,
        rule: rule?.validation.metrics.precisionAt10 ?? null,
      };
    }),
  };
}

/**
 * Facts that store another tenant's learned values with this one, as they are, so that each score can be derived again here. The names of the classes
 * that they were learned from stay where they are.
 */
export function borrowedFacts(tenant: string, { shown: { from }, models }: Offer, { by, at, reason }: { readonly by: string; readonly at: string; readonly reason: string }): readonly NewFact[] {
  return models.map((data): NewFact => {
    const { courses: _courses, ...validation } = data.validation;
    return {
      id: factId('borrowed', tenant, from, data.target, data.model), type: 'ModelTrained', version: 1, tenant, key: data.model, occurredAt: at,
      data: { ...data, window: { ...data.window, classes: [] }, validation: { ...validation, classes: [] }, borrowed: { from, by, reason } },
    };
  });
} // prettier-ignore
