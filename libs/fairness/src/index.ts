export { auditFairness, type AuditOptions } from './audit-fairness.js';
export { type AuditInput } from './sample.js';
export { type AttributeReport, type AuditSettings, type FairnessReport, type GroupReport } from './report.js';
export { type Estimate, type Statistic } from './statistic.js';
export { type MetricName, metricNames } from './metrics/catalogue.js';
export { type GapName, gapNames } from './gaps/catalogue.js';
export { NOT_DECLARED, SMALL_GROUPS } from './grouping.js';
export { auditTable, problemText, type TableAudit } from './audit-table.js';
export { readTable, type ReadTable, type TableColumns, type TableProblem, type TableRow } from './read-table.js';
