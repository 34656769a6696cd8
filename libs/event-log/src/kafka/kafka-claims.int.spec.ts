import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimed, idsOf, readTopic } from '../contract-facts.js';
import { brokerMissing } from '../kafka-broker.js';
import { kafkaClient } from './connection.js';
import { createMemoryLedger } from './memory-ledger.js';
import { openTestLog, testBroker } from './test-cluster.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: claims of the log on Kafka (${missing})\n`);

(missing === undefined ? describe : describe.skip)('claims whose appender died', () => {
  const broker = testBroker();
  beforeAll(async () => {
    await broker.start();
  }, 120_000);
  afterAll(() => broker.stop());

  const died = async (id: string, ledger = createMemoryLedger()) => {
    const opened = await openTestLog(broker.connection, ledger);
    const { claim } = claimed(id);
    const partitions = Array.from({ length: opened.log.partitions('statements') }, (_, partition) => partition);
    const from = partitions.map((partition) => ({ topic: 'statements' as const, partition, offset: 0 }));
    await ledger.begin({ id: 'orphan', claims: [claim], from });
    return { ...opened, ledger };
  };

  it('get the position of their fact, if it is in the log', async () => {
    const { log, ledger, dispose } = await died('a');
    const { fact } = claimed('a');
    const [recorded] = await log.append([fact]);
    expect(await log.findClaim('district', 'a')).toBeUndefined();
    expect(await log.settleOverdue(0)).toEqual({ found: 1, closed: 1 });
    expect(await log.findClaim('district', 'a')).toEqual({ ...recorded, hash: 'aa' });
    expect(await log.appendClaimed([claimed('a')])).toEqual({ outcome: 'appended', results: [{ ...recorded, status: 'known' }] });
    expect(await ledger.overdue(0)).toEqual([]);
    await dispose();
  });

  it('are released, if it is not', async () => {
    const { log, dispose } = await died('b');
    expect(await log.settleOverdue(0)).toEqual({ found: 0, closed: 1 });
    expect(await log.appendClaimed([claimed('b', 'other')])).toMatchObject({ outcome: 'appended', results: [{ status: 'appended' }] });
    await dispose();
  });

  it('let equal content through, as a second fact at most, and hold other content off', async () => {
    const { log, dispose } = await died('c');
    await expect(log.appendClaimed([claimed('c', 'other')])).rejects.toMatchObject({ name: 'LogUnavailable', code: 'timeout' });
    expect(await log.appendClaimed([claimed('c')])).toMatchObject({ outcome: 'appended', results: [{ status: 'appended' }] });
    expect(idsOf(await readTopic(log, 'statements'))).toEqual(['c']);
    await dispose();
  });

  it('stand beside bytes that are no fact, which are handed out as they lie there', async () => {
    const { log, topicPrefix, dispose } = await died('d');
    const producer = kafkaClient(broker.connection).producer();
    await producer.connect();
    const poison = ['not JSON {', '[1,2]', '"text"', ''].map((value) => ({ key: 'k', value, partition: 0 }));
    await producer.send({ topic: `${topicPrefix}statements`, messages: [...poison, { key: 'k', value: null, partition: 0 }] });
    await producer.disconnect();
    const read = await log.read('statements', 0, 0);
    expect(read.map(({ stored }) => stored)).toEqual(['not JSON {', '[1,2]', '"text"', '', '']);
    expect(await log.settleOverdue(0)).toEqual({ found: 0, closed: 1 });
    await dispose();
  });
});
