import { type KnownOutcome } from '@pharos/warehouse';
import { type FeatureRows } from '../features/feature-rows.js';
import { type LearnerTable, rowsWhere, selectRows } from '@pharos/learner-models';

/** What is predicted. A tenant's policy names one; each says which outcomes count as the event that is warned of. */
export const targets = {
  /** Fail or Withdrawn. */
  'not-passing': (outcome: KnownOutcome['outcome']) => outcome === 'fail' || outcome === 'withdrawn',
  /** Fail only: for schools where leaving a class is not the learner's choice. Withdrawn enrolments are left out. */
  'course-failure': (outcome: KnownOutcome['outcome']) => (outcome === 'withdrawn' ? undefined : outcome === 'fail'),
} as const satisfies Record<string, (outcome: KnownOutcome['outcome']) => boolean | undefined>;

export type Target = keyof typeof targets;
export const isTarget = (name: string): name is Target => name in targets;

/** Rows whose outcome is known, with their keys. */
export interface LabelledRows {
  readonly keys: FeatureRows['keys'];
  readonly table: LearnerTable & { readonly target: Uint8Array; readonly group: Int32Array };
}

/** Joins features with how the enrolments ended; rows without a known outcome are left out. */
export function labelRows(rows: FeatureRows, outcomes: readonly KnownOutcome[], target: Target): LabelledRows {
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
