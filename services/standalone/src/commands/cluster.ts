import path from 'node:path';
import { type Command } from 'commander';
import { openRegistry } from '@pharos/registry';
import { bringUp, type Cluster, freshPassword, isDown, layoutOf, takeDown } from '../cluster/laptop.js';

interface ClusterOptions {
  readonly folder: string;
  readonly port: string;
  readonly brokers: string;
  readonly each: string;
}

const TENANT = 'district';

export function addCluster(program: Command): void {
  const cluster = program.command('cluster').description('a whole cluster on this machine, without containers: for trying and for tests');
  const withOptions = (command: Command): Command =>
    command
      .option('--folder <dir>', 'data, logs and the list of processes', 'data/cluster')
      .option('--port <n>', 'first of a hundred ports', '4700')
      .option('--brokers <n>', 'Kafka brokers', '3')
      .option('--each <n>', 'how many of each service', '2');
  withOptions(
    cluster.command('up').description('start brokers, PostgreSQL, the warehouse and the services; stop with Ctrl-C or cluster down'),
  ).action(up);
  withOptions(cluster.command('down').description('stop the processes of the list, by their ids')).action(
    async (options: ClusterOptions) => {
      const stopped = await takeDown(layoutOf(laptopOf(options)).list);
      process.stdout.write(stopped.length === 0 ? 'Nothing runs.\n' : `Stopped ${stopped.join(', ')}.\n`);
    },
  );
}

const laptopOf = ({ folder, port, brokers, each }: ClusterOptions) => ({
  folder: path.resolve(folder), firstPort: Number(port), brokers: Number(brokers), eachService: Number(each),
}); // prettier-ignore

async function up(options: ClusterOptions): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const began = performance.now();
  const cluster = await bringUp(laptopOf(options), say);
  const key = await firstAccess(cluster);
  say(`Up after ${((performance.now() - began) / 1000).toFixed(0)} s; logs in ${cluster.layout.logs}`);
  for (const { name, pid, port } of cluster.members())
    say(`  ${name.padEnd(12)} pid ${pid}${port === 0 ? '' : `  http://127.0.0.1:${port}`}`);
  if (key) say(`  tenant ${TENANT}; xAPI key ${key.id} ${key.secret}; admin signs in as admin with ${key.password} (shown once)`);
  say('Stop with Ctrl-C.');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    // `cluster down` in another terminal empties the list.
    setInterval(() => {
      if (isDown(cluster.layout.list)) resolve();
    }, 1_000);
  });
  await cluster.stop();
  process.exit(0);
}

/** A tenant, a key and an admin, where there is none yet. */
async function firstAccess({ environment }: Cluster) {
  const connection = { connectionString: environment.PHAROS_REGISTRY_URL! };
  const registry = await openRegistry({ connection, now: () => new Date(), onError: () => undefined });
  try {
    if ((await registry.tenants.list()).length > 0) return undefined;
    await registry.tenants.put({ id: TENANT, name: 'District', settings: {} });
    const { credential, secret } = await registry
      .tenant(TENANT)
      .credentials.create({ name: 'platform', scopes: ['statements/write', 'define', 'statements/read'] });
    const password = freshPassword();
    await registry.tenant(TENANT).users.create({ login: 'admin', password, roles: ['admin'], person: null });
    return { id: credential.id, secret, password };
  } finally {
    await registry.close();
  }
}
