import { type AttributeReport, type FairnessReport } from './report.js';
import { type TestedMetric } from './significance/declared-family.js';
import { type GroupTest } from './significance/test-family.js';

/** What a verdict says; the direction is in the code, so that `per100` is never negative. */
export type VerdictCode =
  | 'names-more'
  | 'names-fewer'
  | 'misses-more'
  | 'misses-fewer'
  | 'false-alarms-more'
  | 'false-alarms-fewer'
  | 'wrong-more-often'
  | 'wrong-less-often'
  | 'no-gap-shown'
  | 'small-groups-pooled'
  | 'too-few-to-judge';

/** One sentence of an audit, as data. */
export interface Verdict {
  readonly code: VerdictCode;
  readonly attribute: string;
  /** Null where the verdict is on the whole attribute. */
  readonly group: string | null;
  readonly metric: TestedMetric | null;
  /** Size of the gap to the rest, of 100 students. */
  readonly per100: number | null;
  readonly significant: boolean;
  /** Adjusted p-value. */
  readonly adjusted: number | null;
  /** The smallest true gap, of 100, that would have been called significant four times of five as the only one of the family: what is beyond chance is said by adjusted p-values. */
  readonly smallestPer100: number | null;
  /** The groups pooled, where the verdict is on them. */
  readonly groups: readonly string[];
}

const codes: Record<TestedMetric, readonly [higher: VerdictCode, lower: VerdictCode]> = {
  selectionRate: ['names-more', 'names-fewer'],
  tpr: ['misses-fewer', 'misses-more'],
  fpr: ['false-alarms-more', 'false-alarms-fewer'],
  ppv: ['wrong-less-often', 'wrong-more-often'],
};

const ofTest = (test: GroupTest): Verdict => ({
  code: codes[test.metric][test.difference >= 0 ? 0 : 1],
  attribute: test.attribute,
  group: test.group,
  metric: test.metric,
  per100: 100 * Math.abs(test.difference),
  significant: test.significant,
  adjusted: test.adjusted,
  smallestPer100: 100 * test.smallestGapInFamily,
  groups: [],
});

const onAttribute = (code: VerdictCode, attribute: string, rest: Partial<Verdict> = {}): Verdict => ({
  code,
  attribute,
  group: null,
  metric: null,
  per100: null,
  significant: false,
  adjusted: null,
  smallestPer100: null,
  groups: [],
  ...rest,
});

/** Missed learners first: that error is the one a learner pays for. */
const concern: readonly TestedMetric[] = ['tpr', 'ppv', 'fpr', 'selectionRate'];

const byWeight = (a: GroupTest, b: GroupTest): number =>
  concern.indexOf(a.metric) - concern.indexOf(b.metric) || Math.abs(b.difference) - Math.abs(a.difference);

const ofAttribute = ({ attribute, groups, pooled }: AttributeReport, tests: readonly GroupTest[]): Verdict[] => {
  const own = tests.filter((test) => test.attribute === attribute);
  const shown = own
    .filter((test) => test.significant)
    .sort(byWeight)
    .map(ofTest);
  const verdicts = [...shown];
  const misses = own.filter((test) => test.metric === 'tpr');
  if (shown.length === 0 && own.length > 0) {
    const smallestPer100 = misses.length === 0 ? null : 100 * Math.max(...misses.map((test) => test.smallestGapInFamily));
    verdicts.push(onAttribute('no-gap-shown', attribute, { metric: 'tpr', smallestPer100 }));
  }
  if (own.length === 0) verdicts.push(onAttribute('too-few-to-judge', attribute));
  if (pooled.length > 0) {
    const judged = groups.at(-1)?.judged ?? false;
    verdicts.push(onAttribute(judged ? 'small-groups-pooled' : 'too-few-to-judge', attribute, { groups: pooled }));
  }
  return verdicts;
};

/**
 * The sentences of an audit: per attribute what is beyond chance, else that nothing was and how small a gap could have hidden,
 * and which groups were too small. Significant ones first.
 *
 * @example verdictsOf(report)[0]?.code
 */
export function verdictsOf(report: Pick<FairnessReport, 'attributes' | 'family'>): Verdict[] {
  const all = report.attributes.flatMap((attribute) => ofAttribute(attribute, report.family.tests));
  return [...all.filter((verdict) => verdict.significant), ...all.filter((verdict) => !verdict.significant)];
}
