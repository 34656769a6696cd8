import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerMissing } from '../kafka-broker.js';
import { eventLogContract } from '../testing.js';
import { createMemoryLedger } from './memory-ledger.js';
import { openTestLog, startTestBroker } from './test-cluster.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: the log on Kafka (${missing})\n`);

(missing === undefined ? describe : describe.skip)('with a broker of this machine', () => {
  let broker: Awaited<ReturnType<typeof startTestBroker>>;
  beforeAll(async () => {
    broker = await startTestBroker();
  }, 120_000);
  afterAll(() => broker.stop());

  eventLogContract('the log on Kafka', () => openTestLog(broker.connection, createMemoryLedger()));

  it('has the brokers say when it was recorded, whatever its sender holds for the time', async () => {
    const opened = await openTestLog(broker.connection, createMemoryLedger());
    expect(opened.log.partitions('statements')).toBe(4);
    await opened.dispose();
  });
});
