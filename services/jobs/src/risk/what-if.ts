import { type FairnessReport, type Mitigation, mitigationsOf, type OtherScores } from '@pharos/fairness';
import { isModelError } from '@pharos/learner-models';
import { type KnownAttribute } from '@pharos/warehouse';
import { groupOf } from './declared-groups.js';
import { type Change, mitigated } from './mitigate-rows.js';
import { type Recipe } from './recipes.js';
import { type LabelledRows } from './target.js';
import { trainRisk, type TrainedRisk, type TrainingParts } from './train-risk.js';

/** What a model was fitted from, so that it can be fitted again with something changed. */
export interface Training extends TrainingParts {
  readonly recipe: Recipe;
  readonly seed: number;
}

/** Attributes whose gaps are large enough for refits, which cost as much as the model itself. */
const mostRefitted = 2;
/** So many features, those that part the groups most, are left out in a what-if. */
const leftOut = 2;

/**
 * What could be done about each attribute: thresholds by group and the rule for every one; refits with other weights or fewer features for
 * those with a gap beyond chance, the largest first. Nothing of it is applied.
 */
export function whatIfs(
  served: TrainedRisk,
  rule: TrainedRisk,
  training: Training,
  { report, groups, declared, threshold }: {
    readonly report: FairnessReport;
    readonly groups: Readonly<Record<string, readonly (string | null)[]>>;
    readonly declared: readonly KnownAttribute[];
    readonly threshold: number;
  },
): readonly Mitigation[] {
  const others: OtherScores[] = served.recipe === rule.recipe ? [] : [{ kind: 'rule', attribute: null, score: rule.heldOut.score }, ...refits(served, training, report, declared)];
  const { target: label, score, keys } = served.heldOut;
  return mitigationsOf({ label, score, groups, person: keys.map((key) => key.learner), threshold, others, minimumGroup: report.settings.minimumGroup });
} // prettier-ignore

function refits(served: TrainedRisk, training: Training, report: FairnessReport, declared: readonly KnownAttribute[]): OtherScores[] {
  const beyond = report.family.tests.filter((test) => test.significant).sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const attributes = [...new Set(beyond.map((test) => test.attribute))].slice(0, mostRefitted);
  return attributes.flatMap((attribute) => {
    const { group } = beyond.find((test) => test.attribute === attribute)!;
    const without = partingFeatures(served, training.all, groupOf(training.all.keys, declared, attribute), group);
    const changes: readonly Change[] = [
      { kind: 'reweighing', attribute, policy: null, without: [] },
      { kind: 'fewer-features', attribute, policy: null, without: [...without] },
    ];
    return changes.flatMap((change): OtherScores[] => {
      const score = refit(training, change, declared);
      return score === null ? [] : [{ kind: change.kind as OtherScores['kind'], attribute, score, without: change.without }];
    });
  });
}

/** Held-out scores of the same recipe under a change; null where it cannot be fitted so, which leaves the what-if out. */
function refit({ recipe, earlier, later, all, seed }: Training, change: Change, declared: readonly KnownAttribute[]): Float64Array | null {
  const under = (rows: LabelledRows) => mitigated(rows, change, declared);
  try {
    return trainRisk(recipe, { earlier: under(earlier), later: under(later), all: under(all) }, seed).heldOut.score;
  } catch (error) {
    if (isModelError(error)) return null;
    throw error;
  }
}

/** The features whose pushes differ most between a group and everyone else. */
function partingFeatures(served: TrainedRisk, { table }: LabelledRows, groups: readonly (string | null)[], group: string): readonly string[] {
  const prediction = served.scorer.predict(table);
  const inside = groups.map((name) => name === group);
  const mean = (pushes: ArrayLike<number>, of: boolean): number => {
    let [sum, count] = [0, 0];
    for (let row = 0; row < inside.length; row += 1) {
      if (inside[row] !== of) continue;
      sum += pushes[row]!;
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  };
  return prediction.terms
    .map((term, index) => ({ names: term.names, apart: Math.abs(mean(prediction.contributions[index]!, true) - mean(prediction.contributions[index]!, false)) }))
    .sort((a, b) => b.apart - a.apart)
    .flatMap(({ names }) => names)
    .filter((name, at, all) => all.indexOf(name) === at && table.features.some((feature) => feature.name === name))
    .slice(0, leftOut);
} // prettier-ignore
