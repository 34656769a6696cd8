import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type District, type DistrictSettings } from '@pharos/simulator';
import { type DatabaseConnection } from '../homes/connections.js';
import { type PlatformCredentials } from './fill-demo.js';
import { type Tokens } from './demo-roster.js';

/** What the demo's thread is handed. Plain data: it crosses to the thread. */
export interface DemoWork {
  readonly log: string;
  readonly vault: DatabaseConnection;
  readonly keysFile: string;
  readonly logLevel: string;
  readonly settings: DistrictSettings;
  readonly tenant: string;
  readonly credentials: PlatformCredentials;
}

/** Everybody is in the vault: who works where, when the terms are, and how much is to come. */
export interface DemoPeople {
  readonly type: 'people';
  readonly district: Pick<District, 'schools' | 'terms'>;
  readonly tokens: Tokens;
  readonly learners: number;
  readonly statements: number;
}

export type FromDemo = DemoPeople | { readonly type: 'statements'; readonly sent: number };

export interface Filling {
  /** Resolves when people can be given logins. */
  readonly people: Promise<DemoPeople>;
  /** Resolves when all that was to be sent is durable; rejects when it failed or was stopped before. */
  readonly ended: Promise<void>;
  /** Lets it finish the batch in hand. */
  stop(): Promise<void>;
}

/** What a batch is made of is garbage when the batch has gone. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

/**
 * Fills the demo in a thread of its own: simulating and checking 90,000 statements takes a core for some seconds, and
 * whoever signs in meanwhile should not wait for it.
 */
export function startFilling(work: DemoWork, onStatements: (sent: number) => void): Filling {
  const worker = new Worker(new URL('./demo-worker.js', import.meta.url), { workerData: work, name: 'demo', resourceLimits });
  let failed: (error: unknown) => void;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  worker.on('error', (error) => failed(error));
  const people = new Promise<DemoPeople>((resolve) => {
    worker.on('message', (message: FromDemo) => {
      if (message.type === 'people') resolve(message);
      else onStatements(message.sent);
    });
  });
  let stopped = false;
  const exit = once(worker, 'exit').then(([code]: unknown[]) => {
    // Stopped is not filled: the jobs must not run on a part of it.
    if (stopped) throw new Error('the demo was stopped before it was full');
    if (code !== 0) throw new Error(`the demo's thread ended with code ${String(code)}`);
  });
  const ended = Promise.race([exit, failure]);
  ended.catch(() => undefined); // met by whoever waits for it
  return {
    people: Promise.race([people, failure, exit.then(() => Promise.reject(new Error('the demo was stopped')))]),
    ended,
    stop: async () => {
      stopped = true;
      worker.postMessage('stop');
      await ended.catch(() => undefined);
    },
  };
}
