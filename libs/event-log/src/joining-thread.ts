/** A thread that joins the log of its process and appends, for tests. Run as a worker, never imported. */
import { parentPort, workerData } from 'node:worker_threads';
import { voided } from './contract-facts.js';
import { openEmbeddedLog } from './embedded-log.js';

const { path, name, facts } = workerData as { readonly path: string; readonly name: string; readonly facts: number };
const log = await openEmbeddedLog({ path, now: () => new Date(), joinOwner: true });
parentPort!.postMessage('joined');
parentPort!.on('message', () => {
  const writes = Array.from({ length: facts }, (_, i) => log.append([voided(`${name}-${i}`, `${name}-${i % 7}`)]));
  void Promise.all(writes)
    .then(() => log.waitForNews(['governance'], 10_000))
    .then(async () => {
      parentPort!.postMessage(await log.heads('governance'));
      await log.close();
      parentPort!.close();
    });
});
