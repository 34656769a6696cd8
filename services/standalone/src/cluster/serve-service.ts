import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IngestModule } from '@pharos/ingest';
import { InsightsModule } from '@pharos/insights';
import { JobsModule } from '@pharos/jobs';
import { createProjector, type Progress } from '@pharos/projector';
import { beginTracing, type Configuration, createCloser, type Logger, nestLogger } from '@pharos/runtime';
import { startDelivery } from '../delivery.js';
import { forwardFrom, startForwarding } from '../forwarding.js';
import { createLetterDesk } from '../letter-works.js';
import { FOLD_CONSUMER } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { closeHttp } from '../close-http.js';
import { httpAdapter, LISTEN_BACKLOG } from '../http-adapter.js';
import { attachmentHomes, cmi5Of, createHomeDoor, findingsOf, servePage, tokensOf } from '../server.js';
import { createStatementReader } from '../statement-reader.js';
import { version } from '../version.js';
import { keepArchiving } from './keep-archiving.js';
import { whileLeased } from './leased.js';
import { type ClusterStores, openClusterHomes, openClusterStores } from './open-cluster.js';
import { createOperations } from './operations.js';
import { shareTheFold } from './shared-fold.js';

export const services = ['ingest', 'projector', 'jobs', 'insights'] as const;
export type Service = (typeof services)[number];

export interface Running {
  readonly address: string;
  stop(): Promise<void>;
}

/** How often an ingest looks for claims whose appender died. */
const SETTLE_EVERY_MS = 10_000;

@Module({})
class ServiceModule {
  static of(...imports: readonly DynamicModule[]): DynamicModule {
    return { module: ServiceModule, imports: [...imports] };
  }
}

/**
 * Starts one service of a cluster. Any number of each may run and share the work: projectors divide the partitions among them.
 *
 * @throws Refusal naming the setting when an engine cannot be had
 */
export async function startService(service: Service, configuration: Configuration, logger: Logger, now: () => Date): Promise<Running> {
  const closer = createCloser((name, error) => logger.error({ name, error: (error as Error).message }, 'did not close'));
  const failed = (what: string) => (error: unknown) => logger.error({ error: (error as Error).message }, what);
  const holder = randomUUID();
  const { tracesUrl, tracesShare } = configuration;
  if (tracesUrl !== undefined) closer.add('traces', await beginTracing({ url: tracesUrl, share: tracesShare, service }));
  const withVault = service === 'ingest' || service === 'insights';
  const homes = withVault ? await openClusterHomes(configuration, logger, now, service) : undefined;
  const stores: ClusterStores = homes ?? (await openClusterStores(configuration, logger, now, service));
  closer.add('homes', () => stores.close());
  try {
    const { log, warehouse, registry } = stores;
    const imports: DynamicModule[] = [];
    let held = (): number => 0;
    const operations = createOperations(service, stores, service === 'projector' ? () => held() : undefined);
    switch (service) {
      case 'ingest': {
        imports.push(
          IngestModule.with({
            door: operations.counted(createHomeDoor(homes!)),
            credentials: registry.credentialCheck,
            store: {
              warehouse: (tenant) => warehouse.tenant(tenant),
              documents: (tenant) => registry.tenant(tenant).documents,
              attachments: attachmentHomes(homes!),
              foldConsumer: FOLD_CONSUMER,
            },
            records: (tenant) => registry.tenant(tenant).rosterRecords,
            bodyLimit: configuration.bodyLimitBytes,
            corsOrigins: configuration.corsOrigins,
            tokens: tokensOf(configuration),
            cmi5: cmi5Of({ registry }, configuration),
            bounds: { requests: 4_000, bytes: configuration.inFlightBytes },
            findings: findingsOf(homes!, logger),
          }),
        );
        const forwarding = startForwarding({ registry }, createHomeDoor(homes!), logger);
        closer.add('forwarding', () => forwarding.stop());
        const settling = setInterval(() => void log.settleOverdue().catch(failed('claims could not be settled')), SETTLE_EVERY_MS);
        closer.add('settling', () => clearInterval(settling));
        break;
      }
      case 'projector': {
        const onProgress = (progress: Progress): void => {
          operations.heard(progress);
          if (progress.kind === 'unavailable') logger.warn({ waitMs: progress.waitMs }, 'the warehouse is away; the fold waits');
        };
        const folding = shareTheFold({
          leases: registry.leases,
          holder,
          shares: log.partitions('statements'),
          fold: (share, signal) => createProjector({ log, warehouse, registry: registry.folds, share, onProgress }).run(signal),
          onError: failed('the fold failed; it goes on from its committed positions'),
        });
        closer.add('fold', () => folding.stop());
        held = () => folding.held().length;
        if (stores.archive) closer.add('archive', keepArchiving(stores, stores.archive, configuration, holder, logger));
        break;
      }
      case 'jobs':
        imports.push(JobsModule.register({ log, warehouse, registry, logger, now, holder, foldedBy: FOLD_CONSUMER }));
        break;
      case 'insights': {
        const relay = await registry.outbox.startRelay(
          { append: (facts) => log.append(facts) },
          failed('decisions wait: the log does not take them'),
        );
        closer.add('relay', () => relay.stop());
        const post = whileLeased(registry.leases, 'delivery', holder, async (signal) => {
          const delivery = startDelivery(homes!, configuration, logger);
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
          await delivery.stop();
        }, failed('alerts are not delivered')); // prettier-ignore
        closer.add('delivery', () => post.stop());
        const publicUrl = configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`;
        const settings = {
          version,
          publicUrl,
          secureCookies: configuration.cookieSecure,
          sessionTtlMs: configuration.sessionMinutes * 60_000,
          foldConsumer: FOLD_CONSUMER,
        };
        const letters = createLetterDesk(homes!);
        const statements = createStatementReader(homes!);
        imports.push(
          InsightsModule.register({
            registry, vault: homes!.vault, warehouse, log, now, logger, settings, letters, statements, forwardFrom: forwardFrom(log),
          }), // prettier-ignore
        );
        break;
      }
      default:
        service satisfies never;
    }
    const adapter = httpAdapter(configuration, logger);
    const app = await NestFactory.create<NestFastifyApplication>(ServiceModule.of(...imports), adapter, { logger: nestLogger(logger) });
    closer.add('http', () => closeHttp(app));
    operations.routes(app.getHttpAdapter().getInstance());
    if (service === 'insights') await servePage(app);
    await app.init();
    const address = await listen(app, configuration);
    return { address, stop: () => closer.close() };
  } catch (error) {
    await closer.close();
    throw error;
  }
}

async function listen(app: NestFastifyApplication, { port, host }: Configuration): Promise<string> {
  try {
    // On Fastify itself: Nest would print the error that is refused below a second time.
    return await app.getHttpAdapter().getInstance().listen({ port, host, backlog: LISTEN_BACKLOG });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new Refusal(`port ${port} on ${host} is in use; set PHAROS_PORT or stop what listens there`);
    throw error;
  }
}
