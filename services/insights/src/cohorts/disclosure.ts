import { type Figure } from '@pharos/contract';
import { suppress, withholdRate } from '@pharos/fairness';
import { type Rate } from '../questions/cohort-cells.js';

export const missing: Figure = { is: 'missing' };
export const suppressed: Figure = { is: 'suppressed' };
export const shown = (value: number | null | undefined): Figure =>
  value === null || value === undefined ? suppressed : { is: 'value', value };

/** A part of a whole in one group: at risk of those scored, active of those enrolled. */
export interface Part {
  readonly group: string;
  readonly part: number;
  readonly whole: number;
}

export interface ShownPart {
  readonly part: Figure;
  readonly whole: Figure;
}

const ROOT = '\u0000all';

/** More leaves than this and working out what else must be hidden takes too long to answer a request. */
export const MOST_GROUPS = 400;

/** Cells of one answer, and crossed cells of all classes of a term: with more it takes longer than anybody waits to work out what else must be hidden. */
export const MOST_CELLS = 2_000;

/**
 * Parts and wholes of groups that a reader may compare with each other and with their sum: what is under the minimum is
 * hidden, and as much besides as keeps it from being worked out (the rest of a whole, the last group of a sum).
 *
 * The sum over the groups is in the answer under `total`; where learners are in several groups it is not a count of people.
 *
 * @throws RangeError for more than `MOST_GROUPS` groups
 */
export function discloseParts(
  parts: readonly Part[],
  minimum: number,
): { readonly groups: ReadonlyMap<string, ShownPart>; readonly total: ShownPart } {
  if (parts.length === 0) return { groups: new Map(), total: { part: missing, whole: missing } };
  if (parts.length > MOST_GROUPS) throw new RangeError(`${parts.length} groups are too many to suppress at once`);
  const leaves = parts.map(({ group, part, whole }) => ({ id: group, parent: ROOT, counts: [part, whole - part] }));
  const [root, ...rest] = suppress({ columns: ['part', 'rest'], cohorts: [{ id: ROOT, parent: null }, ...leaves] }, minimum);
  // A zero is somebody's too: that nobody of a small group is at risk says so of each of them.
  const view = ({ cells, total }: { readonly cells: readonly (number | null)[]; readonly total: number | null }): ShownPart => ({
    part: shown(cells[0]),
    whole: shown(total),
  });
  return { groups: new Map(rest.map((each) => [each.id, view(each)])), total: view(root!) };
}

/** A mean over people: shown from the minimum of people on, missing where nothing was recorded. */
export function discloseMean(mean: number | null, people: number, minimum: number): Figure {
  if (mean === null || people === 0) return missing;
  return people < minimum ? suppressed : { is: 'value', value: mean };
}

/** A part of a whole that a pattern lets be shown: itself and what is left of the whole are enough people, or neither is told. */
export const disclosePart = (hidden: boolean, part: number, whole: number, minimum: number): Figure =>
  hidden || part < minimum || whole - part < minimum ? suppressed : { is: 'value', value: part };

/** A rate over people: hidden where they are too few, or where nearly all or nearly none of what is counted is meant, which says it of each. */
export function discloseRate(rate: Rate | null, people: number, minimum: number): Figure {
  if (rate === null || people === 0) return missing;
  if (people < minimum) return suppressed;
  return shown(withholdRate(rate.part, rate.whole, { minimum: 0 }).value);
}
