import { parentPort, workerData } from 'node:worker_threads';
import { createProjector } from '@pharos/projector';
import { type HomeConnections } from '../homes/connections.js';
import { openWorkerHomes } from './open-worker-homes.js';
import { type FromWorker, type ToWorker } from './worker-messages.js';

/** Folds the log in a thread of its own, so that the door's event loop stays free. */
const port = parentPort!;
const tell = (message: FromWorker): void => port.postMessage(message);
const { log, registry, warehouse } = await openWorkerHomes(workerData as HomeConnections, 'projector');
const stopping = new AbortController();
port.on('message', (message: ToWorker) => {
  if (message.type === 'stop') stopping.abort();
});
const projector = createProjector({ log, warehouse, registry: registry.folds });
tell({ type: 'ready' });
await projector.run(stopping.signal);
await registry.close();
tell({ type: 'stopped' });
