import { type Sample } from './sample.js';

export const NOT_DECLARED = 'not declared';
export const SMALL_GROUPS = 'other (small groups)';

/** One attribute's groups as codes, with the groups that were too small put together. */
export interface Grouping {
  readonly attribute: string;
  /** Sorted by name; not declared and the pool of small groups come last. */
  readonly names: readonly string[];
  /** Group of each row. */
  readonly code: Int32Array;
  /** How many different people each group has. */
  readonly people: readonly number[];
  /** Whether the group has enough people to be judged; only the pool can fail to. */
  readonly judged: readonly boolean[];
  /** Names of the groups that went into the pool. */
  readonly pooled: readonly string[];
}

const byName = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
const rank = (name: string): number => (name === SMALL_GROUPS ? 2 : name === NOT_DECLARED ? 1 : 0);

const declared = (value: string | null): string => (value === null || value.trim() === '' ? NOT_DECLARED : value.trim());

const countPeople = (labels: readonly string[], person: Int32Array): Map<string, number> => {
  const people = new Map<string, Set<number>>();
  labels.forEach((name, row) => {
    const members = people.get(name) ?? new Set();
    people.set(name, members.add(person[row]!));
  });
  return new Map([...people].map(([name, members]) => [name, members.size]));
};

/**
 * Groups the rows by an attribute. A missing value is a group of its own, for silence may itself be unequal.
 * Groups with fewer people than the minimum are pooled; a pool that is still too small is kept in view but not judged. O(n).
 *
 * @param minimum people, not rows
 * @example groupRows('sex', ['F', null], sample, 1).names // => ['F', 'not declared']
 */
export function groupRows(attribute: string, values: readonly (string | null)[], sample: Pick<Sample, 'person'>, minimum: number): Grouping {
  const named = values.map(declared);
  const sizes = countPeople(named, sample.person);
  const small = new Set([...sizes].filter(([, people]) => people < minimum).map(([name]) => name));
  const labels = small.size === 0 ? named : named.map((name) => (small.has(name) ? SMALL_GROUPS : name));
  const people = countPeople(labels, sample.person);
  const names = [...people.keys()].sort(byName);
  const codes = new Map(names.map((name, code) => [name, code]));
  return {
    attribute,
    names,
    code: Int32Array.from(labels, (name) => codes.get(name)!),
    people: names.map((name) => people.get(name)!),
    judged: names.map((name) => people.get(name)! >= minimum),
    pooled: [...small].sort(byName),
  };
}

/** Everyone as one group, so that the whole is measured by the same code as its parts. */
export const everyoneOf = (rows: number, people: number): Grouping => ({
  attribute: 'everyone',
  names: ['everyone'],
  code: new Int32Array(rows),
  people: [people],
  judged: [true],
  pooled: [],
});

/** `everyoneOf` a sample. */
export const everyone = (sample: Sample): Grouping => everyoneOf(sample.n, sample.people);

/** The crossing of two attributes, as values that can be grouped in their turn. */
export const cross = (one: readonly (string | null)[], other: readonly (string | null)[]): string[] =>
  one.map((value, row) => `${declared(value)} × ${declared(other[row]!)}`);
