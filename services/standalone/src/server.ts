import 'reflect-metadata';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type BearerTokens,
  createBearerTokens,
  createDoor,
  type Door,
  Findings,
  IngestModule,
  batchThreads,
  type MarkAnswers,
  LetterDesk,
} from '@pharos/ingest';
import { InsightsModule } from '@pharos/insights';
import { type Preparing } from '@pharos/contract';
import { type Configuration, type Logger, nestLogger } from '@pharos/runtime';
import { type ItemKey, markByKey } from '@pharos/xapi/open-answers';
import { randomUUID } from 'node:crypto';
import { FOLD_CONSUMER, type Homes } from './homes/open-homes.js';
import { createStatementReader } from './statement-reader.js';
import { practiceSender } from './practice-sender.js';
import { forwardFrom } from './forwarding.js';
import { closeHttp } from './close-http.js';
import { httpAdapter, LISTEN_BACKLOG } from './http-adapter.js';
import { Refusal } from './refusal.js';

@Module({})
class StandaloneModule {
  static of(imports: readonly DynamicModule[]): DynamicModule {
    return { module: StandaloneModule, imports: [...imports] };
  }
}

export interface Server {
  readonly address: string;
  readonly door: Door;
  close(): Promise<void>;
}

/** Built by the dashboard's own build; served as it lies there. */
const page = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

/** Addresses that are not the page's: an unknown one is an error there, not the page. */
const notThePage = /^\/(api|xapi|roster|assets)(\/|$)/;

export const createHomeDoor = (homes: Homes): Door => {
  const { log, vault, now } = homes;
  return createDoor({ log, vault, now, newId: randomUUID, attachments: attachmentHomes(homes), markAnswers: markAnswersOf(homes) });
};

/** Open answers to items of a tenant's catalogue are marked by its keys. */
const markAnswersOf =
  ({ registry }: Homes): MarkAnswers =>
  async (tenant, answers) => {
    const rows = await registry.tenant(tenant).practice.itemsByIds([...new Set(answers.map(({ item }) => item))]);
    // Their shape was checked when they were put.
    const keys = new Map(rows.map(({ item, key }) => [item, key as ItemKey]));
    return answers.map(({ item, response }) => {
      const key = keys.get(item);
      return key === undefined ? undefined : markByKey(key, response);
    });
  };

/** Counts what platforms get wrong, for their place on the page. */
export const findingsOf = ({ registry, vault, now }: Homes, logger: Logger): Findings =>
  new Findings({
    store: (tenant) => registry.tenant(tenant).findings,
    vault,
    now,
    onError: (error) => logger.warn({ error: (error as Error).message }, 'what platforms got wrong could not be counted yet'),
  });

/** Whose access tokens the door takes; undefined for nobody's. */
export const tokensOf = ({ tokenIssuers }: Configuration): BearerTokens | undefined =>
  tokenIssuers.length > 0 ? createBearerTokens(tokenIssuers) : undefined;

/** Launches of assignable units, whose addresses begin with what people and content reach. */
export const cmi5Of = ({ registry }: { readonly registry: Homes['registry'] }, { publicUrl }: Configuration) => ({
  tokens: registry.cmi5Tokens,
  sessions: (tenant: string) => registry.tenant(tenant).cmi5Sessions,
  courses: (tenant: string) => registry.tenant(tenant).cmi5Courses,
  ...(publicUrl !== undefined && { publicUrl }),
});

export const attachmentHomes = ({ blobs, registry }: Homes) => ({
  blobs,
  records: (tenant: string) => registry.tenant(tenant).attachments,
});

/**
 * Serves the page, the API and the door on one port.
 *
 * @throws Refusal when the port is taken
 */
export async function startServer(
  homes: Homes,
  configuration: Configuration,
  logger: Logger,
  version: string,
  preparing: () => Preparing | null = () => null,
): Promise<Server> {
  const door = createHomeDoor(homes);
  const publicUrl = configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`;
  const module = StandaloneModule.of([
    IngestModule.with({
      door,
      credentials: homes.registry.credentialCheck,
      store: {
        warehouse: (tenant) => homes.warehouse.tenant(tenant),
        documents: (tenant) => homes.registry.tenant(tenant).documents,
        attachments: attachmentHomes(homes),
        foldConsumer: FOLD_CONSUMER,
      },
      records: (tenant) => homes.registry.tenant(tenant).rosterRecords,
      bodyLimit: configuration.bodyLimitBytes,
      corsOrigins: configuration.corsOrigins,
      tokens: tokensOf(configuration),
      cmi5: cmi5Of(homes, configuration),
      bounds: { requests: 4_000, bytes: configuration.inFlightBytes },
      findings: findingsOf(homes, logger),
      threads: batchThreads({
        door,
        threads: configuration.doorThreads,
        onError: (error) => logger.error({ error: error.message }, 'a thread of the door ended; batches are taken without it'),
      }),
    }),
    InsightsModule.register({
      registry: homes.registry,
      vault: homes.vault,
      warehouse: homes.warehouse,
      log: homes.log,
      now: homes.now,
      logger,
      sendStatement: practiceSender(door, homes.registry, logger),
      letters: new LetterDesk({ door, registry: homes.registry, warehouse: homes.warehouse }),
      forwardFrom: forwardFrom(homes.log),
      statements: createStatementReader(homes),
      settings: {
        version,
        publicUrl,
        secureCookies: configuration.cookieSecure,
        sessionTtlMs: configuration.sessionMinutes * 60_000,
        foldConsumer: FOLD_CONSUMER,
        preparing,
      },
    }),
  ]);
  const adapter = httpAdapter(configuration, logger);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: nestLogger(logger) });
  await servePage(app);
  try {
    await app.init();
    // On Fastify itself: Nest would print the error that is refused below a second time.
    const { port, host } = configuration;
    const address = await app.getHttpAdapter().getInstance().listen({ port, host, backlog: LISTEN_BACKLOG });
    return { address, door, close: () => closeHttp(app) };
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new Refusal(`port ${configuration.port} on ${configuration.host} is in use; set PHAROS_PORT or stop what listens there`);
    }
    throw error;
  }
}

/**
 * The page's files; every other address that a browser asks for is the page itself, which reads its state from it.
 *
 * Files under `assets` have their content's hash in their names, so browsers may keep them for good.
 */
export async function servePage(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(path.join(page, 'index.html'))) throw new Refusal('the page is not built; run npm run build');
  const fastify = app.getHttpAdapter().getInstance();
  // The build packs what is worth it: a telephone on a slow line gets a third of the bytes.
  await fastify.register(fastifyStatic, { root: page, serve: false, preCompressed: true });
  fastify.get('/assets/*', (request, reply) => reply.sendFile(request.url.slice(1), { maxAge: '365d', immutable: true }));
  fastify.get('/*', (request, reply) => {
    if (notThePage.test(request.url)) return reply.callNotFound();
    const file = /^\/(sw\.js|[\w-]+\.(?:svg|png|ico|webmanifest|txt))$/.exec(request.url)?.[1];
    return reply.header('cache-control', 'no-cache').sendFile(file ?? 'index.html');
  });
}
