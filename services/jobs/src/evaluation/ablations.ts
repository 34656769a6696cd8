import { expectedCalibrationError, type FeatureSpec, logLoss, probabilityOf, rocAuc, topFraction } from '@pharos/learner-models';
import { type KnownAttribute } from '@pharos/warehouse';
import { groupOf } from '../risk/declared-groups.js';
import { recipeNamed } from '../risk/recipes.js';
import { type LabelledRows } from '../risk/target.js';
import { fitAndScore } from './fit-and-score.js';

/** What a family of features is worth: the figures with it left out, or with it added. */
export interface Ablation {
  readonly presentation: string;
  readonly day: number;
  readonly recipe: string;
  /** `none` is the recipe as it is; `protected` adds the protected attributes, which no model that serves may see. */
  readonly change: 'none' | 'without' | 'protected';
  readonly family: string | null;
  readonly auc: number;
  readonly precisionAt10: number;
  readonly logLoss: number;
  readonly ece: number;
}

interface AblationRows {
  readonly presentation: string;
  readonly day: number;
  readonly training: LabelledRows;
  readonly rows: LabelledRows;
  readonly attributes: readonly KnownAttribute[];
}

/** The recipe whose fits are cheap enough to be repeated for each family. */
const recipe = recipeNamed('logistic');

/** Leaves out one family of features after the other, and adds the protected attributes: the cost of not using them. */
export function ablate({ presentation, day, training, rows, attributes }: AblationRows, seed: number): Ablation[] {
  const told = (change: Ablation['change'], family: string | null, learn: LabelledRows, score: LabelledRows): Ablation[] => {
    const logOdds = fitAndScore([recipe], learn, score, seed).get(recipe.name);
    if (!logOdds) return [];
    const scored = { target: score.table.target, score: logOdds.map(probabilityOf) };
    return [{
      presentation, day, recipe: recipe.name, change, family, auc: rocAuc(scored), precisionAt10: topFraction(scored, 0.1).precision,
      logLoss: logLoss(scored), ece: expectedCalibrationError(scored),
    }]; // prettier-ignore
  };
  const live = training.table.features.filter((_, at) => training.table.columns[at]!.some((value) => !Number.isNaN(value)));
  const families = [...new Set([...live.map(({ family }) => family), ...(training.table.declared ? ['declared'] : [])])];
  const names = [...new Set(attributes.map(({ attribute }) => attribute))].sort();
  const values = new Map(
    names.map((name) => [name, [...new Set(attributes.filter((one) => one.attribute === name).map((one) => one.value))].sort()]),
  );
  const withProtected = (some: LabelledRows): LabelledRows =>
    names.reduce((wide, name) => {
      const groups = groupOf(some.keys, attributes, name);
      const columns = values.get(name)!.map((value) => Float64Array.from(groups, (group) => Number(group === value)));
      const added = values.get(name)!.map((value): FeatureSpec => ({ name: `${name}=${value}`, family: 'protected' }));
      return {
        ...wide,
        table: { ...wide.table, features: [...wide.table.features, ...added], columns: [...wide.table.columns, ...columns] },
      };
    }, some);
  return [
    ...told('none', null, training, rows),
    ...families.flatMap((family) => told('without', family, withoutFamily(training, family), withoutFamily(rows, family))),
    ...(names.length > 0 ? told('protected', null, withProtected(training), withProtected(rows)) : []),
  ];
}

function withoutFamily({ keys, table }: LabelledRows, left: string): LabelledRows {
  if (left === 'declared') return { keys, table: { ...table, declared: {} } };
  const kept = table.features.flatMap(({ family }, at) => (family === left ? [] : [at]));
  return { keys, table: { ...table, features: kept.map((at) => table.features[at]!), columns: kept.map((at) => table.columns[at]!) } };
}
