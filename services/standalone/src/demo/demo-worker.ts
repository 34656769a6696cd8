/** The thread that simulates the demo district and sends it in at the door. Run as a worker, never imported: see start-filling.ts. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { openEmbeddedLog } from '@pharos/event-log';
import { createDoor } from '@pharos/ingest';
import { createLogger } from '@pharos/runtime';
import { simulateDistrict } from '@pharos/simulator';
import { openKeyRing, openVault } from '@pharos/vault';
import { fillDemo } from './fill-demo.js';
import { type DemoWork, type FromDemo } from './start-filling.js';

const port = parentPort!;
const tell = (message: FromDemo): void => port.postMessage(message);
const { log: path, vault: connection, keysFile, logLevel, settings, tenant, credentials } = workerData as DemoWork;
const stopping = new AbortController();
port.on('message', () => stopping.abort());

const now = () => new Date();
const logger = createLogger(logLevel, 'demo');
const onError = (error: unknown): void => logger.warn({ error: (error as Error).message }, 'a database connection was lost');
const log = await openEmbeddedLog({ path, now, joinOwner: true });
const vault = await openVault({ connection, keys: await openKeyRing({ file: keysFile }), now, onError });
try {
  const district = simulateDistrict(settings);
  const { learners, statements, schools, terms } = district;
  await fillDemo(district, tenant, createDoor({ log, vault, now, newId: randomUUID }), credentials, {
    signal: stopping.signal,
    onPeople: (tokens) =>
      tell({ type: 'people', district: { schools, terms }, tokens, learners: learners.length, statements: statements.length }),
    onStatements: (sent) => tell({ type: 'statements', sent }),
  });
} finally {
  await vault.close();
}
// The log is the main thread's to close; this thread ends with its port.
port.close();
