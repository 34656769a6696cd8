import { Worker } from 'node:worker_threads';
import { type Sender } from '../door/batch.js';
import { ImportStopped } from '../imports/statement-feed.js';
import { importClicks } from './import-clicks.js';
import { type OuladFeed, type OuladRoster } from './import-roster.js';
import { importSubmissions } from './import-submissions.js';
import { UnreadableTable } from './read-table.js';
import { answerCall } from '../threads/owner-calls.js';
import { type ThreadFile } from '../threads/thread-file.js';
import { countFor, type FromThread, type Stopped } from './thread-calls.js';

/** What the thread is handed. */
export interface ThreadWork {
  readonly dir: string;
  readonly tenant: string;
  readonly sender: Sender;
  readonly roster: OuladRoster;
}

/** The built one. Its young generation is large, since what a batch is made of is garbage when the batch has gone. */
export const statementsThread: ThreadFile = {
  file: new URL('./statements-thread.js', import.meta.url),
  options: { resourceLimits: { maxYoungGenerationSizeMb: 64 } },
};

/** Work handed in, and clicks. In a thread of its own, reading and checking go on while this one claims and appends. */
export async function importStatements(feed: OuladFeed, roster: OuladRoster, thread: ThreadFile | undefined): Promise<void> {
  if (thread) return importApart(feed, roster, thread);
  await importSubmissions(feed, roster);
  await importClicks(feed, roster);
}

/** @throws UnreadableTable, ImportStopped as the thread told them */
function importApart({ dir, tenant, sender, door, counter }: OuladFeed, roster: OuladRoster, thread: ThreadFile): Promise<void> {
  const workerData: ThreadWork = { dir, tenant, sender, roster };
  const worker = new Worker(thread.file, { ...thread.options, name: 'import', workerData });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.type === 'stopped') {
        reject(new STOPS[message.by](message.message));
        return;
      }
      if (message.type === 'count') {
        countFor(counter, message);
        return;
      }
      answerCall(door, message, (answer) => {
        worker.postMessage(answer);
      }).catch(reject);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the import's thread ended with code ${code}`));
    });
  });
}

const STOPS = { ImportStopped, UnreadableTable } as const;

/** An error loses its class on the way between threads, so the expected ones are told by name. Undefined for any other. */
export function stopOf(error: unknown): Stopped | undefined {
  if (error instanceof ImportStopped) return { type: 'stopped', by: 'ImportStopped', message: error.message };
  return error instanceof UnreadableTable ? { type: 'stopped', by: 'UnreadableTable', message: error.message } : undefined;
}
