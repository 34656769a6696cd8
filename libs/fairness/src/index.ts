export { auditFairness, type AuditOptions } from './audit-fairness.js';
export { type AuditInput } from './sample.js';
export {
  type AttributeReport,
  type AuditRecord,
  type AuditSettings,
  type FairnessReport,
  type GapReport,
  type GroupReport,
} from './report.js';
export { type Estimate, type Statistic } from './statistic.js';
export { type MetricName, metricNames } from './metrics/catalogue.js';
export { type GapName, gapNames } from './gaps/catalogue.js';
export { NOT_DECLARED, SMALL_GROUPS } from './grouping.js';
export { auditTable, problemText, type TableAudit } from './audit-table.js';
export { readTable, type ReadTable, type TableColumns, type TableProblem, type TableRow } from './read-table.js';
export { type AbrocaPair } from './significance/abroca-pairs.js';
export { type Chance } from './significance/chance.js';
export { type GroupTest, type TestFamily } from './significance/test-family.js';
export { type TestedMetric, testedMetrics } from './significance/declared-family.js';
export { type Verdict, type VerdictCode, verdictsOf } from './verdict.js';
export { withholdRate, type RateLimits } from './disclosure/withheld-rate.js';
export { type CountTable, type ShownCohort, suppress } from './disclosure/suppression.js';
export { type Decided, type Pattern, suppressLinked } from './disclosure/linked-suppression.js';
export { type CellMembers, combineKeys, memberKey, perturbCount } from './disclosure/cell-key.js';
export { type CellWeight, reweigh } from './mitigation/reweighing.js';
export { measureNaming, type Naming, type WhatIf, whatIf } from './mitigation/what-if.js';
export { type GroupThreshold, type ThresholdPolicy, thresholdsByGroup, type ThresholdsWhatIf } from './mitigation/group-thresholds.js';
export { type Mitigation, type MitigationKind, mitigationsOf, nameHighest, type OtherScores } from './mitigation/mitigations.js';
export { auditSelection, type NamedLearners, type SelectionGroup, type SelectionReport } from './selection/audit-selection.js';
export { type LeadTimeGroup, type LeadTimeReport, leadTimes } from './lead-time/lead-time.js';
export { discloseAudit, type ShownAttribute, type ShownAudit, type ShownGroup } from './disclosure/disclose-audit.js';
export { discloseMitigations } from './disclosure/disclose-mitigations.js';
export { discloseGroups, type GroupDisclosure } from './disclosure/disclose-groups.js';
