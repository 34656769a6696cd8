import { type Audit, type AuditFindings, type Selection } from '@pharos/contract';
import {
  type AuditRecord, discloseAudit, discloseGroups, discloseMitigations, type LeadTimeReport, type SelectionReport, type ShownAttribute, type ShownGroup,
} from '@pharos/fairness'; // prettier-ignore
import { type AuditEntry, type ModelEntry } from '@pharos/warehouse';

const groupView = (group: ShownGroup): AuditFindings['overall'] => ({ ...group, metrics: { ...group.metrics } });

const attributeView = ({ attribute, groups, pooled, gaps, abroca, roundedTo }: ShownAttribute): AuditFindings['attributes'][number] => ({
  attribute,
  groups: groups.map(groupView),
  pooled: [...pooled],
  gaps: { ...gaps },
  abroca: abroca.map((pair) => ({ ...pair, groups: [...pair.groups] })),
  roundedTo,
});

/** How early learners were named, without small groups and without counts that tell of one or two people. */
function leadView(report: LeadTimeReport | null | undefined, minimum: number): AuditFindings['leadTimes'] {
  if (!report) return null;
  const view = (group: LeadTimeReport['overall']) => ({ group: group.group, n: group.n, named: group.named, judged: group.judged, weeks: group.weeks });
  return {
    overall: view(report.overall),
    attributes: report.attributes.map(({ attribute, groups, pooled }) => ({
      attribute,
      pooled: [...pooled],
      groups: discloseGroups(groups.map(view), { minimum, countOf: ({ n }) => n, parts: ({ n, named }) => [named, n - named], hide: (group) => ({ ...group, n: null, named: null, judged: false, weeks: hidden }) }),
    })),
  };
} // prettier-ignore

const hidden = { value: null, low: null, high: null, reason: 'withheld: too few people' };

/** An audit as the page shows it: withheld where it would tell of few people. */
export function auditView({ data }: AuditEntry, minimum: number): Audit {
  const report = data.report as AuditRecord;
  const { model, recipe, target, asOf, classes, threshold } = data;
  const { seed, resamples, level, minimumGroup, permutations, alpha } = report.settings;
  const shown = discloseAudit(report, minimum);
  return {
    model, recipe, target, asOf, classes, threshold,
    settings: { seed, resamples, level, minimumGroup, permutations, alpha },
    overall: groupView(shown.overall),
    attributes: shown.attributes.map(attributeView),
    intersections: shown.intersections.map(attributeView),
    tests: shown.family.tests.map((test) => ({ ...test })),
    verdicts: shown.verdicts.map((verdict) => ({ ...verdict, groups: [...verdict.groups] })),
    // Audits of before these were worked out have none.
    mitigations: discloseMitigations(report.mitigations ?? [], shown.attributes, minimum).map(({ thresholds, ...change }) => ({
      ...change,
      without: [...change.without],
      thresholds: thresholds.map(({ group, threshold: at }) => ({ group, threshold: at })),
    })),
    leadTimes: leadView(report.leadTimes, minimum),
  }; // prettier-ignore
}

/** Whom a model names while nobody knows how it will end. */
export function selectionView(data: Extract<ModelEntry, { type: 'SelectionAudited' }>['data'], minimum: number): Selection {
  const report = data.report as SelectionReport;
  const { model, recipe, target, asOf, threshold } = data;
  return {
    model, recipe, target, asOf, threshold,
    overall: figures(report.overall),
    attributes: report.attributes.map(({ attribute, groups, pooled }) => ({
      attribute,
      pooled: [...pooled],
      groups: discloseGroups(groups.map(figures), {
        minimum,
        countOf: ({ n }) => n,
        parts: ({ n, selectionRate }) => [Math.round((selectionRate.value ?? 0) * n), n - Math.round((selectionRate.value ?? 0) * n)],
        hide: (group) => ({ ...group, n: null, judged: false, selectionRate: hidden, before: null, shift: hidden }),
      }),
    })),
  };
} // prettier-ignore

const figures = ({ group, n, judged, selectionRate, before, shift }: SelectionReport['overall']) => ({
  group,
  n,
  judged,
  selectionRate,
  before,
  shift,
});
