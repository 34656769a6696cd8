import { type GateDecision, type InputsWatch, type ModelStanding, type Observation } from '@pharos/contract';
import { type GateEvidence, gateEvidence, type ObservedReport, observedReport } from '@pharos/facts';
import { discloseGroups } from '@pharos/fairness';
import { type ModelInUse } from '@pharos/registry';
import { type KnownClass, type KnownTraces, type ModelEntry } from '@pharos/warehouse';

type Of<Type extends ModelEntry['type']> = Extract<ModelEntry, { type: Type }>;
const ofType =
  <Type extends ModelEntry['type']>(...types: readonly Type[]) =>
  (entry: ModelEntry): entry is Of<Type> =>
    (types as readonly string[]).includes(entry.type);

/** A decision as the page shows it; evidence of an older release is not guessed at. */
export function decisionView(entry: Of<'ModelPromoted' | 'ModelRejected'>): GateDecision {
  const { model, recipe, target, by, reason, evidence } = entry.data;
  const read = gateEvidence.safeParse(evidence);
  const outcome = entry.type === 'ModelPromoted' ? 'promoted' : 'rejected';
  return { id: entry.id, at: entry.at, model, recipe, target, outcome, by, reason, evidence: read.success ? coarse(read.data) : null };
}

/** Gaps that a gate failed a model for are told to whole learners of a hundred, as an audit's sentences are: exact ones would give smaller groups away. */
function coarse(evidence: GateEvidence): GateEvidence {
  if (!evidence.fairness) return evidence;
  const whole = (per100: number | null): number | null => (per100 === null ? null : Math.round(per100));
  const failures = evidence.fairness.failures.map((one) => ({
    ...one,
    per100: Math.round(one.per100),
    presentPer100: whole(one.presentPer100),
  }));
  return { ...evidence, fairness: { ...evidence.fairness, failures } };
}

/** Promotions and rejections, newest first. */
export const decisionsOf = (entries: readonly ModelEntry[], target?: string): readonly GateDecision[] =>
  entries.filter(ofType('ModelPromoted', 'ModelRejected')).filter(({ data }) => target === undefined || data.target === target).map(decisionView); // prettier-ignore

/** What moved before each scoring, newest first. @param titleOf how a course is called */
export const inputsOf = (entries: readonly ModelEntry[], titleOf: (course: string) => string): readonly InputsWatch[] =>
  entries
    .filter(ofType('InputsWatched'))
    .map(({ id, at, data }) => ({ id, at, ...data, moved: data.moved.map((one) => ({ ...one, title: titleOf(one.course) })) }));

/**
 * What was served against what happened, newest first; reports of another version are left out.
 *
 * @param minimum people under whom a group is not told of: the tenant's
 */
export const observationsOf = (entries: readonly ModelEntry[], minimum: number): readonly Observation[] =>
  entries.filter(ofType('ModelObserved')).flatMap(({ id, at, data }) => {
    const report = observedReport.safeParse(data.report);
    if (!report.success) return [];
    const { model, recipe, target, asOf, classes } = data;
    const { rows, named, figures, groups, withheld, concern } = report.data;
    const told = toldGroups(groups, minimum);
    return [
      {
        id,
        at,
        model,
        recipe,
        target,
        asOf,
        classes,
        rows,
        named,
        figures,
        groups: told,
        withheld: withheld + groups.length - told.length,
        concern,
      },
    ];
  });

type ObservedGroup = ObservedReport['groups'][number];

/** Learners of a group under whom its rates are little but chance. */
const leastPeople = 30;

/**
 * The groups of an observation that may be told of, attribute by attribute: none that is small, none whose rates would say "all" or "none" of
 * few people, nor one from which such a one could be worked out. Without knowing of how many people (older facts) rates are not told.
 */
function toldGroups(groups: readonly ObservedGroup[], minimum: number): Observation['groups'] {
  return [...Map.groupBy(groups, ({ attribute }) => attribute).values()].flatMap((some) =>
    discloseGroups<ObservedGroup, null>(some, {
      minimum: Math.max(minimum, leastPeople),
      countOf: ({ n, people }) => people?.all ?? n,
      parts: ({ people }) => (people ? [people.right, people.wrong, people.missed, people.passed] : []),
      hide: () => null,
    }).flatMap((one) => {
      if (one === null) return [];
      const { attribute, group, n, precision, falseNegativeRate, people, figures } = one;
      return [{ attribute, group, n, precision: people ? precision : null, falseNegativeRate: people ? falseNegativeRate : null, figures: figures ?? null }];
    }),
  );
} // prettier-ignore

/** Rows of ended classes from which on the glass box is worth its time; the recipe's own limit. */
const rowsForGlassBox = 5_000;

/** What serves now, and what is missing to learn more: for a tenant that has just begun. */
export function standingOf(
  target: string,
  used: (ModelInUse & { readonly borrowedFrom?: string | undefined }) | undefined,
  classes: readonly KnownClass[],
  day: string,
  traces: KnownTraces,
): ModelStanding {
  const completed = classes.filter((one) => one.outcomes > 0 && one.end < day);
  const outcomes = completed.reduce((sum, one) => sum + one.outcomes, 0);
  const terms = new Set(completed.map((one) => one.term)).size;
  const missing: ModelStanding['missing'] = [];
  if (outcomes === 0) missing.push('outcomes');
  if (terms === 1) missing.push('second-term');
  if (outcomes > 0 && outcomes < rowsForGlassBox) missing.push('rows-for-glass-box');
  if (classes.length > 0 && !traces.activity) missing.push('activity');
  if (classes.length > 0 && !traces.dueWork) missing.push('due-work');
  // Whoever has outcomes learns from them, whatever was chosen to start from.
  const borrowedFrom = outcomes === 0 ? (used?.borrowedFrom ?? null) : null;
  const own = used && used.borrowedFrom === undefined ? (used.recipe === 'rule' ? 'rule' : 'model') : undefined;
  const serves =
    borrowedFrom !== null ? 'borrowed' : (own ?? (classes.length > 0 ? (outcomes === 0 ? 'rule-assumed' : 'rule') : 'nothing-yet'));
  return {
    target,
    serves,
    recipe: used?.recipe ?? null,
    model: used?.model ?? null,
    since: used?.since ?? null,
    borrowedFrom,
    completedClasses: completed.length,
    outcomes,
    terms,
    missing,
  };
}
