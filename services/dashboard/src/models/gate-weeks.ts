import { type GateDecision } from '@pharos/contract';

/**
 * The latest comparison at each week of a course, the earliest week first. Decisions without a week or without figures are left out.
 *
 * @param decisions newest first
 * @example weeksOfGate(decisions)[0]?.week // => 4
 */
export function weeksOfGate(decisions: readonly GateDecision[]): readonly { readonly week: number; readonly decision: GateDecision }[] {
  const latest = new Map<number, GateDecision>();
  for (const decision of decisions) {
    const week = decision.evidence?.week ?? null;
    if (week !== null && decision.evidence?.precision && !latest.has(week)) latest.set(week, decision);
  }
  return [...latest].map(([week, decision]) => ({ week, decision })).sort((a, b) => a.week - b.week);
}
