export { Role, roles, people, namesRoles } from './roles.js';
export { Conflict, Problem, type ProblemCode, problemCodes, problemStatus, problemType } from './problem.js';
export {
  type Answer,
  ARROW,
  type Asked,
  CALENDAR,
  CSV,
  type DownloadFormat,
  EVENTS,
  type Parsed,
  route,
  type RouteShape,
  successStatus,
} from './route.js';
export { PREFIX, routeList, type Routes, routes } from './routes.js';
export { type CredentialScope, credentialScopes, grants, type Need, needs, scopesFor } from './scopes.js';
export { addressOf, type Client, type ClientOptions, createClient, ProblemError } from './client.js';
export { Day, Estimate, Figure, Id, Instant, page, pageQuery, PersonName, through, Titled, Token } from './shapes/basics.js';
export { Session, SignIn } from './shapes/session.js';
export { Change, Contribution, HeldOut, Reason, ReasonCode, reasonCodes, Risk, Sureness } from './shapes/reasons.js';
export {
  ActionDone,
  actions,
  AlertDetail,
  AlertStatus,
  alertStatuses,
  AlertStep,
  AlertSummary,
  closeCodes,
  contestReasons,
  Evidence,
  type Lever,
  NextStep,
  overrideReasons,
  personCloseCodes,
  reopenReasons,
} from './shapes/alerts.js';
export { Caseload, CaseloadItem, CaseloadQuery } from './shapes/caseload.js';
export {
  Attribute,
  Class,
  CohortCell,
  CohortQuery,
  Cohorts,
  Course,
  Finding,
  Level,
  levels,
  Measure,
  measures,
  Overview,
  OverviewQuery,
  OverviewRow,
  OverviewWeek,
  School,
} from './shapes/cohort.js';
export {
  ActivityDay,
  AlertMoment,
  Attended,
  Grade,
  Incident,
  LearnerClass,
  LearnerList,
  LearnerListQuery,
  LearnerProfile,
  LearnerRow,
  PossibleChange,
  RiskHistory,
  RiskPoint,
  Timeline,
  TimelineQuery,
  WorkItem,
} from './shapes/learner.js';
export { CourseFigures, type KnowledgeModel, ModelDetail, Models, ModelSummary, ReliabilityBin } from './shapes/models.js';
export {
  Audit,
  AuditAttribute,
  auditCodes,
  AuditFile,
  AuditFindings,
  Audits,
  AuditTest,
  AuditVerdict,
  FairnessPolicy,
  FairnessPolicySet,
  GroupFigures,
  LeadTimes,
  MetricEstimate,
  Mitigation,
  mitigationKinds,
  Selection,
  thresholdPolicies,
} from './shapes/audits.js';
export { FairPractice, type GroupPractice } from './shapes/fair-practice.js';
export {
  GateDecision,
  GateEvidence,
  FeatureShift,
  InputsWatch,
  ModelCard,
  ModelDecision,
  LendingPolicySet,
  ModelOffer,
  ModelStanding,
  Observation,
  ObservedFigure,
} from './shapes/gate.js';
export {
  DeadLetter,
  DeadLetterQuery,
  DeadLetters,
  Health,
  Preparing,
  ImportRun,
  Imports,
  JobRun,
  JobRunQuery,
  JobRuns,
  LetterResend,
  LettersResend,
  LettersResent,
  OpenedLetter,
  Platform,
  Platforms,
} from './shapes/operations.js';
export { ForwardFilter, ForwardTarget, NewForward } from './shapes/forwards.js';
export {
  FindingExample,
  PlatformFinding,
  PlatformsLive,
  StatementDetail,
  StatementRow,
  StatementRows,
  Worded,
} from './shapes/platforms.js';
export {
  AlertPolicy,
  AlertPolicySet,
  Colleagues,
  CreatedKey,
  CreatedWebhook,
  Intervention,
  Interventions,
  Key,
  KeyChange,
  Keys,
  KeySettings,
  NewKey,
  NewUser,
  NewWebhook,
  PolicyQuery,
  User,
  UserChange,
  Users,
  Webhook,
  Webhooks,
} from './shapes/admin.js';
export {
  AnswerKey,
  ClassPulse,
  ClassSkills,
  ConfusingItem,
  Feedback,
  LearnerSkills,
  LocalText,
  masteryLevels,
  Misconception,
  NextActivity,
  NextReason,
  PracticeContent,
  PracticeItem,
  PracticeSkill,
  ShownItem,
  SkillStanding,
} from './shapes/practice.js';
export { LearningResource } from './shapes/practice.js';
export { faultIn } from './shapes/practice-faults.js';
export { inLanguage, type Locale, localeOf, locales } from './texts/locale.js';
export { nextInWords, stepHint } from './texts/next-words.js';
export { type MessageKey, type MessageParams, type Messages } from './texts/messages.js';
export { say, sayAny, texts } from './texts/say.js';
export { attributeInWords, auditInWords, groupInWords, valueInWords } from './texts/audit-words.js';
export {
  actionInWords,
  changeInWords,
  possibleInWords,
  reasonInClass,
  reasonInWords,
  riskInWords,
  sureInWords,
  targetInWords,
} from './texts/words.js';
export {
  type AssignedPath, type Contest, contestAnswers, type Goal, goalLevels, type Goals, GoalTarget, type Groups, type LearnerVoice, masteryContestReasons, type PlanEntry, planKinds, type QueuedAnswer, type WeekPlan,
} from './shapes/learning.js'; // prettier-ignore
export { type Encouragement, type Outlooks, readPurposes, type Reads } from './shapes/mine.js';
export { LearningPolicy, type NudgeEffects, nudgeReasons } from './shapes/nudges.js';
export { type Badge, type Badges, isPlacementOver, type Placement } from './shapes/growth.js';
