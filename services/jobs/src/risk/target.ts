import { type KnownClass, type KnownOutcome, knownOutcomes, type KnownPresence, knownPresence, type Question } from '@pharos/warehouse';
import { type AlertPolicy } from '@pharos/registry';
import { type JobScope } from '../running/job.js';
import { type FeatureRows } from '../features/feature-rows.js';
import { type LearnerTable, rowsWhere, selectRows } from '@pharos/learner-models';

/** How an enrolment ended, in the words that a target asks for. */
export interface Ending {
  readonly class: string;
  readonly learner: string;
  readonly outcome: KnownOutcome['outcome'] | KnownPresence['outcome'];
}

/**
 * What is predicted. A tenant's policy names one; each says which endings count as the event that is warned of. Endings that a target says
 * nothing about are left out.
 */
export const targets = {
  /** Fail or Withdrawn. */
  'not-passing': (outcome) => outcome === 'fail' || outcome === 'withdrawn',
  /** Fail only: for schools where leaving a class is not the learner's choice. Withdrawn enrolments are left out. */
  'course-failure': (outcome) => (outcome === 'withdrawn' ? undefined : outcome === 'fail'),
  /** Absent, for whatever reason, on a tenth of the days of instruction: for districts, which warn of it before marks tell anything. */
  'chronic-absence': (outcome) => outcome === 'chronically-absent',
} as const satisfies Record<AlertPolicy['target'], (outcome: Ending['outcome']) => boolean | undefined>;

export type Target = keyof typeof targets;
export const isTarget = (name: string): name is Target => name in targets;

/** How enrolments of these classes ended, as far as a run may know it. */
export function endingsOf(
  target: Target,
  classes: readonly KnownClass[],
  { asOf, positions }: Pick<JobScope, 'asOf' | 'positions'>,
): Question<Ending> {
  if (target !== 'chronic-absence') return knownOutcomes(classes.map((one) => one.class), { asOf, positions: positions.offsets }); // prettier-ignore
  // Looked at from now: marks of attendance come in late, and days after the end of a class are not counted.
  return knownPresence(classes.map((one) => ({ class: one.class, at: asOf })), positions.offsets); // prettier-ignore
}

/** Rows whose outcome is known, with their keys. */
export interface LabelledRows {
  readonly keys: FeatureRows['keys'];
  readonly table: LearnerTable & { readonly target: Uint8Array; readonly group: Int32Array };
}

/** Joins features with how the enrolments ended; rows without a known outcome are left out. */
export function labelRows(rows: FeatureRows, outcomes: readonly Ending[], target: Target): LabelledRows {
  const ended = new Map(outcomes.map((one) => [`${one.class}\n${one.learner}`, targets[target](one.outcome)]));
  const labels = rows.keys.map((key) => ended.get(`${key.class}\n${key.learner}`));
  const chosen = rowsWhere(labels.length, (row) => labels[row] !== undefined);
  const table = selectRows(rows.table, chosen);
  return {
    keys: [...chosen].map((row) => rows.keys[row]!),
    table: { ...table, target: Uint8Array.from(chosen, (row) => Number(labels[row])), group: table.group ?? new Int32Array(chosen.length) },
  };
}

/** The rows of some classes. */
export function rowsOf({ keys, table }: LabelledRows, classes: ReadonlySet<string>): LabelledRows {
  const chosen = rowsWhere(keys.length, (row) => classes.has(keys[row]!.class));
  return { keys: [...chosen].map((row) => keys[row]!), table: selectRows(table, chosen) };
}
