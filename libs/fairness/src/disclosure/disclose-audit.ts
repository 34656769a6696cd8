import { type GapName } from '../gaps/catalogue.js';
import { type MetricName } from '../metrics/catalogue.js';
import { type AttributeReport, type FairnessReport, type GapReport, type GroupReport } from '../report.js';
import { type GroupTest, type TestFamily } from '../significance/test-family.js';
import { type Estimate } from '../statistic.js';
import { type Verdict } from '../verdict.js';

/** A group as it may be shown: null where a count would tell of single people. */
export interface ShownGroup extends Omit<GroupReport, 'n' | 'people'> {
  readonly n: number | null;
  readonly people: number | null;
}
export interface ShownAttribute extends Omit<AttributeReport, 'groups'> {
  readonly groups: readonly ShownGroup[];
  /** Figures are rounded to this share, and counts to `minimum`, because a group is hidden that could else be worked out; null: as measured. */
  readonly roundedTo: number | null;
}
export interface ShownAudit extends Omit<FairnessReport, 'overall' | 'attributes' | 'intersections'> {
  readonly overall: ShownGroup;
  readonly attributes: readonly ShownAttribute[];
  readonly intersections: readonly ShownAttribute[];
}

interface Limits {
  readonly minimum: number;
  readonly eitherSide: number;
}

const HIDDEN = 'withheld: too few people';
const ONE_SIDED = 'withheld: too few people on one side of the rate';
const withheld = (reason: string): Estimate => ({ value: null, low: null, high: null, reason });

/** All four tell the same inner cell once the margins are known, so they are shown together or not at all. */
const inner: readonly MetricName[] = ['tpr', 'fnr', 'fpr', 'ppv'];
const gapsOf: Readonly<Record<GapName, readonly MetricName[]>> = {
  demographicParityDifference: ['selectionRate'],
  demographicParityRatio: ['selectionRate'],
  equalOpportunityDifference: ['tpr'],
  equalOpportunityRatio: ['tpr'],
  equalizedOddsDifference: ['tpr', 'fpr'],
  equalizedOddsRatio: ['tpr', 'fpr'],
};

const isSmall = ({ people }: GroupReport, { minimum }: Limits): boolean => people < minimum;

/** Which rates of a group rest on fewer people than allowed on either side. */
function oneSided({ n, metrics }: GroupReport, { eitherSide }: Limits): ReadonlySet<MetricName> {
  const count = (share: number | null, of: number): number => Math.round((share ?? 0) * of);
  const few = (part: number, whole: number): boolean => Math.min(part, whole - part) < eitherSide;
  const positives = count(metrics.baseRate.value, n);
  const named = count(metrics.selectionRate.value, n);
  const caught = count(metrics.tpr.value, positives);
  const cells = [caught, positives - caught, named - caught, n - positives - named + caught];
  const found = new Set<MetricName>();
  if (few(positives, n)) found.add('baseRate');
  if (few(named, n)) found.add('selectionRate');
  if (cells.some((cell) => cell < eitherSide)) for (const name of inner) found.add(name);
  return found;
}

const rounded = (value: number, step: number): number => Math.round(value / step) * step;
/** The nearest of the steps, cleared of the noise of binary fractions. */
const tidy = (value: number | null, step: number | null): number | null => (value === null || step === null ? value : Number(rounded(value, step).toFixed(9)));
const coarse = <E extends Estimate>(estimate: E, step: number | null): E => ({
  ...estimate,
  value: tidy(estimate.value, step),
  low: tidy(estimate.low, step),
  high: tidy(estimate.high, step),
});

function shownGroup(group: GroupReport, step: number | null, limits: Limits): ShownGroup {
  if (isSmall(group, limits)) {
    const metrics = Object.fromEntries(Object.keys(group.metrics).map((name) => [name, withheld(HIDDEN)])) as Record<MetricName, Estimate>;
    return { ...group, n: null, people: null, judged: false, metrics };
  }
  const hidden = group.judged ? oneSided(group, limits) : new Set<MetricName>();
  const metrics = Object.fromEntries(
    Object.entries(group.metrics).map(([name, estimate]) => [name, hidden.has(name as MetricName) ? withheld(ONE_SIDED) : coarse(estimate, step)]),
  ) as Record<MetricName, Estimate>;
  const by = step === null ? null : limits.minimum;
  return { ...group, n: tidy(group.n, by), people: tidy(group.people, by), metrics };
}

