export {
  type EncodedRows,
  type Purpose,
  type TableHash,
  type TenantWarehouse,
  type Touched,
  type Warehouse,
  type WarehouseHome,
  type WarehouseServer,
} from './warehouse.js';
export { WarehouseRefused, WarehouseUnavailable, type WarehouseWriter } from './warehouse.js';
export { type Question, type RawRow, type View } from './question.js';
export { bind, type Bound, date, join, literal, moment, nothing, render, type Rendered, sql, type Sql } from './sql.js';
export { type Row, type StoredTable, storedTables, type TableName, tables } from './tables/tables.js';
export { latest, scoped, topicsRead } from './fragments/scoped.js';
export { canonically, canonicalToken } from './fragments/learners.js';
export { activityDays, activitySummaries, liveAnswers, liveAttempts, liveStatements } from './fragments/statements.js';
export { calendarsAsOf, classesAsOf, contextClasses } from './fragments/classes.js';
export {
  accommodationsAsOf, attendanceAsOf, attributesAsOf, counselorsAsOf, enrolmentsAsOf, gradesAsOf, incidentsAsOf, latestScores,
  outcomesAsOf, scoresAsOf, teachersAsOf, workAsOf,
} from './fragments/rosters.js'; // prettier-ignore
export { Placements } from './features/placements.js';
export { openWarehouse } from './open-warehouse.js';
export { type Cut, type FeatureScope } from './features/cuts.js';
export { type FeatureName, featureNames, learnerFeatures } from './features/learner-features.js';
export {
  type KnownAttribute,
  type KnownClass,
  knownClasses,
  type KnownOutcome,
  knownOutcomes,
  type KnownPresence,
  knownPresence,
  protectedAttributes,
} from './features/known-classes.js';
export {
  type FirstNamed,
  firstNamed,
  type RecordedScore,
  recordedScores,
  type RunTop,
  type ServedScore,
  servedScores,
  topScores,
} from './features/scored.js';
export { type OpenAttribute, openAttributes } from './features/open-attributes.js';
export { learnedValues } from './features/learned-values.js';
export { type LateActivity, lateActivity } from './features/late-activity.js';
export { type SourceDay, sourceVolume } from './features/source-volume.js';
export { type Cell, cell, cellOf, cohort, type CohortAsk, type CohortFilter, onWorkOf } from './questions/cohort.js';
export {
  atRiskByWeek, type GroupRow, overviewByGroup, overviewByWeek, type RiskBand, riskDistribution, type RiskWeek, type Span,
  type WeekOfCohort,
} from './questions/overview.js'; // prettier-ignore
export { attendanceByWeek, type AttendanceWeek, handInByWeek, type HandInWeek, marksByWork, type WorkMarks } from './questions/work.js';
export {
  type LearnerDay, learnerDays, type LearnerEnrolment, learnerEnrolments, type LearnerMark, learnerMarks, type LearnerWork, learnerWork,
} from './questions/learner.js'; // prettier-ignore
export { latestScoresOf, learnerScores, type Score, scoreById } from './questions/scores.js';
export { type Calendar, calendars, classList, type ClassMember, classMembers, type ClassRow } from './questions/classes.js';
export {
  allAnswers, type AnswerInLog, answersInLog, answerersOf, answeringAmong, type ItemPlaced, itemPlacements, type KnowledgeVersion, knowledgeVersions, type LastLevel, lastLevels,
  masteryLevelsOf, type StatedLevel,
  type Mastery, masteriesOf, sameLearners, standingSkills, tokensOfLearners,
} from './questions/knowledge.js'; // prettier-ignore
export { type AuditEntry, audits, latestPracticeAudit, type ModelEntry, modelHistory } from './questions/models.js';
export { type DeadLetter, type DeadLetterCause, deadLetterCauses, deadLetters, deadLettersByIds } from './questions/dead-letters.js';
export { type KnownTraces, knownTraces } from './questions/known-traces.js';
export { type NotedSilence, notedSilences, type SourceVolume, sourceVolumes } from './questions/sources.js';
export {
  matchingAmong, type RecordAsk, type RecordFilter, recordPage, type RecordPlace, type RecordReference, referencesTo, referredTo,
  referencesBetween, type SentDefinition, sentDefinitions, taggedAmong,
} from './questions/records.js'; // prettier-ignore
export {
  type AnswerOfStatement, answerOfStatement, arrivalsByMinute, type Arrived, attemptOfStatement, classOfContext, learnerDayTotal, levelsChangedAt,
  type LevelStep, type RecordedStatement, statementsByIds,
} from './questions/statements.js'; // prettier-ignore
export { type UnjudgedAnswer, unjudgedAnswers } from './questions/open-answers.js';
export { type ItemPace, paceOfItems, timeFactorsOf, watchedAnswers } from './questions/pace.js';
