import { type ModelDetail, type ModelSummary } from '@pharos/contract';
import { type ModelEntry } from '@pharos/warehouse';
import { courseFigures } from './course-figures.js';

type Trained = Extract<ModelEntry, { type: 'ModelTrained' }>;
type Decided = Extract<ModelEntry, { type: 'ModelPromoted' | 'ModelRejected' }>;

const isTrained = (entry: ModelEntry): entry is Trained => entry.type === 'ModelTrained';
const isDecided = (entry: ModelEntry): entry is Decided => entry.type === 'ModelPromoted' || entry.type === 'ModelRejected';

/** What was last decided about a model. Entries come newest first. */
function decisionOf(entries: readonly ModelEntry[], model: string): ModelSummary['decision'] {
  const last = entries.filter(isDecided).find(({ data }) => data.model === model);
  return last
    ? { outcome: last.type === 'ModelPromoted' ? 'promoted' : 'rejected', by: last.data.by, at: last.at, reason: last.data.reason }
    : null;
}

/** Every model that was trained, newest first. A model trained again with the same values is one model: the latest training speaks. */
export function modelSummaries(entries: readonly ModelEntry[], inUse: ReadonlySet<string>): readonly ModelSummary[] {
  const seen = new Set<string>();
  return entries.filter(isTrained).flatMap(({ data }) => {
    if (seen.has(data.model)) return [];
    seen.add(data.model);
    const { model, recipe, target, asOf, window, validation } = data;
    return [
      {
        model, recipe, target, asOf, window,
        inUse: inUse.has(model),
        decision: decisionOf(entries, model),
        validation: { classes: validation.classes, rows: validation.rows, metrics: validation.metrics },
      },
    ]; // prettier-ignore
  });
}

/** One model with calibration, beside the rule that it has to beat on the same held-out classes. Undefined for an unknown model. */
export function modelDetail(
  entries: readonly ModelEntry[],
  inUse: ReadonlySet<string>,
  model: string,
  { minimum, titleOf }: { readonly minimum: number; readonly titleOf: (course: string) => string },
): ModelDetail | undefined {
  const trained = entries.filter(isTrained);
  const found = trained.find(({ data }) => data.model === model)?.data;
  const summary = modelSummaries(entries, inUse).find((each) => each.model === model);
  if (!found || !summary) return undefined;
  const same = (other: Trained['data']) =>
    other.target === found.target &&
    other.asOf === found.asOf &&
    other.week === found.week &&
    other.validation.rows === found.validation.rows;
  const rule = trained.find(({ data }) => data.recipe.startsWith('rule') && data.model !== model && same(data))?.data;
  return {
    ...summary,
    features: found.features,
    seed: found.seed,
    reliability: found.validation.reliability,
    courses: courseFigures(found.validation, rule?.validation, minimum, titleOf),
    rule: rule ? { model: rule.model, metrics: rule.validation.metrics } : null,
  };
}
