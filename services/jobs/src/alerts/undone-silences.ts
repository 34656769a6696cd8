import { type AlertCase } from '@pharos/registry';
import { type LateActivity, lateActivity } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { restsOnActivity } from './silent-sources.js';

const dayMs = 86_400_000;

interface ToldSilence {
  readonly alert: string;
  readonly learner: string;
  /** The silence that it told of began after this moment ... */
  readonly from: number;
  /** ... and was told of at this one. Milliseconds since 1970. */
  readonly told: number;
}

/**
 * Open alerts about a silence in which the learner was active all the same: answers that a device kept without a connection, or that a platform sent late,
 * became known only after the alert had been described.
 */
export async function undoneSilences({ warehouse, asOf, positions }: Pick<JobScope, 'warehouse' | 'asOf' | 'positions'>, open: readonly AlertCase[]): Promise<ReadonlySet<string>> {
  const told = open.flatMap(toldSilence);
  if (told.length === 0) return new Set();
  const since = new Date(Math.min(...told.map(({ from }) => from))).toISOString();
  const knownFrom = new Date(Math.min(...told.map((one) => one.told))).toISOString();
  const late = await warehouse.ask(lateActivity(told.map(({ learner }) => learner), { since, knownFrom }, { asOf, positions: positions.offsets }), 'jobs');
  return undone(told, late);
} // prettier-ignore

/** Days of instruction are fewer than days, so that a silence of so many lasted at least as long back as is looked here. */
export function toldSilence({ alert, latest }: Pick<AlertCase, 'alert' | 'latest'>): readonly ToldSilence[] {
  if (!restsOnActivity(latest.reasons)) return [];
  const days = Math.max(0, ...latest.reasons.flatMap(({ code, params }) => (code === 'silent-days' ? [Number(params.days)] : [])));
  const told = Date.parse(latest.asOf);
  return days > 0 ? [{ alert, learner: latest.learner, from: told - days * dayMs, told }] : [];
}

export function undone(told: readonly ToldSilence[], late: readonly LateActivity[]): ReadonlySet<string> {
  const of = Map.groupBy(late, ({ learner }) => learner);
  const isUndone = ({ learner, from, told: at }: ToldSilence): boolean =>
    (of.get(learner) ?? []).some(({ occurredAt, knownAt }) => occurredAt > from && occurredAt <= at && knownAt > at);
  return new Set(told.filter(isUndone).map(({ alert }) => alert));
}
