import { afterAll, beforeAll, describe } from '@jest/globals';
import { brokerMissing, logLedgerContract, openTestLog, testBroker } from '@pharos/event-log/kafka-testing';
import { eventLogContract } from '@pharos/event-log/testing';
import { startTestRegistry } from '@pharos/registry/testing';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: the log on Kafka with claims in PostgreSQL (${missing})\n`);

logLedgerContract('the ledger in PostgreSQL', async () => {
  const home = await startTestRegistry(() => new Date());
  return { ledger: home.registry.logLedger, dispose: () => home.stop() };
});

(missing === undefined ? describe : describe.skip)('with a broker and a PostgreSQL of this machine', () => {
  const broker = testBroker();
  let home: Awaited<ReturnType<typeof startTestRegistry>>;
  beforeAll(async () => {
    home = await startTestRegistry(() => new Date());
    await broker.start();
  }, 120_000);
  afterAll(async () => {
    await broker.stop();
    await home.stop();
  });

  // Topics are new for each test, and the ledger is one: tests that begin again must not find each other's claims.
  eventLogContract('the log on Kafka', async () => {
    await home.emptyLedger();
    return openTestLog(broker.connection, home.registry.logLedger);
  });
});
