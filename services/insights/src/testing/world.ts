import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { PREFIX, type Session } from '@pharos/contract';
import { openEmbeddedLog } from '@pharos/event-log';
import { type Fact, readFact } from '@pharos/facts';
import { openRegistry, type Registry } from '@pharos/registry';
import { startTestPostgres } from '@pharos/registry/testing';
import { createLogger } from '@pharos/runtime';
import { type Vault } from '@pharos/vault';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { type EventLog } from '@pharos/event-log';
import { type PatternWorker } from '../cohorts/pattern-pool.js';
import { workOutPattern } from '../cohorts/work-out-pattern.js';
import { InsightsModule } from '../insights.module.js';
import { fillCohorts } from './cohort-data.js';
import { fillDistricts, loginOf, password, people, START, type TenantName } from './district.js';
import { lettersOfTest } from './letters-of-test.js';
import { fillStatements, statementsOfTest } from './statements-of-test.js';
import { memoryVault } from './memory-vault.js';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: never;
}
export interface SignedIn {
  readonly cookie: string;
  readonly session: Session;
}

/** The service over real stores (an embedded PostgreSQL, chDB, LMDB) in folders of its own, with a clock that tests move. */
export interface World {
  readonly app: NestFastifyApplication;
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly log: EventLog;
  readonly vault: Vault;
  readonly keys: ReadonlyMap<string, { readonly id: string; readonly secret: string }>;
  readonly clock: { now: number };
  /** Statements that the practice place sent through the door. */
  readonly sent: readonly Readonly<Record<string, unknown>>[];
  ask(
    method: string,
    address: string,
    options?: { as?: SignedIn | undefined; headers?: Record<string, string>; body?: unknown },
  ): Promise<Answered>;
  signIn(tenant: TenantName, user: string): Promise<SignedIn>;
  facts(type: Fact['type']): Promise<readonly Fact[]>;
  close(): Promise<void>;
}

const settings = {
  version: '0.0.0',
  publicUrl: 'https://pharos.test',
  secureCookies: true,
  sessionTtlMs: 3_600_000,
  foldConsumer: 'projector',
};

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-insights-'));
  const clock = { now: Date.parse(START) };
  const now = () => new Date(clock.now);
  const postgres = await startTestPostgres();
  const registry = await openRegistry({ connection: postgres.connection('pharos_registry'), now, onError: () => undefined });
  const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  const log = await openEmbeddedLog({ path: path.join(folder, 'log'), now });
  const keys = await fillDistricts(registry, warehouse);
  await fillCohorts(warehouse);
  await fillStatements(warehouse, keys);
  // As the fold would have told: what stands in the tables is folded.
  await log.commit(settings.foldConsumer, 'statements', 0, 10);
  const letters = lettersOfTest(registry);
  const logger = createLogger('error', 'insights');
  const sent: Record<string, unknown>[] = [];
  const sendStatement = (_: string, statement: Readonly<Record<string, unknown>>) => Promise.resolve(sent.push(statement) > 0);
  // Sources run here, and a thread would need built ones; that the thread works too is seen by the tests of a running system.
  const patterns: PatternWorker = (work) => Promise.resolve(workOutPattern(work));
  const vault = memoryVault(people);
  const parts = {
    registry,
    warehouse,
    log,
    now,
    vault,
    logger,
    settings,
    letters,
    // The forwarder's own positions are tested in ingest.
    forwardFrom: (fromNow: boolean) => Promise.resolve(fromNow ? 'now' : 'beginning'),
    sendStatement,
    statements: statementsOfTest,
    patterns,
  };
  const app = await NestFactory.create<NestFastifyApplication>(InsightsModule.register(parts), new FastifyAdapter(), { logger: ['error'] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();

  const ask: World['ask'] = async (method, address, { as, headers = {}, body } = {}) => {
    const own = as ? { cookie: as.cookie, ...(method === 'GET' ? {} : { 'x-csrf-token': as.session.csrf }) } : {};
    const answer = await app.inject({
      method: method as 'GET',
      url: `${PREFIX}${address}`,
      headers: { ...own, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const json = String(answer.headers['content-type']).includes('json') && answer.payload !== '';
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      body: (json ? JSON.parse(answer.payload) : undefined) as never,
    };
  };
  return {
    app, registry, warehouse, log, vault, keys, clock, sent, ask,
    signIn: async (tenant, user) => {
      const answer = await ask('POST', '/session', { body: { login: loginOf(tenant, user), password } });
      if (answer.status !== 200) throw new Error(`sign-in of ${user} answered ${answer.status}: ${answer.text}`);
      return { cookie: String(answer.headers['set-cookie']).split(';')[0]!, session: answer.body };
    },
    facts: async (type) => {
      const heads = await log.heads('governance');
      const stored = await Promise.all(heads.map((_, partition) => log.read('governance', partition, 0)));
      return stored.flat().flatMap(({ stored: each }) => {
        const read = readFact(each);
        return read.ok && read.fact.type === type ? [read.fact] : [];
      });
    },
    close: async () => {
      await app.close();
      await Promise.all([log.close(), warehouse.close(), registry.close()]);
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  }; // prettier-ignore
}
