import type pg from 'pg';
import { createAccess } from './access.js';
import { createAlertCases } from './alert-cases.js';
import { createArchiveIndex } from './archive-index.js';
import { createAttachmentRecords } from './attachment-records.js';
import { createDocuments, type Documents } from './documents.js';
import { createCalendarFeeds, findCalendarFeed } from './calendar-feeds.js';
import { createCmi5Courses } from './cmi5-courses.js';
import { createCmi5Sessions, createCmi5Tokens } from './cmi5-sessions.js';
import { createCredentialCheck } from './credential-check.js';
import { createCredentials } from './credentials.js';
import { openDatabase } from './database.js';
import { createConsents } from './consents.js';
import { createDeliveries } from './deliveries.js';
import { createFolds } from './folds.js';
import { createForwards } from './forwards.js';
import { createImports } from './imports.js';
import { createJobRuns } from './job-runs.js';
import { createLeases } from './leases.js';
import { createLearningRecords } from './learning-records.js';
import { createLogMoves } from './log-moves.js';
import { createLogLedger } from './log-ledger.js';
import { archive } from './migrations/022-archive.js';
import { logMoves } from './migrations/023-log-moves.js';
import { clusterLog } from './migrations/007-cluster-log.js';
import { alerts } from './migrations/003-alerts.js';
import { readTables } from './migrations/002-read-tables.js';
import { runs } from './migrations/004-runs.js';
import { credentialVersions } from './migrations/014-credential-versions.js';
import { platformFindings } from './migrations/013-findings.js';
import { learningResources } from './migrations/012-resources.js';
import { cmi5Sessions } from './migrations/015-cmi5-sessions.js';
import { cmi5Courses } from './migrations/031-cmi5-courses.js';
import { forwards } from './migrations/016-forwards.js';
import { learning } from './migrations/017-learning.js';
import { concernDeliveries } from './migrations/024-concern-deliveries.js';
import { silenceDeliveries } from './migrations/026-silence-deliveries.js';
import { practiceContent } from './migrations/009-practice.js';
import { rosters } from './migrations/005-rosters.js';
import { modelDecisions } from './migrations/006-model-decisions.js';
import { documents } from './migrations/008-documents.js';
import { platforms } from './migrations/010-platforms.js';
import { runDecisions } from './migrations/011-run-decisions.js';
import { who } from './migrations/001-who.js';
import { nudgeDeliveries } from './migrations/028-nudge-deliveries.js';
import { consents } from './migrations/027-consents.js';
import { levelDeliveries } from './migrations/020-level-deliveries.js';
import { createModelsInUse } from './models-in-use.js';
import { createNudgeTables } from './nudges.js';
import { createOutbox } from './outbox.js';
import { createPracticeTables } from './practice-content.js';
import { createPolicies } from './policies.js';
import { createPlatformFindings } from './platform-findings.js';
import { type Registry } from './registry.js';
import { createRosterRecords } from './roster-records.js';
import { newId } from './secrets.js';
import { createSessions } from './sessions.js';
import { createSettledLetters } from './settled-letters.js';
import { createSignIn } from './sign-in.js';
import { tenantDatabase } from './tenant-sql.js';
import { createSigningKeys } from './signing-keys.js';
import { createTenants } from './tenants.js';
import { createUsers } from './users.js';
import { createWebhooks } from './webhooks.js';

export interface RegistryOptions {
  /** For `pg`; `max` connections (default 10) serve everything but the relay's listener. */
  readonly connection: pg.PoolConfig;
  readonly now: () => Date;
  /** Hears of connections lost while idle. */
  readonly onError: (error: unknown) => void;
}

/** In the order of their numbers, in whatever order they are named here. */
export const registryMigrations = [
  levelDeliveries,
  who, readTables, alerts, runs, rosters, modelDecisions, clusterLog, documents, practiceContent, platforms, runDecisions, learningResources,
  platformFindings, cmi5Sessions, cmi5Courses, forwards, credentialVersions, learning, archive, logMoves, concernDeliveries, silenceDeliveries, nudgeDeliveries, consents,
].toSorted((one, other) => one.number - other.number); // prettier-ignore

/**
 * Connects to the registry and brings its schema to this release's state.
 *
 * @throws SchemaMismatch when a newer release made it
 * @example const registry = await openRegistry({ connection: home.connection('pharos_registry'), now: () => new Date(), onError: log.error });
 */
export async function openRegistry({ connection, now, onError }: RegistryOptions): Promise<Registry> {
  const database = await openDatabase(connection, registryMigrations, onError);
  const leases = createLeases(database);
  const credentialCheck = createCredentialCheck(database, now);
  const documentsOf = new Map<string, Documents>();
  return {
    tenant(tenant) {
      const sql = tenantDatabase(database, tenant);
      // One for all who ask: it gathers what they write.
      const ofTenant = documentsOf.get(tenant) ?? createDocuments(sql, now);
      documentsOf.set(tenant, ofTenant);
      return {
        tenant,
        users: createUsers(sql),
        credentials: createCredentials(sql, now, (id) => credentialCheck.forget(id)),
        access: createAccess(sql),
        alertCases: createAlertCases(sql, now),
        deliveries: createDeliveries(sql, now),
        webhooks: createWebhooks(sql),
        jobRuns: createJobRuns(sql, now),
        imports: createImports(sql, now),
        rosterRecords: createRosterRecords(sql),
        documents: ofTenant,
        attachments: createAttachmentRecords(sql),
        policies: createPolicies(sql),
        practice: createPracticeTables(sql),
        modelsInUse: createModelsInUse(sql),
        settledLetters: createSettledLetters(sql, now),
        learning: createLearningRecords(sql),
        nudges: createNudgeTables(sql),
        consents: createConsents(sql),
        calendarFeeds: createCalendarFeeds(sql),
        signingKeys: createSigningKeys(sql),
        findings: createPlatformFindings(sql),
        cmi5Courses: createCmi5Courses(sql, now),
        cmi5Sessions: createCmi5Sessions(sql, now),
        forwards: createForwards(sql, now),
      };
    },
    tenants: createTenants(database),
    signIn: createSignIn(database, now),
    sessions: createSessions(database, now),
    calendarFeed: findCalendarFeed(database),
    credentialCheck,
    cmi5Tokens: createCmi5Tokens(database, now),
    outbox: createOutbox(database, leases, newId()),
    leases,
    folds: createFolds(database),
    logLedger: createLogLedger(database),
    archiveIndex: createArchiveIndex(database),
    logMoves: createLogMoves(database),
    ping: async () => void (await database.query('SELECT 1')),
    close: () => database.close(),
  };
}
