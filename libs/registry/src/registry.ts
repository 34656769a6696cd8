import { type AccessTables } from './access.js';
import { type AlertCases } from './alert-cases.js';
import { type ArchiveIndex } from './archive-index.js';
import { type AttachmentRecords } from './attachment-records.js';
import { type CalendarFeed, type CalendarFeeds } from './calendar-feeds.js';
import { type Consents } from './consents.js';
import { type Documents } from './documents.js';
import { type AlertDeliveries } from './deliveries.js';
import { type Cmi5Courses } from './cmi5-courses.js';
import { type Cmi5Sessions, type Cmi5Tokens } from './cmi5-sessions.js';
import { type CredentialCheck, type Credentials } from './credentials.js';
import { type Folds } from './folds.js';
import { type Forwards } from './forwards.js';
import { type Imports } from './imports.js';
import { type JobRuns } from './job-runs.js';
import { type Leases } from './leases.js';
import { type LearningRecords } from './learning-records.js';
import { type LogLedger } from './log-ledger.js';
import { type LogMoves } from './log-moves.js';
import { type ModelsInUse } from './models-in-use.js';
import { type NudgeTables } from './nudges.js';
import { type Outbox } from './outbox.js';
import { type Policies } from './policies.js';
import { type PlatformFindings } from './platform-findings.js';
import { type PracticeTables } from './practice-content.js';
import { type RosterRecords } from './roster-records.js';
import { type Sessions } from './sessions.js';
import { type SettledLetters } from './settled-letters.js';
import { type SignIn } from './sign-in.js';
import { type SigningKeys } from './signing-keys.js';
import { type Tenants } from './tenants.js';
import { type Users } from './users.js';
import { type Webhooks } from './webhooks.js';

/** What belongs to one tenant. Every query behind it carries the tenant: there is no other way to reach these tables. */
export interface TenantRegistry {
  readonly tenant: string;
  readonly users: Users;
  readonly credentials: Credentials;
  readonly access: AccessTables;
  readonly alertCases: AlertCases;
  readonly deliveries: AlertDeliveries;
  readonly webhooks: Webhooks;
  readonly jobRuns: JobRuns;
  readonly imports: Imports;
  readonly rosterRecords: RosterRecords;
  readonly documents: Documents;
  readonly attachments: AttachmentRecords;
  readonly policies: Policies;
  readonly practice: PracticeTables;
  readonly modelsInUse: ModelsInUse;
  readonly settledLetters: SettledLetters;
  readonly learning: LearningRecords;
  readonly nudges: NudgeTables;
  readonly consents: Consents;
  readonly calendarFeeds: CalendarFeeds;
  readonly signingKeys: SigningKeys;
  readonly findings: PlatformFindings;
  readonly cmi5Courses: Cmi5Courses;
  readonly cmi5Sessions: Cmi5Sessions;
  readonly forwards: Forwards;
}

/**
 * Who may do what, what was decided, and what ran: everything that needs transactions.
 *
 * @example const open = await registry.tenant('oulad').alertCases.list({ counselors: [token], statuses: ['open'] });
 */
export interface Registry {
  /** The one place where a tenant is chosen. */
  tenant(tenant: string): TenantRegistry;
  readonly tenants: Tenants;
  /** Passwords and lock-out. */
  readonly signIn: SignIn;
  /** Cookies of signed-in users. */
  readonly sessions: Sessions;
  /** Whose calendar an address is; undefined for one that was revoked or never was. */
  calendarFeed(secret: string): Promise<CalendarFeed | undefined>;
  /** Decisions on their way to the log. */
  readonly outbox: Outbox;
  /** API keys of every tenant. */
  readonly credentialCheck: CredentialCheck;
  /** Tokens of cmi5 sessions of every tenant. */
  readonly cmi5Tokens: Cmi5Tokens;
  readonly leases: Leases;
  /** For the projector: facts into read tables, with their position, in one transaction. */
  readonly folds: Folds;
  /** Claims and positions of a log on Kafka; unused by the embedded log. */
  readonly logLedger: LogLedger;
  /** Which segments of the log lie in the archive. */
  readonly archiveIndex: ArchiveIndex;
  readonly logMoves: LogMoves;
  /** Answers when the database does. @throws when it does not */
  ping(): Promise<void>;
  close(): Promise<void>;
}
