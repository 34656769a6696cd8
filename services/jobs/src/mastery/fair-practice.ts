import {
  benjaminiHochberg, type ComparedAnswer, type ItemFairness, type LogisticFairness, logisticFairness, mantelHaenszel, type OfferedAnswer, offeredFairly,
  type OfferedFairly,
} from '@pharos/learner-models'; // prettier-ignore

/** One graded answer of a learner. Answers of a learner come oldest first. */
export interface PractisedAnswer {
  readonly learner: string;
  readonly item: string;
  readonly skill: string;
  readonly correct: boolean;
  /** Which try at its item it is, where the platform says so. */
  readonly attempt?: number | null;
}

export interface UnfairItem extends ItemFairness {
  readonly item: string;
  readonly logistic: LogisticFairness;
}

/** How practice treats one group beside the largest one of an attribute. */
export interface PracticeFairness {
  readonly group: string;
  readonly reference: string;
  readonly learners: number;
  /** Items with enough first answers of both groups to be compared. */
  readonly compared: number;
  /** Items that differ by both methods: moderate or large by Mantel and Haenszel, and beyond chance over all items by regression. Largest first. */
  readonly items: readonly UnfairItem[];
  readonly offered: OfferedFairly;
}

/** First answers of each group, without which an item is not compared. */
const FEWEST_ANSWERS = 30;
const STRATA = 5;
/** Answers by which a running estimate of mastery is half new. */
const FADING = 0.9;
/** Share of false items among those that are named (Benjamini and Hochberg 1995). */
const FALSE_SHARE = 0.05;

/**
 * Fair practice: whether items ask more of a group at equal mastery, and whether groups at equal mastery are offered harder things or fewer new ones. Each group is
 * compared with the largest one. Item by item only first answers count; learners are matched on what they do on all other items, for the offers on what was known
 * before each one.
 *
 * @param groupOf the group of a learner by one attribute; undefined where it is not declared
 * @param minimum groups with fewer learners are left out: too small to be shown, and to tell
 * @example fairPractice(answers, (learner) => genderOf.get(learner), 10)[0]?.offered.ease?.steered
 */
export function fairPractice(answers: readonly PractisedAnswer[], groupOf: (learner: string) => string | undefined, minimum: number): readonly PracticeFairness[] {
  const groups = [...Map.groupBy([...new Set(answers.map(({ learner }) => learner))], groupOf)].flatMap(([group, learners]) => (group === undefined || learners.length < minimum ? [] : [{ group, learners: new Set(learners) }]));
  groups.sort((a, b) => b.learners.size - a.learners.size || (a.group < b.group ? -1 : 1));
  const [reference, ...others] = groups;
  if (reference === undefined) return [];
  const ease = rates(answers);
  const offers = offersOf(answers, ease);
  return others.map(({ group, learners }) => {
    const side = (learner: string) => (learners.has(learner) ? ('focal' as const) : reference.learners.has(learner) ? ('reference' as const) : undefined);
    const items = itemsOf(answers, ease, side);
    const adjusted = benjaminiHochberg(items.map(({ logistic }) => logistic.pValue ?? 1));
    return {
      group,
      reference: reference.group,
      learners: learners.size,
      compared: items.length,
      items: items.filter(({ verdict }, at) => adjusted[at]! <= FALSE_SHARE && (verdict === 'B' || verdict === 'C')).sort((a, b) => Math.abs(b.delta!) - Math.abs(a.delta!)),
      offered: offeredFairly(offers.flatMap(({ learner, ...offer }): OfferedAnswer[] => { const own = side(learner); return own === undefined ? [] : [{ group: own, ...offer }]; })),
    };
  });
} // prettier-ignore

/** Share right of each item among all learners. */
function rates(answers: readonly PractisedAnswer[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(answers, ({ item }) => item)].map(([item, own]) => [item, (own.filter(({ correct }) => correct).length + 1) / (own.length + 2)]));
} // prettier-ignore

type Side = (learner: string) => 'reference' | 'focal' | undefined;

function itemsOf(answers: readonly PractisedAnswer[], ease: ReadonlyMap<string, number>, side: Side): readonly UnfairItem[] {
  const first = new Map<string, PractisedAnswer>();
  const sums = new Map<string, { sum: number; count: number }>();
  for (const answer of answers) {
    const key = `${answer.learner}\n${answer.item}`;
    if (side(answer.learner) === undefined || (answer.attempt ?? 1) > 1 || first.has(key)) continue;
    first.set(key, answer);
    const own = sums.get(answer.learner) ?? { sum: 0, count: 0 };
    sums.set(answer.learner, { sum: own.sum + beyond(answer, ease), count: own.count + 1 });
  }
  return [...Map.groupBy([...first.values()], ({ item }) => item)].flatMap(([item, given]) => {
    // What a learner does on all other items: the item under study must not match learners by itself.
    const rest = given.map((answer) => {
      const { sum, count } = sums.get(answer.learner)!;
      return count > 1 ? (sum - beyond(answer, ease)) / (count - 1) : 0;
    });
    const stratumOf = quantiles(rest);
    const compared = given.map(({ learner, correct }, at): ComparedAnswer => ({ group: side(learner)!, correct, stratum: stratumOf(rest[at]!) }));
    const enough = (['reference', 'focal'] as const).every((group) => compared.filter((one) => one.group === group).length >= FEWEST_ANSWERS);
    return enough ? [{ item, ...mantelHaenszel(compared), logistic: logisticFairness(compared) }] : [];
  });
} // prettier-ignore

const beyond = ({ item, correct }: PractisedAnswer, ease: ReadonlyMap<string, number>): number => Number(correct) - ease.get(item)!;

function offersOf(answers: readonly PractisedAnswer[], ease: ReadonlyMap<string, number>) {
  const offers = [...Map.groupBy(answers, ({ learner }) => learner)].flatMap(([learner, own]) => {
    const known = new Set<string>();
    let mastery = 0;
    return own.map((answer) => {
      const offer = { learner, mastery, ease: ease.get(answer.item)!, isNew: !known.has(answer.skill) };
      known.add(answer.skill);
      mastery = FADING * mastery + (1 - FADING) * beyond(answer, ease);
      return offer;
    });
  });
  const stratumOf = quantiles(offers.map(({ mastery }) => mastery));
  return offers.map(({ mastery, ...offer }) => ({ ...offer, stratum: stratumOf(mastery) }));
}

/** Which fifth of the values a value lies in. */
function quantiles(values: readonly number[]): (value: number) => number {
  const sorted = [...values].sort((a, b) => a - b);
  const cuts = Array.from({ length: STRATA - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / STRATA)]!);
  return (value) => cuts.filter((cut) => value >= cut).length;
}
