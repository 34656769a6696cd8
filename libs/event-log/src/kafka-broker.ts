/**
 * Kafka brokers of this machine from the published jars, for tests and for the cluster on a laptop: no container, a JVM and
 * Maven. The jars are fetched once, by `infra/kafka/pom.xml`.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pom = fileURLToPath(new URL('../../../infra/kafka/pom.xml', import.meta.url));
const jars = path.join(path.dirname(pom), 'target/dependency');

/** Brokers of a test need no more; the default of 1 GB each would not fit a laptop three times. */
const HEAP = '330m';
/** Within the time that tests give to what goes before them: a broker that is given up then is ended, and said to be. */
const START_MS = 90_000;

export interface BrokerPlace {
  /** Properties, data and output of this broker. */
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
  /** A second door for clients that come through something between: where it listens, and the port that it tells them. */
  readonly proxied?: { readonly port: number; readonly advertised: number };
  /** A door with TLS where clients sign in by SCRAM-SHA-512. */
  readonly secured?: {
    readonly port: number;
    /** PKCS #12 with the broker's key, and its password. */
    readonly keystore: string;
    readonly keystorePassword: string;
    readonly user: string;
    readonly password: string;
    /** Clients may sign in by OAUTHBEARER as well: whose tokens, and for whom they have to be meant. */
    readonly oauth?: { readonly issuer: string; readonly jwksUrl: string; readonly audience: string };
  };
}

export interface RunningBroker {
  readonly pid: number;
  /** Ends it, cleanly by default, and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** What is missing here to run a broker, as one line; undefined when nothing is. Cheap: starts nothing. */
export async function brokerMissing(): Promise<string | undefined> {
  for (const [program, argument] of [
    ['java', '-version'],
    ['mvn', '--version'],
  ] as const) {
    if (program === 'mvn' && existsSync(jars)) continue;
    try {
      await run(program, [argument]);
    } catch {
      return `no Kafka broker here: ${program} is not installed`;
    }
  }
  return undefined;
}

/** Fetches the jars, if they are not there. About half a minute, once. */
export async function fetchBroker(): Promise<void> {
  if (existsSync(path.join(jars, '.complete'))) return;
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  await run('mvn', ['-q', '-B', '-f', pom, plugin, '-DincludeScope=runtime'], { maxBuffer: 16 * 1024 * 1024 });
  await writeFile(path.join(jars, '.complete'), '');
}

const properties = (place: BrokerPlace, id: number, all: readonly BrokerPlace[]): string => {
  const replicas = Math.min(3, all.length);
  const { proxied, secured } = place;
  const own = `PLAINTEXT://127.0.0.1:${place.port}`;
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': all.map(({ controllerPort }, index) => `${index + 1}@127.0.0.1:${controllerPort}`).join(','),
    listeners: `${own},CONTROLLER://127.0.0.1:${place.controllerPort}${proxied ? `,PROXIED://127.0.0.1:${proxied.port}` : ''}${secured ? `,SECURED://127.0.0.1:${secured.port}` : ''}`,
    'advertised.listeners': `${own}${proxied ? `,PROXIED://127.0.0.1:${proxied.advertised}` : ''}${secured ? `,SECURED://127.0.0.1:${secured.port}` : ''}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,SECURED:SASL_SSL',
    ...(secured ? securityOf(secured) : {}),
    'log.dirs': path.join(place.folder, 'data'),
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': Math.min(2, replicas),
    'group.initial.rebalance.delay.ms': 0,
    'message.max.bytes': 41_943_040,
    'replica.fetch.max.bytes': 41_943_040,
    // A broker that died is followed by another within seconds, on a machine where the network does not stutter.
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 3_000,
    // The cleaner reserves 128 MB of heap by default, and no topic here is compacted.
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'num.recovery.threads.per.data.dir': 1,
  }).map(([key, value]) => `${key}=${String(value)}\n`).join(''); // prettier-ignore
};

const OAUTH = 'org.apache.kafka.common.security.oauthbearer';

