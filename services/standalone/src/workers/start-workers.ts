import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type JobRequest } from '@pharos/jobs';
import { type HomeConnections } from '../homes/connections.js';
import { type FromWorker, type ToWorker } from './worker-messages.js';

export interface JobAnswer {
  readonly outcome: string;
  readonly reason: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

export interface Workers {
  /** Runs one slot of a job in the jobs' thread. */
  runJob(job: string, request: JobRequest): Promise<JobAnswer>;
  /** Lets the fold finish the batch in hand and a job its run. */
  stop(): Promise<void>;
}

/** A fold that reads quickly needs room for the batch in hand; the default young generation would copy it over and over. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

/**
 * Starts the threads of the fold and of the jobs, and waits until both are ready.
 *
 * @param onCrash hears of a worker that ended by itself: the process cannot go on without it
 */
export async function startWorkers(connections: HomeConnections, schedule: boolean, onCrash: (error: Error) => void): Promise<Workers> {
  const [projector, jobs] = await Promise.all([
    startWorker('projector', connections, onCrash),
    startWorker('jobs', { ...connections, schedule }, onCrash),
  ]);
  let lastId = 0;
  return {
    runJob: async (job, { tenant, asOf }) => {
      const id = (lastId += 1);
      const answered = new Promise<JobAnswer>((resolve) => {
        const listen = (message: FromWorker): void => {
          if (message.type !== 'ran' || message.id !== id) return;
          jobs.worker.off('message', listen);
          resolve(message);
        };
        jobs.worker.on('message', listen);
      });
      jobs.send({ type: 'run', id, job, tenant, asOf });
      return answered;
    },
    stop: async () => {
      await jobs.stop();
      await projector.stop();
    },
  };
}

async function startWorker(name: string, workerData: unknown, onCrash: (error: Error) => void) {
  const worker = new Worker(new URL(`./${name}-worker.js`, import.meta.url), { workerData, name, resourceLimits });
  let stopping = false;
  worker.on('error', (error) => onCrash(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => {
    if (!stopping) onCrash(new Error(`the ${name} ended with code ${code}`));
  });
  const send = (message: ToWorker): void => worker.postMessage(message);
  await messageOf(worker, 'ready');
  return {
    worker,
    send,
    stop: async () => {
      stopping = true;
      const stopped = messageOf(worker, 'stopped');
      send({ type: 'stop' });
      await stopped;
    },
  };
}

async function messageOf(worker: Worker, type: FromWorker['type']): Promise<void> {
  for (;;) {
    const [message] = (await once(worker, 'message')) as [FromWorker];
    if (message.type === type) return;
  }
}
