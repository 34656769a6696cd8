import { randomUUID } from 'node:crypto';
import kafkajs, { type Kafka } from 'kafkajs';
import { type ClusterClient } from './cluster-client.js';

/**
 * The name of this log: the first record of a topic of its own, so that it goes when the topics go. Of several processes that
 * open a new log at once, the first to write wins.
 */
export async function readEpoch(kafka: Kafka, client: ClusterClient, topic: string): Promise<string> {
  const first = async () => (await client.fetch(topic, 0, 0, 65_536))?.messages[0]?.value?.toString();
  const known = await first();
  if (known !== undefined) return known;
  const producer = kafka.producer({ allowAutoTopicCreation: false, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  try {
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: [{ value: randomUUID(), partition: 0 }] });
  } finally {
    await producer.disconnect();
  }
  const written = await first();
  if (written === undefined) throw new Error(`${topic} holds no epoch, though one was just written`);
  return written;
}
