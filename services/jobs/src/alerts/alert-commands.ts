import { factId, type Reason } from '@pharos/facts';
import { type AlertAct, type AlertCase, type AlertCommand, type InterventionTemplate, type RaisedAlert } from '@pharos/registry';
import { type StruggleSign } from '@pharos/learner-models';
import { type JobScope } from '../running/job.js';
import { alertId, describeConcern } from './concerns.js';
import { type AlertPlan } from './plan-alerts.js';
import { type SchoolPolicies } from './school-policies.js';
import { restsOnActivity } from './silent-sources.js';

export type Command = Omit<AlertCommand, 'tenant'>;

/** What the commands of a run are worded by. */
export interface Telling {
  readonly struggles: ReadonlyMap<string, readonly StruggleSign[]>;
  readonly policies: SchoolPolicies;
  readonly catalogue: readonly InterventionTemplate[];
  /** Sources that are silent now. */
  readonly silent: readonly string[];
  /** Open alerts as they stood before this run. */
  readonly before: ReadonlyMap<string, Pick<AlertCase, 'latest' | 'heldFor'>>;
}

type Scope = Pick<JobScope, 'tenant' | 'asOf'>;

/** A command's id comes from the run, so that a repeated run acts once. */
const commandOf = (alert: string, asOf: string, act: AlertAct): Command => ({
  alert, by: 'policy', at: asOf, id: factId('alert-step', alert, asOf, act.do), act,
}); // prettier-ignore

/**
 * The commands of one step of the plan.
 *
 * While a source is silent, what rests on activity is not believed: a new alert is held, one that was told before keeps saying what it
 * said, and a closed one stays closed. When the source is back, a held alert is released, and closed at once where nothing is left of it.
 */
export function commandsOf(step: AlertPlan, { tenant, asOf }: Scope, telling: Telling): readonly Command[] {
  const { concern, counselor, school } = step.of;
  const { policies, catalogue, silent, before, struggles } = telling;
  const alert = step.do === 'raise' ? alertId(tenant, concern, asOf) : step.alert;
  const policy = policies.of(school);
  const known = before.get(alert);
  const command = (act: AlertAct): Command => commandOf(alert, asOf, act);
  const describe = (reasons: readonly Reason[]): RaisedAlert =>
    describeConcern(concern, alert, {
      tenant, asOf, catalogue, answerWithinDays: policy.answerWithinDays, counselor, school, before: reasons,
      struggles: struggles.get(concern.learner) ?? [],
    }); // prettier-ignore
  const raised = describe(known?.latest.reasons ?? []);
  const doubted = restsOnActivity(raised.reasons) ? silent[0] : undefined;
  const release = command({ do: 'release', reason: 'source-back' });
  switch (step.do) {
    case 'raise':
      return [command({ do: 'raise', raised, ...(doubted === undefined ? {} : { heldFor: doubted }) })];
    case 'update': {
      const update = command({ do: 'update', raised });
      if ((known?.heldFor ?? null) === null) return doubted === undefined ? [update] : [];
      if (doubted !== undefined) return [update];
      const nothingLeft = concern.probability < (step.of.raiseAt ?? policy.raiseAt);
      // Released first, or it would come back held; closed before anybody is told of it.
      return [update, release, ...(nothingLeft ? [command({ do: 'resolve', code: 'resolved-itself', note: null })] : [])];
    }
    case 'reopen':
      return doubted === undefined ? [command({ do: 'reopen', reason: 'came-back' }), command({ do: 'update', raised })] : [];
    case 'resolve': {
      const resolve = command({ do: 'resolve', code: step.code, note: null });
      const released = known && known.heldFor !== null ? [release, resolve] : [resolve];
      // What it said was wrong, so it says what is known before it is closed.
      return step.code === 'late-answers' ? [command({ do: 'update', raised }), ...released] : released;
    }
    default:
      return step satisfies never;
  }
}

/**
 * Closes alerts of which no class runs any more: there is nobody left to help in time. What a learner contested waits for its answer.
 *
 * @param ends last day of each class
 */
export function endedTerms(open: readonly AlertCase[], ends: ReadonlyMap<string, string>, asOf: string): readonly Command[] {
  const today = asOf.slice(0, 10);
  const isOver = ({ latest, standing }: AlertCase): boolean =>
    standing.status !== 'contested' && latest.evidence.every((one) => (ends.get(one.class) ?? today) < today);
  return open
    .filter((one) => one.latest.evidence.length > 0 && isOver(one))
    .flatMap((one) => [
      ...(one.heldFor === null ? [] : [commandOf(one.alert, asOf, { do: 'release', reason: 'term-ended' })]),
      commandOf(one.alert, asOf, { do: 'resolve', code: 'term-ended', note: null }),
    ]);
}
