import { difference, endsOf } from '../gaps/between-groups.js';
import { share, type Statistic, statisticOf } from '../statistic.js';

/** What naming these learners means, on the whole and between groups. */
export interface Naming {
  readonly named: number;
  readonly precision: Statistic;
  readonly tpr: Statistic;
  /** Highest minus lowest of the groups. */
  readonly selectionGap: Statistic;
  readonly tprGap: Statistic;
}

/** A change that nobody has made yet: what it would bring, and what it would cost. */
export interface WhatIf {
  readonly before: Naming;
  readonly after: Naming;
  /** By how many of 100 named learners more the model would be wrong; null where no one is named. */
  readonly precisionCostPer100: number | null;
}

interface Named {
  readonly label: Uint8Array | readonly number[];
  readonly group: readonly string[];
}

/** Measures one way of naming. O(n). */
export function measureNaming({ label, group }: Named, flagged: Uint8Array): Naming {
  const counts = new Map<string, { n: number; named: number; positives: number; caught: number }>();
  const all = { n: 0, named: 0, positives: 0, caught: 0 };
  group.forEach((name, row) => {
    const own = counts.get(name) ?? { n: 0, named: 0, positives: 0, caught: 0 };
    counts.set(name, own);
    for (const count of [own, all]) {
      count.n += 1;
      count.named += flagged[row]!;
      count.positives += label[row]!;
      count.caught += flagged[row]! * label[row]!;
    }
  });
  const recall = (count: typeof all): Statistic => share(count.caught, count.positives, 'no one has the outcome');
  const groups = [...counts.values()];
  return {
    named: all.named,
    precision: share(all.caught, all.named, 'no one is named'),
    tpr: recall(all),
    selectionGap: statisticOf(difference, endsOf(Float64Array.from(groups, ({ named, n }) => named / n))),
    tprGap: statisticOf(difference, endsOf(Float64Array.from(groups, ({ caught, positives }) => caught / positives))),
  };
}

/**
 * Sets two ways of naming the same learners side by side, for example before and after refitting with other weights. Nothing is applied. O(n).
 *
 * @example whatIf({ label, group }, flaggedNow, flaggedThen).precisionCostPer100
 */
export function whatIf(rows: Named, before: Uint8Array, after: Uint8Array): WhatIf {
  const [now, then] = [measureNaming(rows, before), measureNaming(rows, after)];
  const cost = now.precision.value === null || then.precision.value === null ? null : 100 * (now.precision.value - then.precision.value);
  return { before: now, after: then, precisionCostPer100: cost };
}
