import { type KnownAttribute } from '@pharos/warehouse';

/** Attributes have to be declared for at least so large a share of the learners to be audited. */
const leastDeclared = 0.2;

/** Per attribute the group of each row, as declared for the class, else for the learner as a whole. For audits and mitigations, never for features. */
export function groupsOf(
  keys: readonly { readonly learner: string; readonly class: string }[],
  declared: readonly KnownAttribute[],
): Readonly<Record<string, readonly (string | null)[]>> {
  const names = [...new Set(declared.map((one) => one.attribute))].sort();
  const columns = names.map((name) => [name, groupOf(keys, declared, name)] as const);
  return Object.fromEntries(columns.filter(([, column]) => column.filter((value) => value !== null).length >= leastDeclared * keys.length));
}

/** The group of each row by one attribute; null where it is not declared. O(rows + declared). */
export function groupOf(
  keys: readonly { readonly learner: string; readonly class: string }[],
  declared: readonly KnownAttribute[],
  attribute: string,
): (string | null)[] {
  const values = new Map(declared.filter((one) => one.attribute === attribute).map((one) => [`${one.learner}\n${one.class}`, one.value]));
  return keys.map((key) => values.get(`${key.learner}\n${key.class}`) ?? values.get(`${key.learner}\n`) ?? null);
}
