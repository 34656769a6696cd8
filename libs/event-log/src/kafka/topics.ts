import { setTimeout as sleep } from 'node:timers/promises';
import { type Topic, topicNames } from '@pharos/facts';
import kafkajs, { type Admin } from 'kafkajs';

/** A topic as it should be. `config` holds Kafka's own names: `retention.ms`, `min.insync.replicas`. */
export interface TopicSettings {
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
}

export type TopicPlan = Readonly<Record<Topic, TopicSettings>>;

/** What Pharos cannot do without, whatever the plan says. */
const NEEDED = { 'cleanup.policy': 'delete', 'message.timestamp.type': 'LogAppendTime' } as const;

/** Holds one record, the log's epoch; it lives and dies with the other topics. */
export const EPOCH_TOPIC = 'epoch';

const LOOK_EVERY_MS = 200;
const LOOKS = 100;

/** How one topic differs from its plan. `mendable`: `apply` brings it in line; else a person has to. */
export interface TopicDifference {
  readonly topic: string;
  readonly what: string;
  readonly is: string;
  readonly should: string;
  readonly mendable: boolean;
}

function planned(plan: TopicPlan, prefix: string): ReadonlyMap<string, TopicSettings> {
  const all = topicNames.map((topic) => [`${prefix}${topic}`, withNeeded(plan[topic])] as const);
  const epoch = { ...withNeeded(plan.governance), partitions: 1 };
  return new Map([
    ...all,
    [`${prefix}${EPOCH_TOPIC}`, { ...epoch, config: { ...epoch.config, 'retention.ms': '-1', 'retention.bytes': '-1' } }],
  ]);
}

const withNeeded = (settings: TopicSettings): TopicSettings => ({ ...settings, config: { ...settings.config, ...NEEDED } });

/**
 * Compares the topics of a cluster with a plan.
 *
 * The number of partitions is never mended: it decides where a key falls, and with it the order of a learner's facts.
 */
export async function diffTopics(admin: Admin, plan: TopicPlan, prefix: string): Promise<readonly TopicDifference[]> {
  const wanted = planned(plan, prefix);
  const known = new Set(await admin.listTopics());
  const missing = [...wanted].filter(([name]) => !known.has(name));
  const differences: TopicDifference[] = missing.map(([topic, { partitions, replication }]) => ({
    topic, what: 'topic', is: 'missing', should: `${partitions} partitions, ${replication} replicas`, mendable: true,
  })); // prettier-ignore
  const standing = [...wanted.keys()].filter((name) => known.has(name));
  if (standing.length === 0) return differences;
  const { topics } = await admin.fetchTopicMetadata({ topics: standing });
  for (const { name, partitions } of topics) {
    const should = wanted.get(name)!;
    const replicas = Math.min(...partitions.map((each) => each.replicas.length));
    if (partitions.length !== should.partitions)
      differences.push(difference(name, 'partitions', partitions.length, should.partitions, false));
    if (replicas !== should.replication) differences.push(difference(name, 'replicas', replicas, should.replication, false));
  }
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: standing.map((name) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: Object.keys(wanted.get(name)!.config),
    })),
  });
  for (const { resourceName, configEntries } of resources) {
    for (const [key, should] of Object.entries(wanted.get(resourceName)!.config)) {
      const is = configEntries.find(({ configName }) => configName === key)?.configValue ?? '(not set)';
      if (is !== should) differences.push(difference(resourceName, key, is, should, true));
    }
  }
  return differences;
}

const difference = (topic: string, what: string, is: string | number, should: string | number, mendable: boolean): TopicDifference => ({
  topic, what, is: String(is), should: String(should), mendable,
}); // prettier-ignore

/** Waits until every partition has a leader that any broker knows of; kafkajs's own wait gives up where a broker lags behind. */
async function untilLed(admin: Admin, topics: readonly string[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (found.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (attempt >= LOOKS) throw error;
    }
    if (attempt >= LOOKS) throw new Error(`new topics have no leader: ${topics.join(', ')}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/**
 * Makes what is missing and brings settings in line. Repeating it changes nothing.
 *
 * @returns what it could not mend: partitions and replicas of topics that stand
 */
export async function applyTopics(admin: Admin, plan: TopicPlan, prefix: string): Promise<readonly TopicDifference[]> {
  const wanted = planned(plan, prefix);
  const found = await diffTopics(admin, plan, prefix);
  const missing = found.filter(({ what }) => what === 'topic').map(({ topic }) => topic);
  if (missing.length > 0) {
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => {
        const { partitions, replication, config } = wanted.get(topic)!;
        const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
        return { topic, numPartitions: partitions, replicationFactor: replication, configEntries };
      }),
    });
    await untilLed(admin, missing);
  }
  // The protocol's alteration replaces all of a topic's settings: all of them are sent.
  const altered = [...new Set(found.filter(({ what, mendable }) => mendable && what !== 'topic').map(({ topic }) => topic))];
  if (altered.length > 0) {
    await admin.alterConfigs({
      validateOnly: false,
      resources: altered.map((name) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configEntries: Object.entries(wanted.get(name)!.config).map(([key, value]) => ({ name: key, value })),
      })),
    });
  }
  return found.filter(({ mendable }) => !mendable);
}
