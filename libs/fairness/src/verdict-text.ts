import { NOT_DECLARED, SMALL_GROUPS } from './grouping.js';
import { type Verdict } from './verdict.js';

/** How people of a tenant speak of its groups and outcomes. */
export interface Wording {
  /** Per attribute and group a phrase that follows "students", for example `with a disability`. */
  readonly groups?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What befalls those with the outcome, after "who later". */
  readonly outcome?: string;
  /** The same of those without it. */
  readonly noOutcome?: string;
}

const whom = ({ attribute, group }: Verdict, wording: Wording): string => {
  const own = wording.groups?.[attribute]?.[group ?? ''];
  if (own !== undefined) return own;
  if (group === NOT_DECLARED) return `whose ${attribute} is not declared`;
  if (group === SMALL_GROUPS) return `in the small groups by ${attribute}`;
  return `whose ${attribute} is “${group}”`;
};

const amount = (per100: number | null): string => {
  if (per100 === null) return 'an unknown number';
  return per100 >= 1 ? String(Math.round(per100)) : 'fewer than 1';
};

const chance = (verdict: Verdict): string => {
  if (verdict.significant) return 'unlikely to be chance';
  return verdict.smallestPer100 === null ? 'this can be chance' : `this can be chance: a gap under ${Math.ceil(verdict.smallestPer100)} of 100 could not be told from it`;
};

/** Puts "more" or "fewer" where the count stands alone: "9 more of 100". */
const gap = (verdict: Verdict, direction: 'more' | 'fewer'): string => `${amount(verdict.per100)} ${direction} of 100`;

/**
 * A verdict in plain English.
 *
 * @example verdictText(verdict, { groups: { disability: { Y: 'with a disability' } }, outcome: 'fail' })
 * // => 'The model misses 9 more of 100 students with a disability who later fail; unlikely to be chance.'
 */
export function verdictText(verdict: Verdict, wording: Wording = {}): string {
  const students = `students ${whom(verdict, wording)}`;
  const outcome = `who later ${wording.outcome ?? 'have the outcome'}`;
  const noOutcome = `who later ${wording.noOutcome ?? 'do not have the outcome'}`;
  switch (verdict.code) {
    case 'names-more':
      return `The model names ${gap(verdict, 'more')} ${students}; ${chance(verdict)}.`;
    case 'names-fewer':
      return `The model names ${gap(verdict, 'fewer')} ${students}; ${chance(verdict)}.`;
    case 'misses-more':
      return `The model misses ${gap(verdict, 'more')} ${students} ${outcome}; ${chance(verdict)}.`;
    case 'misses-fewer':
      return `The model misses ${gap(verdict, 'fewer')} ${students} ${outcome}; ${chance(verdict)}.`;
    case 'false-alarms-more':
      return `The model names ${gap(verdict, 'more')} ${students} ${noOutcome}; ${chance(verdict)}.`;
    case 'false-alarms-fewer':
      return `The model names ${gap(verdict, 'fewer')} ${students} ${noOutcome}; ${chance(verdict)}.`;
    case 'wrong-more-often':
      return `Of 100 ${students} that the model names, it is wrong about ${amount(verdict.per100)} more than of others; ${chance(verdict)}.`;
    case 'wrong-less-often':
      return `Of 100 ${students} that the model names, it is wrong about ${amount(verdict.per100)} fewer than of others; ${chance(verdict)}.`;
    case 'no-gap-shown': {
      const limit = verdict.smallestPer100 === null ? '' : ` With this many students, missing ${Math.ceil(verdict.smallestPer100)} more of 100 in every group would have been noticed four times of five.`;
      return `By ${verdict.attribute}, no difference beyond chance was found.${limit}`;
    }
    case 'small-groups-pooled':
      return `By ${verdict.attribute}, these groups are too small to be judged one by one and stand together: ${verdict.groups.join(', ')}.`;
    case 'too-few-to-judge':
      return verdict.groups.length === 0
        ? `By ${verdict.attribute}, there are too few students, or only one group, and nothing can be compared.`
        : `By ${verdict.attribute}, these groups are too small to be judged even together: ${verdict.groups.join(', ')}.`;
  }
}
