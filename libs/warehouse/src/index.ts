export { type Purpose, type TableHash, type TenantWarehouse, type Touched, type Warehouse, type WarehouseHome } from './warehouse.js';
export { WarehouseRefused, WarehouseUnavailable, type WarehouseWriter } from './warehouse.js';
export { type Question, type RawRow, type View } from './question.js';
export { bind, type Bound, date, join, literal, moment, nothing, render, type Rendered, sql, type Sql } from './sql.js';
export { type Row, type TableName, tableNames, tables } from './tables/tables.js';
export { latest, scoped } from './fragments/scoped.js';
export { canonicalLearner } from './fragments/learners.js';
export { activityDays, activitySummaries, liveAttempts, liveStatements } from './fragments/statements.js';
export { calendarsAsOf, classesAsOf, contextClasses } from './fragments/classes.js';
export {
  accommodationsAsOf, attendanceAsOf, attributesAsOf, counselorsAsOf, enrolmentsAsOf, gradesAsOf, incidentsAsOf, latestScores,
  outcomesAsOf, teachersAsOf, workAsOf,
} from './fragments/rosters.js'; // prettier-ignore
export { openWarehouse } from './open-warehouse.js';
export { type Cut, type FeatureScope } from './features/cuts.js';
export { type FeatureName, featureNames, learnerFeatures } from './features/learner-features.js';
export { type KnownAttribute, type KnownClass, knownClasses, type KnownOutcome, knownOutcomes, protectedAttributes } from './features/known-classes.js';
