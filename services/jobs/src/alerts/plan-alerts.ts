import { type AlertPolicy, type AlertStatus } from '@pharos/registry';
import { type Concern } from './concerns.js';

/** What is known of the concern's latest alert. */
export interface LatestAlert {
  readonly alert: string;
  readonly status: AlertStatus;
  readonly closedAt: string | null;
  /** Runs in a row, this one included, in which the risk stood below `clearBelow`. */
  readonly lowRuns: number;
  /** It told of a silence in which the learner had been active: what they did then became known only after it. */
  readonly silenceUndone?: boolean;
}

export interface PlannedConcern {
  readonly concern: Concern;
  readonly counselor: string | null;
  readonly school: string;
  readonly course: string;
  /** Probability from which it is raised, where that is not the policy's. */
  readonly raiseAt?: number;
  readonly latest?: LatestAlert;
}

export type AlertPlan =
  | { readonly do: 'raise'; readonly of: PlannedConcern }
  | { readonly do: 'reopen'; readonly of: PlannedConcern; readonly alert: string }
  | { readonly do: 'update'; readonly of: PlannedConcern; readonly alert: string }
  | { readonly do: 'resolve'; readonly of: PlannedConcern; readonly alert: string; readonly code: 'risk-stayed-low' | 'late-answers' };

const dayMs = 86_400_000;
const isOpen = (status: AlertStatus): boolean => status !== 'resolved' && status !== 'overridden';

/**
 * What to do about each concern, by the tenant's policy. Pure: the same concerns, policy and moment give the same plan.
 *
 * - An open alert is kept fresh; when its risk stayed below `clearBelow` for `lowRunsToResolve` runs it is closed. One that told of a silence
 *   which was none is closed at once, unless what is known now would raise it as well.
 * - A concern without an open alert is raised from `raiseAt` on, most likely first, as far as the counselor's capacity goes.
 *   Between the two thresholds nothing is raised and nothing closed, so that alerts do not flicker.
 * - After closing, the concern rests for `coolDownDays`; then its alert is reopened. What a person set aside stays so this term.
 *
 * @param policyOf the policy of a school, which is the tenant's unless the school has one of its own
 * @param raisedThisWeek new alerts that each counselor got in the seven days before `asOf`
 */
export function planAlerts(
  concerns: readonly PlannedConcern[],
  policyOf: (school: string) => AlertPolicy,
  raisedThisWeek: ReadonlyMap<string, number>,
  asOf: string,
): readonly AlertPlan[] {
  const raised = new Map(raisedThisWeek);
  return concerns.flatMap((of): AlertPlan[] => {
    const { concern, latest, counselor } = of;
    const policy = policyOf(of.school);
    if (!isWatched(of, policy)) return [];
    const raiseAt = of.raiseAt ?? policy.raiseAt;
    if (latest && isOpen(latest.status)) {
      const { alert } = latest;
      if (latest.lowRuns >= policy.lowRunsToResolve) return [{ do: 'resolve', of, alert, code: 'risk-stayed-low' }];
      const mistaken = latest.silenceUndone === true && concern.probability < raiseAt;
      return [mistaken ? { do: 'resolve', of, alert, code: 'late-answers' } : { do: 'update', of, alert }];
    }
    if (concern.probability < raiseAt) return [];
    if (concern.scores[0]!.score.week < policy.silentWeeks) return [];
    if (latest?.status === 'overridden') return [];
    if (latest?.closedAt && Date.parse(asOf) - Date.parse(latest.closedAt) < policy.coolDownDays * dayMs) return [];
    const desk = counselor ?? '';
    const soFar = raised.get(desk) ?? 0;
    if (soFar >= (policy.newPerCounselorAndWeek ?? Infinity)) return [];
    raised.set(desk, soFar + 1);
    return [latest ? { do: 'reopen', of, alert: latest.alert } : { do: 'raise', of }];
  });
}

function isWatched({ school, course }: PlannedConcern, { watched }: AlertPolicy): boolean {
  const named = (list: readonly string[], name: string) => list.length === 0 || list.includes(name);
  return named(watched.schools, school) && named(watched.courses, course);
}
