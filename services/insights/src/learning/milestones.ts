import { type Badges } from '@pharos/contract';

const STEPS = {
  answers: [10, 50, 100, 250, 500, 1_000],
  skills: [1, 3, 5, 10, 20, 50],
  streak: [3, 7, 14, 30, 60],
} as const;

/** The last step that was passed of each kind, and the one after it; kinds without a passed step are left out. */
export function milestonesOf(now: Readonly<Record<keyof typeof STEPS, number>>): Badges['milestones'] {
  return (Object.keys(STEPS) as (keyof typeof STEPS)[]).flatMap((kind) => {
    const steps: readonly number[] = STEPS[kind];
    const reached = steps.findLast((step) => step <= now[kind]);
    return reached === undefined ? [] : [{ kind, reached, next: steps.find((step) => step > now[kind]) ?? null, now: now[kind] }];
  });
}
