import { performance } from 'node:perf_hooks';
import { type Preparing } from '@pharos/contract';
import { type Command } from 'commander';
import { listenForCommands } from '../control-socket.js';
import { worksOn } from '../home-works.js';
import { openHomes } from '../homes/open-homes.js';
import { prepareDemo } from '../demo/prepare-demo.js';
import { type Filling } from '../demo/start-filling.js';
import { startServer } from '../server.js';
import { startWorkers } from '../workers/start-workers.js';
import { version } from '../version.js';
import { startDelivery } from '../delivery.js';
import { startForwarding } from '../forwarding.js';
import { services, startService } from '../cluster/serve-service.js';
import { Refusal } from '../refusal.js';
import { readContext } from './command-context.js';

interface ServeOptions {
  readonly demo?: boolean;
  readonly learners?: string;
  readonly port?: string;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .argument('[service]', `one service of a cluster: ${services.join(', ')}`)
    .description('serve the page, the API and the xAPI endpoint, fold and run the jobs, all in this process; or one service of a cluster')
    .option('--demo', 'fill an empty data folder with the demo district')
    .option('--learners <n>', 'learners of the demo district')
    .option('--port <n>', 'port to listen on')
    .action(async (service: string | undefined, options: ServeOptions) => {
      await (service === undefined ? serve(options) : serveOne(service, options));
    });
}

/** Runs until it is told to stop (SIGINT, SIGTERM); the batch in hand is finished first. */
async function serve({ demo, learners, port }: ServeOptions): Promise<void> {
  const context = readContext({
    ...(learners === undefined ? {} : { PHAROS_DEMO_LEARNERS: learners }),
    ...(port === undefined ? {} : { PHAROS_PORT: port }),
  });
  const { configuration, logger, now } = context;
  const began = performance.now();
  const homes = await openHomes(configuration, logger, now);
  const relay = await homes.registry.outbox.startRelay({ append: (facts) => homes.log.append(facts) }, (error) => {
    logger.error({ error: (error as Error).message }, 'decisions wait: the log does not take them');
  });
  // Beside each other: each of the threads and the server takes a second to load what it is made of.
  const starting = startWorkers(homes.connections, configuration.schedule, (error) => {
    logger.fatal({ error: error.message }, 'a worker ended; stopping, so that nothing runs half');
    process.exit(1);
  });
  let preparing: Preparing | null = null;
  const server = await startServer(homes, configuration, logger, version, () => preparing).catch(async (error: unknown) => {
    await relay.stop();
    await (await starting).stop();
    await homes.close(); // or PostgreSQL would outlive a start that was refused
    throw error;
  });
  const workers = await starting;
  const delivery = startDelivery(homes, configuration, logger);
  const forwarding = startForwarding(homes, server.door, logger);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`Pharos ${version}, mode ${configuration.mode}`);
  say(`  homes     log LMDB · warehouse chDB · registry and vault PostgreSQL, all in ${homes.folder.root}`);
  say(`  keys      ${homes.folder.keysFile} (back it up apart from the data)`);
  say(`  address   ${server.address}`);
  say(`  xAPI      ${server.address}/xapi`);
  const control = await listenForCommands(homes.folder.root, worksOn(homes));
  let filling: Filling | undefined;
  const stop = stopOnce(async () => {
    await control.close();
    await filling?.stop();
    await server.close();
    await delivery.stop();
    await forwarding.stop();
    await relay.stop();
    await workers.stop();
    await homes.close();
    // The warehouse's connections in the workers cannot be closed there: they end here, with everything durable.
    process.exit(0);
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (demo === true) {
    await prepareDemo({
      homes,
      workers,
      configuration,
      door: server.door,
      now,
      say,
      onProgress: (progress) => (preparing = progress),
      onFilling: (begun) => (filling = begun),
    }).catch((error: unknown) => {
      if (!stop.begun()) throw error; // told to stop while it was filled: the next start goes on
    });
  }
  if (stop.begun()) return;
  say(`Ready after ${((performance.now() - began) / 1000).toFixed(1)} s. Stop with Ctrl-C.`);
}

/** Runs one service of a cluster until it is told to stop. */
async function serveOne(service: string, { port, demo, learners }: ServeOptions): Promise<void> {
  const known = services.find((each) => each === service);
  if (!known) throw new Refusal(`no service is called ${service}; there are ${services.join(', ')}`, 2);
  if (demo === true || learners !== undefined) throw new Refusal('the demo district is filled by pharos serve alone, without a service', 2);
  const { configuration, logger, now } = readContext(port === undefined ? {} : { PHAROS_PORT: port });
  if (configuration.mode !== 'cluster') throw new Refusal(`pharos serve ${service} needs PHAROS_MODE=cluster`, 2);
  const running = await startService(known, configuration, logger.child({ service }), now);
  process.stdout.write(`Pharos ${version}, mode cluster, ${service} at ${running.address}\n`);
  const stop = stopOnce(async () => {
    await running.stop();
    process.exit(0);
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function stopOnce(work: () => Promise<void>): (() => void) & { readonly begun: () => boolean } {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    work().catch((error: unknown) => {
      process.stderr.write(`pharos: did not stop cleanly: ${(error as Error).message}\n`);
      process.exit(1);
    });
  };
  return Object.assign(stop, { begun: () => stopping });
}
