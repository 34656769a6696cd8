import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TOPICS, topicNames } from '@pharos/facts';
import { fetchBroker, freePort, prepareBrokers, startBroker } from '../kafka-broker.js';
import { type Position } from '../event-log.js';
import { type OpenedLog } from '../testing.js';
import { kafkaClient, type KafkaConnection } from './connection.js';
import { type KafkaLog, openKafkaLog } from './kafka-log.js';
import { type LogLedger } from './ledger.js';
import { applyTopics, type TopicPlan } from './topics.js';

/** Topics with the partitions of the embedded log, and one replica. */
export const planOfTest = Object.fromEntries(
  topicNames.map((topic) => [topic, { partitions: TOPICS[topic].partitions, replication: 1, config: { 'max.message.bytes': '41943040' } }]),
) as unknown as TopicPlan;

/** A broker of its own in a temporary folder. About 5 s; 400 MB of memory. Where it does not start, nothing of it stays. */
export async function startTestBroker() {
  await fetchBroker();
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-kafka-'));
  const place = { folder, port: await freePort(), controllerPort: await freePort() };
  try {
    await prepareBrokers([place]);
    const broker = await startBroker(place);
    return {
      connection: { brokers: [`127.0.0.1:${place.port}`], clientId: 'test' },
      stop: async () => {
        await broker.stop('SIGKILL');
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    const said = await readFile(path.join(folder, 'output.log'), 'utf8').catch(() => '');
    await rm(folder, { recursive: true, force: true });
    throw new Error(`${(error as Error).message}; the end of its output:\n${said.slice(-2_000)}`, { cause: error });
  }
}

/** The same for a whole suite: `stop` also when it never started, so that what else the suite made is ended too. */
export function testBroker() {
  let running: Awaited<ReturnType<typeof startTestBroker>> | undefined;
  return {
    start: async (): Promise<void> => {
      running = await startTestBroker();
    },
    get connection() {
      if (!running) throw new Error('the broker of this suite does not run');
      return running.connection;
    },
    stop: async (): Promise<void> => running?.stop(),
  };
}

/** A log in fresh topics of a running broker, with so many times the partitions of the embedded log. They go with the broker. */
export async function openTestLog(
  connection: KafkaConnection,
  ledger: LogLedger,
  times = 1,
): Promise<OpenedLog & { readonly log: KafkaLog; readonly topicPrefix: string }> {
  const topicPrefix = `t${randomUUID().slice(0, 8)}.`;
  const admin = kafkaClient(connection).admin();
  await admin.connect();
  const plan = Object.entries(planOfTest).map(([topic, settings]) => [topic, { ...settings, partitions: settings.partitions * times }]);
  await applyTopics(admin, Object.fromEntries(plan) as TopicPlan, topicPrefix);
  await admin.disconnect();
  const open = () => openKafkaLog({ connection, topicPrefix, ledger });
  let current = await open();
  return {
    topicPrefix,
    log: current,
    reopen: async () => {
      await current.close();
      current = await open();
      return current;
    },
    dispose: async () => {
      await current.close();
    },
  };
}

/** Has the broker drop what lies below these offsets, as its retention does. */
export async function forgetBelow(
  connection: { readonly brokers: readonly string[]; readonly clientId: string },
  topicPrefix: string,
  below: readonly Position[],
): Promise<void> {
  const admin = kafkaClient(connection).admin();
  await admin.connect();
  // The last offset of a partition that is named counts.
  const last = new Map(below.map((position) => [`${position.topic}/${position.partition}`, position]));
  for (const { topic, partition, offset } of last.values()) {
    const name = `${topicPrefix}${topic}`;
    await admin.fetchTopicOffsets(name); // it learns of the topic only when it is asked about it
    await admin.deleteTopicRecords({ topic: name, partitions: [{ partition, offset: String(offset) }] });
  }
  await admin.disconnect();
}
