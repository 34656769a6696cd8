export { type AccessTables, type TokenPage } from './access.js';
export {
  type AlertAct,
  type AlertCase,
  type AlertCommand,
  type AlertDecision,
  type AlertFactType,
  type AlertRefusal,
  type AlertStanding,
  type AlertStatus,
  type CloseCode,
  type LoggedIntervention,
  type NewAlertFact,
  openStatuses,
  type RaisedAlert,
} from './alert-case.js';
export {
  type AlertCases,
  type AlertFilter,
  type AlertHistoryEntry,
  type AlertOrder,
  type AlertOutcome,
  type AlertPage,
} from './alert-cases.js';
export { type Credential, type CredentialCheck, type Credentials, type CredentialSettings, type Scope } from './credentials.js';
export { type AlertDeliveries, type AlertDelivery, type LevelTold, type NudgeTold, type DeliveryChannel } from './deliveries.js';
export { type FoldBatch, type Folds, type PlacedFact } from './folds.js';
export { type ImportRun, type Imports } from './imports.js';
export { type JobOutcome, type JobRun, type JobRuns, type JobStart, type RunAttempt, RunLost } from './job-runs.js';
export { type Lease, type Leases } from './leases.js';
export { type LogLedger } from './log-ledger.js';
export { type LogMove, type LogMoves } from './log-moves.js';
export { type ModelInUse, type ModelsInUse, type ModelVerdict, type ModelVerdictTaken } from './models-in-use.js';
export { type Outbox, type Relayed, type RelayTarget } from './outbox.js';
export { type Policies, type PolicyChange, type PolicyName, type PolicyValues } from './policies.js';
export {
  type AlertPolicy,
  alertPolicy,
  defaultAlertPolicy,
  defaultFairnessPolicy,
  defaultMasteryPolicy,
  defaultLearningPolicy,
  type LearningPolicy,
  defaultInterventions,
  type FairnessPolicy,
  fairnessPolicy,
  type MasteryPolicy,
  type InterventionTemplate,
  interventionTemplate,
} from './policy-defaults.js';
export { type Registry, type TenantRegistry } from './registry.js';
export { type RosterRecord, type RosterRecords } from './roster-records.js';
export { type NewSession, type Session, type Sessions } from './sessions.js';
export {
  type FindingCause,
  findingId,
  type FindingSeen,
  MOST_FINDINGS,
  type PlatformFinding,
  type PlatformFindings,
} from './platform-findings.js';
export { type SettledLetter, type SettledLetters } from './settled-letters.js';
export { type SignedIn, type SignIn } from './sign-in.js';
export { type Tenant, type Tenants } from './tenants.js';
export { type CreatedUser, type NewUser, type Role, roles, type User, type UserChange, type Users } from './users.js';
export { type Webhook, type Webhooks } from './webhooks.js';
export {
  type EmbeddedDatabase,
  embeddedDatabases,
  EmbeddedPostgresError,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.js';
export { decideAlert, withdrawWithinMs } from './decide-alert.js';
export { authorOf, evolveAlert, policyAuthor } from './evolve-alert.js';
export { openRegistry, type RegistryOptions } from './open-registry.js';
export { shortestPassword } from './passwords.js';
export { backupDatabase, type DatabaseBackup, type TableBackup } from './backup-database.js';
export { BackupRefused, restoreDatabase } from './restore-database.js';
export { type AttachmentRecord, type AttachmentRecords } from './attachment-records.js';
export { type DocumentChange, type DocumentKey, type Documents, type DocumentScope, type StoredDocument } from './documents.js';
export { type PracticeRows, type PracticeTables } from './practice-content.js';
export { type CalendarFeed, type CalendarFeeds } from './calendar-feeds.js';
export { type LearningRecord, type LearningRefusal } from './evolve-learning.js';
export { type Consents } from './consents.js';
export { type DecidedNudge, type NudgeTables } from './nudges.js';
export { type LearningFilter, type LearningOutcome, type LearningRecords } from './learning-records.js';
export { type LearningData, type LearningKind, type LearningStatus, type NewLearningFact } from './learning-steps.js';
export { type SigningKey, type SigningKeys } from './signing-keys.js';
export {
  type Cmi5Block,
  type Cmi5Course,
  type Cmi5Courses,
  type Cmi5Part,
  type Cmi5Registration,
  type Cmi5Unit,
  type MoveOn,
  moveOns,
  unitsOf,
} from './cmi5-courses.js';
export { type Cmi5Launch, type Cmi5Session, type Cmi5Sessions, type Cmi5Tokens, type Saying } from './cmi5-sessions.js';
export { type Forward, type ForwardFilter, type Forwards } from './forwards.js';
