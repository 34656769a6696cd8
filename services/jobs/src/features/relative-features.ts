import { type FeatureName } from '@pharos/warehouse';
import { type RowKey } from './feature-rows.js';

/** Told as z-scores among the classmates at the same day. */
const scored = [
  'activity_7', 'activity_28', 'activity_so_far', 'active_days', 'active_days_28', 'days_early', 'mark_mean', 'mark_last',
  'activity_before_start', 'activity_to_day_56', 'report_percent',
] as const satisfies readonly FeatureName[]; // prettier-ignore

/** Told as ranks among the classmates, from 0 to 1: a tail that no z-score tames, such as that of clicks, moves them little. */
const ranked = [
  'mark_mean', 'mark_last', 'mark_first', 'mark_lowest', 'days_early', 'days_early_last', 'days_since_hand_in', 'registered_ahead', 'activity_before_start', 'activity_to_day_56',
] as const satisfies readonly FeatureName[]; // prettier-ignore

export type RelativeName = `${(typeof scored)[number]}_z` | `${(typeof ranked)[number]}_rank`;
export const relativeNames: readonly RelativeName[] = [
  ...scored.map((name) => `${name}_z` as const),
  ...ranked.map((name) => `${name}_rank` as const),
];

/**
 * How each learner stands among those of the class who have a value, in the order of `relativeNames`; NaN where the value is not known.
 * A class is always read whole, so that a score comes out the same when the class is asked for alone. O(rows × log rows) a feature.
 *
 * @param columnOf an absolute feature's values
 */
export function relativeColumns(keys: readonly RowKey[], columnOf: (name: FeatureName) => Float64Array): Float64Array[] {
  const classes = [...Map.groupBy(keys.keys(), (row) => keys[row]!.class).values()];
  const within = (name: FeatureName, tell: (values: Float64Array) => Float64Array): Float64Array => {
    const column = columnOf(name);
    const told = new Float64Array(keys.length).fill(NaN);
    for (const rows of classes) {
      const present = rows.filter((row) => !Number.isNaN(column[row]!));
      const values = tell(Float64Array.from(present, (row) => column[row]!));
      present.forEach((row, at) => (told[row] = values[at]!));
    }
    return told;
  };
  return [...scored.map((name) => within(name, zScores)), ...ranked.map((name) => within(name, ranks))];
}

/** 0 for all where all have the same. */
function zScores(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / (deviation > 0 ? deviation : 1));
}

/** Digits after the point that count in a rank: what differs by less differs by the order in which the engine added it up. */
const RANKED_TO = 1e9;

/** The middle of the ranks that equal values share, from 0 to 1. */
function ranks(unrounded: Float64Array): Float64Array {
  const values = unrounded.map((value) => Math.round(value * RANKED_TO) / RANKED_TO);
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const told = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at += 1) told[order[at]!] = (from + to) / 2 / values.length;
    from = to;
  }
  return told;
}
