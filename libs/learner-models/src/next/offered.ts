/** What a learner was offered: one answer, how hard its item is, and whether its skill was new to them. */
export interface OfferedAnswer {
  readonly group: 'reference' | 'focal';
  /** Mastery before it, in steps: learners are compared at equal mastery. */
  readonly stratum: number;
  /** Share of all learners who get the item right. */
  readonly ease: number;
  readonly isNew: boolean;
}

/** A difference of means at equal mastery, focal less reference, with its 95 % interval. */
export interface OfferedGap {
  readonly gap: number;
  readonly low: number;
  readonly high: number;
  /** The interval lies beyond what matters in practice. */
  readonly steered: boolean;
}

export interface OfferedFairly {
  readonly answers: number;
  /** Below 0: the focal group is offered harder items. Null where no stratum compares both groups. */
  readonly ease: OfferedGap | null;
  /** Below 0: the focal group is offered fewer new skills. */
  readonly fresh: OfferedGap | null;
}

/** Differences smaller than these in every direction change nobody's practice: three points of ease, two of new things. */
const EASE_MATTERS = 0.03;
const NEW_MATTERS = 0.02;

/**
 * Whether groups at equal mastery are offered harder, easier or fewer new things: differences within strata of mastery, weighed by how much each stratum can tell
 * (inverse variance), as in a stratified comparison of means. A gap is named only where even its nearer end is large enough to matter.
 *
 * @example offeredFairly(answers).ease // => { gap: -0.11, low: -0.14, high: -0.08, steered: true }
 */
export function offeredFairly(answers: readonly OfferedAnswer[]): OfferedFairly {
  return {
    answers: answers.length,
    ease: gapOf(answers, ({ ease }) => ease, EASE_MATTERS),
    fresh: gapOf(answers, ({ isNew }) => Number(isNew), NEW_MATTERS),
  };
}

function gapOf(answers: readonly OfferedAnswer[], value: (answer: OfferedAnswer) => number, matters: number): OfferedGap | null {
  let weighed = 0;
  let weights = 0;
  for (const stratum of Map.groupBy(answers, (answer) => answer.stratum).values()) {
    const [focal, reference] = (['focal', 'reference'] as const).map((group) => moments(stratum.filter((one) => one.group === group).map(value)));
    if (focal === undefined || reference === undefined) continue;
    const variance = focal.variance / focal.count + reference.variance / reference.count;
    if (!(variance > 0)) continue;
    weighed += (focal.mean - reference.mean) / variance;
    weights += 1 / variance;
  }
  if (weights === 0) return null;
  const gap = weighed / weights;
  const half = 1.959963984540054 / Math.sqrt(weights);
  return { gap, low: gap - half, high: gap + half, steered: gap - half > matters || gap + half < -matters };
} // prettier-ignore

function moments(values: readonly number[]): { readonly count: number; readonly mean: number; readonly variance: number } | undefined {
  const count = values.length;
  if (count < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { count, mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1) };
}
