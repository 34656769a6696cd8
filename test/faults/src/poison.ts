import { kafkaClient } from '@pharos/event-log';
import { readFact, topicOf } from '@pharos/facts';
import { type LaptopCluster } from './laptop-cluster.js';

const MB = 1024 * 1024;
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** What somebody could write into a topic and nothing can be made of; each is worth one dead letter. */
const poison: readonly (readonly [what: string, value: Buffer | null])[] = [
  ['not JSON', Buffer.from('not JSON {')],
  ['a list', Buffer.from('[]')],
  ['nothing at all', null],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])],
  ['an unknown type', json({ type: 'Unheard', version: 1 })],
  ['a version to come', json({ type: 'StatementVoided', version: 99 })],
  ['a fact of another topic', json({ id: 'p1', type: 'LearnerErased', version: 1, tenant: 'district', key: 'k', occurredAt: '2026-01-12T08:00:00.000Z', data: { learner: 'l', by: 'b', reason: 'r' } })],
  ['20 MB of control characters', Buffer.alloc(20 * MB, 1)],
  ['20 MB of bytes that are no text', Buffer.alloc(20 * MB, 0xfe)],
  ['20 MB of an unknown type', json({ type: 'Unheard', version: 1, text: 'x'.repeat(20 * MB) })],
  ['nested deeper than any stack', Buffer.from(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`)],
]; // prettier-ignore

/** Writes all of it into a partition of the statements, past every door. @returns how many dead letters have to come of it */
export async function writePoison(cluster: LaptopCluster, partition = 0): Promise<number> {
  const producer = kafkaClient({ brokers: brokersOf(cluster), clientId: 'poison' }).producer();
  await producer.connect();
  try {
    for (const [, value] of poison) await producer.send({ topic: 'pharos.statements', messages: [{ key: 'k', value, partition }] });
  } finally {
    await producer.disconnect();
  }
  return poison.length;
}

/** Writes every fact of the statements once more behind its end, byte for byte as they lie there but for the times that the log gives. @returns how many */
export async function replayAll(cluster: LaptopCluster): Promise<number> {
  const { log } = cluster;
  const producer = kafkaClient({ brokers: brokersOf(cluster), clientId: 'replay' }).producer();
  await producer.connect();
  let sent = 0;
  try {
    for (const [partition, head] of (await log.heads('statements')).entries()) {
      for (let next = 0; next < head;) {
        const page = await log.read('statements', partition, next, { maxFacts: 500 });
        const facts = page.filter(({ position, stored }) => position.offset < head && isOfStatements(stored));
        const messages = facts.map(({ stored, recordedAt }) => {
          const { recordedAt: _, knownAt, ...fact } = stored as { key: string; recordedAt: string; knownAt: string };
          return { key: fact.key, partition, value: JSON.stringify(knownAt === recordedAt ? fact : { ...fact, knownAt }) };
        });
        await producer.send({ topic: 'pharos.statements', messages });
        sent += messages.length;
        next = page.at(-1)!.position.offset + 1;
      }
    }
  } finally {
    await producer.disconnect();
  }
  return sent;
}

/** Poison that lies there is not written again: each piece would be a dead letter more. */
function isOfStatements(stored: unknown): boolean {
  const read = readFact(stored);
  return read.ok && topicOf(read.fact.type) === 'statements';
}

const brokersOf = ({ cluster }: LaptopCluster): string[] => cluster.environment.PHAROS_KAFKA_BROKERS!.split(',');
