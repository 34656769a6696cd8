import { createRandom } from '../random.js';

/** An item of a calibrated bank (2PL): chance = 1 / (1 + exp(−a (θ − b))). */
export interface BankItem {
  readonly item: string;
  readonly area: string;
  /** Discrimination a, above 0. */
  readonly discrimination: number;
  /** Difficulty b, on the scale of ability. */
  readonly difficulty: number;
}

export interface AssessmentSettings {
  /** Stops at this standard error of the ability. */
  readonly standardError: number;
  readonly most: number;
  readonly least: number;
  /** One of so many best items is drawn, so that the best are not seen by all (randomesque, Kingsbury & Zara 1989). */
  readonly among: number;
  readonly seed: number;
}

export const ASSESSMENT: AssessmentSettings = { standardError: 0.35, most: 30, least: 5, among: 4, seed: 1 };

export interface AssessmentAnswer {
  readonly item: string;
  readonly correct: boolean;
}

export interface Assessment {
  /** Ability and its standard error: mean and spread of the posterior (EAP, Bock & Mislevy 1982). */
  readonly ability: number;
  readonly error: number;
  /** Undefined when it is over. */
  readonly next: string | undefined;
  readonly stopped: 'precise' | 'longest' | 'no-items' | undefined;
  /** What is known by area: items asked and right. */
  readonly areas: readonly { readonly area: string; readonly asked: number; readonly right: number }[];
}

const GRID = Array.from({ length: 81 }, (_, index) => -4 + index / 10);
const chanceOf = ({ discrimination, difficulty }: BankItem, ability: number): number =>
  1 / (1 + Math.exp(-discrimination * (ability - difficulty)));
const informationOf = (item: BankItem, ability: number): number => {
  const chance = chanceOf(item, ability);
  return item.discrimination ** 2 * chance * (1 - chance);
};

/**
 * Where an adaptive assessment stands after these answers, and what it asks next: the most informative items at the present
 * estimate, of the area that was asked least. A pure function of the answers, so that stopping and going on later needs no state.
 *
 * @throws RangeError for an answer to an item that is not in the bank, or to one twice
 * @example assess(bank, []).next // => 'item-17'
 */
export function assess(
  bank: readonly BankItem[],
  answers: readonly AssessmentAnswer[],
  settings: AssessmentSettings = ASSESSMENT,
): Assessment {
  const items = new Map(bank.map((item) => [item.item, item]));
  const asked = new Set(answers.map(({ item }) => item));
  if (asked.size < answers.length) throw new RangeError('an item was answered twice');
  const given = answers.map(({ item, correct }) => {
    const known = items.get(item);
    if (known === undefined) throw new RangeError(`${item} is not in the bank`);
    return { known, correct };
  });
  const { ability, error } = posterior(given);
  const areas = [...new Set(bank.map(({ area }) => area))].sort().map((area) => {
    const own = given.filter(({ known }) => known.area === area);
    return { area, asked: own.length, right: own.filter(({ correct }) => correct).length };
  });
  const left = bank.filter(({ item }) => !asked.has(item));
  const stopped =
    answers.length >= settings.most ? 'longest'
    : answers.length >= settings.least && error <= settings.standardError ? 'precise'
    : left.length === 0 ? 'no-items'
    : undefined; // prettier-ignore
  return {
    ability,
    error,
    areas,
    stopped,
    next: stopped === undefined ? choose(left, ability, areas, answers.length, settings) : undefined,
  };
}

function posterior(given: readonly { readonly known: BankItem; readonly correct: boolean }[]): { readonly ability: number; readonly error: number } {
  const logs = GRID.map((ability) =>
    given.reduce((sum, { known, correct }) => sum + Math.log(correct ? chanceOf(known, ability) : 1 - chanceOf(known, ability)), -(ability ** 2) / 2),
  );
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ability = GRID.reduce((sum, at, index) => sum + at * weights[index]!, 0) / total;
  const variance = GRID.reduce((sum, at, index) => sum + (at - ability) ** 2 * weights[index]!, 0) / total;
  return { ability, error: Math.sqrt(variance) };
} // prettier-ignore

function choose(left: readonly BankItem[], ability: number, areas: Assessment['areas'], turn: number, { among, seed }: AssessmentSettings): string {
  const counts = new Map(areas.map(({ area, asked }) => [area, asked]));
  const open = new Set(left.map(({ area }) => area));
  const fewest = Math.min(...[...open].map((area) => counts.get(area)!));
  const best = left
    .filter(({ area }) => counts.get(area) === fewest)
    .map((item) => ({ item: item.item, information: informationOf(item, ability) }))
    .sort((a, b) => b.information - a.information || (a.item < b.item ? -1 : 1))
    .slice(0, among);
  return best[createRandom(seed * 1_000 + turn).integer(best.length)]!.item;
} // prettier-ignore
