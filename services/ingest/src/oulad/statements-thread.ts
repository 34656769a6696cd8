/** The thread that imports the statements of the data set. Run as a worker, never imported: see import-statements.ts. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createDoor } from '../door/door.js';
import { importClicks } from './import-clicks.js';
import { stopOf, type ThreadWork } from './import-statements.js';
import { importSubmissions } from './import-submissions.js';
import { callOwner } from '../threads/owner-calls.js';
import { countWithOwner } from './thread-calls.js';

const { roster, ...work } = workerData as ThreadWork;
const { log, vault } = callOwner(parentPort!);
const counter = countWithOwner(parentPort!);
const door = createDoor({ log, vault, now: () => new Date(), newId: randomUUID });
try {
  await importSubmissions({ ...work, door, counter }, roster);
  await importClicks({ ...work, door, counter }, roster);
} catch (error) {
  const stop = stopOf(error);
  if (stop === undefined) throw error;
  parentPort!.postMessage(stop);
}
parentPort!.close();
