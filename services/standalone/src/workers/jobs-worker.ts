import 'reflect-metadata';
import { threadId, parentPort, workerData } from 'node:worker_threads';
import { NestFactory } from '@nestjs/core';
import { jobNamed, JobsModule, type JobsHome, runJob } from '@pharos/jobs';
import { nestLogger } from '@pharos/runtime';
import { type HomeConnections } from '../homes/connections.js';
import { FOLD_CONSUMER } from '../homes/open-homes.js';
import { openWorkerHomes } from './open-worker-homes.js';
import { type FromWorker, type ToWorker } from './worker-messages.js';

/** Runs the jobs in a thread of their own: on schedule, and when the main thread asks for a run. */
const port = parentPort!;
const tell = (message: FromWorker): void => port.postMessage(message);
const { schedule, ...connections } = workerData as HomeConnections & { readonly schedule: boolean };
const homes = await openWorkerHomes(connections, 'jobs');
const home: JobsHome = { ...homes, holder: `${process.pid}/${threadId}`, foldedBy: FOLD_CONSUMER };
const app = schedule
  ? await NestFactory.createApplicationContext(JobsModule.register(home), { logger: nestLogger(homes.logger) })
  : undefined;

async function run(message: ToWorker & { readonly type: 'run' }): Promise<void> {
  const job = jobNamed(message.job);
  if (!job) throw new RangeError(`no job is called ${message.job}`);
  const result = await runJob(job, message, home);
  const counts = result.outcome === 'skipped' ? {} : result.run.counts;
  tell({ type: 'ran', id: message.id, outcome: result.outcome, reason: 'reason' in result ? result.reason : null, counts });
}

let tail: Promise<void> = Promise.resolve();
port.on('message', (message: ToWorker) => {
  if (message.type === 'run') tail = tail.then(() => run(message));
  else tail = tail.then(stop);
});
/** The thread stays until the process ends: one that has loaded the warehouse's engine and ends stops it for the fold as well. */
async function stop(): Promise<void> {
  await app?.close();
  await homes.registry.close();
  tell({ type: 'stopped' });
}
tell({ type: 'ready' });