const securityOf = ({ keystore, keystorePassword, oauth }: NonNullable<BrokerPlace['secured']>): Readonly<Record<string, string>> => ({
  'listener.name.secured.ssl.keystore.location': keystore,
  'listener.name.secured.ssl.keystore.password': keystorePassword,
  'listener.name.secured.ssl.keystore.type': 'PKCS12',
  'listener.name.secured.sasl.enabled.mechanisms': oauth ? 'SCRAM-SHA-512,OAUTHBEARER' : 'SCRAM-SHA-512',
  ...(oauth && {
    'listener.name.secured.oauthbearer.sasl.jaas.config': `${OAUTH}.OAuthBearerLoginModule required;`,
    'listener.name.secured.oauthbearer.sasl.server.callback.handler.class': `${OAUTH}.OAuthBearerValidatorCallbackHandler`,
    // Without it, and with a listener's prefix as well, Kafka 4.1 takes the validator of clients, which looks at no signature.
    'sasl.oauthbearer.jwt.validator.class': `${OAUTH}.BrokerJwtValidator`,
    'listener.name.secured.oauthbearer.sasl.oauthbearer.jwks.endpoint.url': oauth.jwksUrl,
    'listener.name.secured.oauthbearer.sasl.oauthbearer.expected.issuer': oauth.issuer,
    'listener.name.secured.oauthbearer.sasl.oauthbearer.expected.audience': oauth.audience,
  }),
  'listener.name.secured.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
});

/**
 * Writes settings of each broker and formats their storage, where that has not been done. About 2 s each.
 *
 * @param all every broker of the cluster, in order: node ids are counted from 1
 */
export async function prepareBrokers(all: readonly BrokerPlace[]): Promise<void> {
  const known = path.join(all[0]!.folder, 'cluster-id');
  await mkdir(all[0]!.folder, { recursive: true });
  // 16 bytes in base64; the tool takes one that begins with a dash for an option.
  if (!existsSync(known)) await writeFile(known, `p${randomBytes(16).toString('base64url').slice(1, 21)}A`);
  const clusterId = await readFile(known, 'utf8');
  for (const [index, place] of all.entries()) {
    await mkdir(place.folder, { recursive: true });
    const file = path.join(place.folder, 'server.properties');
    await writeFile(file, properties(place, index + 1, all));
    if (existsSync(path.join(place.folder, 'data/meta.properties'))) continue;
    const { secured } = place;
    const users = secured ? ['--add-scram', `SCRAM-SHA-512=[name=${secured.user},password=${secured.password}]`] : [];
    await run('java', ['-Xmx128m', '-cp', `${jars}/*`, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file, ...users]);
  }
}

/**
 * Starts a broker that was prepared. Resolves when it listens; a leader of its partitions may take a moment longer.
 *
 * @param environment more of its environment
 * @param startMs how long it may take
 * @throws Error when it ends or does not listen in time; nothing of it runs then
 */
export async function startBroker(
  { folder, port, secured }: BrokerPlace,
  environment: Readonly<Record<string, string>> = {},
  startMs = START_MS,
): Promise<RunningBroker> {
  if (await listens(port)) throw new Error(`the Kafka broker cannot start: something listens on port ${port} already`);
  const output = openSync(path.join(folder, 'output.log'), 'a');
  const flags = [`-Xmx${HEAP}`, '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];
  // A broker fetches keys from nowhere that it was not told of when it was started.
  if (secured?.oauth) flags.push(`-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${secured.oauth.jwksUrl}`);
  const child = spawn('java', [...flags, '-cp', `${jars}/*`, 'kafka.Kafka', path.join(folder, 'server.properties')], {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...environment },
    detached: true,
  });
  child.unref();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let gone = false;
  void ended.then(() => (gone = true));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (!gone) process.kill(child.pid!, signal);
    await ended;
  };
  const deadline = performance.now() + startMs;
  while (!(await listens(port))) {
    const log = path.join(folder, 'output.log');
    if (gone) throw new Error(`the Kafka broker ended at its start; see ${log}`);
    if (performance.now() > deadline) {
      await stop('SIGKILL');
      throw new Error(`the Kafka broker on port ${port} did not come up within ${startMs} ms and was ended; see ${log}`);
    }
    await sleep(100);
  }
  return { pid: child.pid!, stop };
}

/** Whether something listens on a port of this machine. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    const answer = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

/** A port of this machine that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
