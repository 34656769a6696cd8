import { selectRows, type LearnerTable } from './learner-table.js';
import { ModelError } from './model-error.js';
import { type RiskScorer } from './risk-model.js';

/** Something that can still be done, and the values that the features would then have (handing in work changes more than one). */
export interface PossibleAction {
  readonly name: string;
  readonly sets: Readonly<Record<string, number>>;
}

export interface Counterfactual {
  /** Names of the actions taken together. */
  readonly actions: readonly string[];
  readonly logOdds: number;
  readonly probability: number;
}

/** Actions that are tried in every combination; with more of them combinations double each time. */
const MOST_ACTIONS = 10;

/**
 * What the model would say, had the learner done what is still possible: every combination of the given actions, the fewest actions
 * first and then the lowest risk. Only the features that the actions name are changed, so what cannot change never does.
 * It is the model's answer and no promise of an effect. O(2^actions × features).
 *
 * @param row the learner's row
 * @param actions at most 10; where two set the same feature, the value that lowers the risk more is for the caller to choose: they are not combined
 * @throws ModelError 'unknown-feature', 'bad-value', or 'bad-settings' for too many actions
 * @example counterfactuals(model, table, 7, [{ name: 'hand in both', sets: { work_missed: 0 } }])[0] // => { actions: ['hand in both'], probability: 0.41, … }
 */
export function counterfactuals(model: RiskScorer, table: LearnerTable, row: number, actions: readonly PossibleAction[]): Counterfactual[] {
  if (actions.length > MOST_ACTIONS)
    throw new ModelError('bad-settings', `${actions.length} actions are too many to combine; at most ${MOST_ACTIONS}`);
  const places = actions.map(({ sets }) => Object.entries(sets).map(([name, value]) => ({ at: placeOf(table, name), value })));
  const combinations = combine(places);
  const changed = selectRows(table, new Uint32Array(combinations.length).fill(row));
  combinations.forEach((chosen, index) => {
    for (const action of chosen) for (const { at, value } of places[action]!) changed.columns[at]![index] = value;
  });
  const { logOdds, probability } = model.predict(changed, { explain: false });
  return combinations
    .map((chosen, index) => ({
      actions: chosen.map((action) => actions[action]!.name),
      logOdds: logOdds[index]!,
      probability: probability[index]!,
    }))
    .sort((a, b) => a.actions.length - b.actions.length || a.logOdds - b.logOdds);
}

function placeOf(table: LearnerTable, name: string): number {
  const at = table.features.findIndex((feature) => feature.name === name);
  if (at < 0) throw new ModelError('unknown-feature', `an action sets ${name}, which the table does not have`);
  return at;
}

/** Every non-empty choice of actions that do not set the same feature twice. */
function combine(places: readonly (readonly { at: number }[])[]): number[][] {
  const found: number[][] = [];
  for (let choice = 1; choice < 2 ** places.length; choice++) {
    const chosen = places.map((_, action) => action).filter((action) => (choice >> action) & 1);
    const set = chosen.flatMap((action) => places[action]!.map(({ at }) => at));
    if (new Set(set).size === set.length) found.push(chosen);
  }
  return found;
}