/** So coarse that all sums of an attribute stay uncertain by the minimum of people. */
const stepOf = (n: number, minimum: number): number => Math.max(0.01, Number((minimum / n).toPrecision(1)));

function shownAttribute(report: AttributeReport, n: number, limits: Limits): ShownAttribute {
  const judged = report.groups.filter((group) => group.judged && !isSmall(group, limits));
  const hidden = new Set(judged.flatMap((group) => [...oneSided(group, limits)]));
  // the pool that is too small to be judged has no figures, but the whole less the other groups would give them
  const anyHidden = hidden.size > 0 || report.groups.some((group) => !group.judged || isSmall(group, limits));
  const roundedTo = anyHidden ? stepOf(n, limits.minimum) : null;
  const gap = (name: GapName): GapReport =>
    gapsOf[name].some((metric) => hidden.has(metric)) ? { ...withheld(ONE_SIDED), chance: null } : coarse(report.gaps[name], roundedTo);
  return {
    ...report,
    roundedTo,
    groups: report.groups.map((group) => shownGroup(group, roundedTo, limits)),
    gaps: Object.fromEntries(Object.keys(report.gaps).map((name) => [name, gap(name as GapName)])) as Record<GapName, GapReport>,
  };
}

/** A test as it may be shown; without numbers where its rates are withheld in either the group or, with two groups, its rest. */
function shownTest(test: GroupTest, attribute: ShownAttribute | undefined, minimum: number): GroupTest | null {
  const values = (attribute?.groups ?? []).filter(({ judged }) => judged).map(({ metrics }) => metrics[test.metric].value);
  if (values.length === 0 || values.some((value) => value === null)) return null;
  const step = attribute?.roundedTo ?? null;
  if (step === null) return test;
  const share = (value: number): number => tidy(value, step) ?? value;
  const count = (value: number): number => tidy(value, minimum) ?? value;
  return { ...test, n: count(test.n), nRest: count(test.nRest), rate: share(test.rate), rest: share(test.rest), difference: share(test.difference) };
}

/**
 * A fairness report as readers may see it: no small group, no rate that rests on fewer than three people on either side, and nothing
 * from which such a figure could be worked out. A sentence whose number is withheld keeps its direction. Pure, O(figures).
 *
 * What is shown exactly where a group is hidden would give the hidden group away by subtraction, so the attribute is then rounded to a
 * share that leaves every sum uncertain by the minimum of people.
 *
 * @param minimum people of the smallest group that is shown; the tenant's
 * @example discloseAudit(report, 10).attributes[0].groups[2].n // => null
 */
export function discloseAudit(report: FairnessReport, minimum = 10, eitherSide = 3): ShownAudit {
  const limits = { minimum, eitherSide };
  const n = report.overall.n;
  const attributes = report.attributes.map((one) => shownAttribute(one, n, limits));
  const byName = new Map(attributes.map((one) => [one.attribute, one]));
  const shown = report.family.tests.map((test) => [test, shownTest(test, byName.get(test.attribute), minimum)] as const);
  const family: TestFamily = {
    ...report.family,
    tests: shown.flatMap(([, test]) => (test ? [test] : [])),
    untested: [...report.family.untested, ...shown.flatMap(([{ attribute, group, metric }, test]) => (test ? [] : [{ attribute, group, metric, reason: ONE_SIDED }]))],
  };
  const isShown = (verdict: Verdict): boolean => family.tests.some((test) => test.attribute === verdict.attribute && test.group === verdict.group && test.metric === verdict.metric);
  const verdicts = report.verdicts.map((verdict): Verdict => {
    if (verdict.group === null || verdict.per100 === null) return verdict;
    const step = byName.get(verdict.attribute)?.roundedTo ?? null;
    return { ...verdict, per100: isShown(verdict) ? tidy(verdict.per100, step === null ? 1 : 100 * step) : null };
  });
  return { ...report, overall: shownGroup(report.overall, null, limits), attributes, intersections: report.intersections.map((one) => shownAttribute(one, n, limits)), family, verdicts };
}

