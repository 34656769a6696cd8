/** A thread of the door that dies of each batch, for tests. Run as a worker, never imported. */
import { parentPort } from 'node:worker_threads';

parentPort!.on('message', () => {
  throw new Error('planted');
});
parentPort!.postMessage({ type: 'ready' });
