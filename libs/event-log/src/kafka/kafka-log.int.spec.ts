import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { archiveContract } from '../archive/archive-contract.js';
import { brokerMissing } from '../kafka-broker.js';
import { openS3Blobs } from '../s3-blobs.js';
import { s3Access, startS3Double } from '../s3-double.js';
import { eventLogContract } from '../testing.js';
import { openKafkaLog } from './kafka-log.js';
import { createMemoryLedger } from './memory-ledger.js';
import { forgetBelow, openTestLog, testBroker } from './test-cluster.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: the log on Kafka (${missing})\n`);

(missing === undefined ? describe : describe.skip)('with a broker of this machine', () => {
  const broker = testBroker();
  let store: Awaited<ReturnType<typeof startS3Double>>;
  beforeAll(async () => {
    store = await startS3Double();
    await broker.start();
  }, 120_000);
  afterAll(async () => {
    await broker.stop();
    await store.close();
  });

  eventLogContract('the log on Kafka', () => openTestLog(broker.connection, createMemoryLedger()));

  archiveContract('the log on Kafka in an S3-compatible store', () => openTestLog(broker.connection, createMemoryLedger()), {
    openBlobs: () => openS3Blobs({ url: store.url, ...s3Access }),
    forget: ({ topicPrefix }, below) => forgetBelow(broker.connection, topicPrefix, below),
  });

  it('says which command makes the topics where they do not stand', async () => {
    const opening = openKafkaLog({
      connection: broker.connection,
      topicPrefix: 'nowhere.',
      ledger: createMemoryLedger(),
      patienceMs: 2_000,
    });
    await expect(opening).rejects.toMatchObject({
      name: 'LogRefused',
      message: 'not every topic nowhere.… exists: run pharos topics diff, then pharos topics apply',
    });
  }, 30_000);

  it('has the brokers say when it was recorded, whatever its sender holds for the time', async () => {
    const opened = await openTestLog(broker.connection, createMemoryLedger());
    expect(opened.log.partitions('statements')).toBe(4);
    await opened.dispose();
  });
});
