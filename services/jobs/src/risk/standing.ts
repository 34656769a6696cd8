import { gateEvidence, type NewFact } from '@pharos/facts';
import { type ModelEntry } from '@pharos/warehouse';

/** A decision about a model: by the gate, or by a person. */
export type Decision = Extract<ModelEntry, { type: 'ModelPromoted' | 'ModelRejected' }>;

/** What the decisions so far come to. */
export interface Standing {
  /** The recipe in use; null where none was ever put to use. */
  readonly recipe: string | null;
  /** A person put it to use, and no class has ended since: kept until then. */
  readonly byPerson: boolean;
  /** Recipes that a person turned down since the last class ended: not tried again until something new is known. */
  readonly turnedDown: ReadonlySet<string>;
}

/**
 * Which recipe is in use for a target. A person's rejection of the recipe in use brings the one before it back, or the rule.
 *
 * @param decisions newest first, as they are asked for
 * @param lastEnd day on which the last completed class ended: outcomes after a rejection open the case again
 */
export function standingOf(decisions: readonly Decision[], target: string, lastEnd: string): Standing {
  const oldestFirst = decisions.filter(({ data }) => data.target === target).toReversed();
  const turnedDown = new Set<string>();
  const used: { readonly recipe: string; readonly byPerson: boolean }[] = [];
  for (const { type, at, data } of oldestFirst) {
    const byPerson = data.by !== 'gate';
    if (type === 'ModelPromoted') {
      turnedDown.delete(data.recipe);
      if (used.at(-1)?.recipe !== data.recipe || byPerson)
        used.push({ recipe: data.recipe, byPerson: byPerson && at.slice(0, 10) > lastEnd });
    } else if (byPerson) {
      if (at.slice(0, 10) > lastEnd) turnedDown.add(data.recipe);
      while (used.at(-1)?.recipe === data.recipe) used.pop();
    }
  }
  const last = used.at(-1);
  const recipe = last?.recipe ?? (oldestFirst.length > 0 ? 'rule' : null);
  return { recipe, byPerson: last?.byPerson ?? false, turnedDown };
}

/** Facts of decisions as they will be read. */
export const decisionsIn = (facts: readonly NewFact[]): readonly Decision[] =>
  facts.flatMap((fact) =>
    fact.type === 'ModelPromoted' || fact.type === 'ModelRejected'
      ? [{ id: fact.id, type: fact.type, at: fact.occurredAt, data: fact.data }]
      : [],
  );

/** How often a new recipe was tried on these held-out classes before: all tries spend one error budget. */
export function triesOn(decisions: readonly Decision[], target: string, classes: readonly string[]): number {
  const asked = keyOf(classes);
  return decisions.filter(({ data }) => {
    const read = gateEvidence.safeParse(data.evidence);
    return data.target === target && read.success && read.data.budget !== null && keyOf(read.data.classes) === asked;
  }).length;
}

const keyOf = (classes: readonly string[]): string => JSON.stringify([...classes].sort());
