import { type WorkerOptions } from 'node:worker_threads';

/** The file that a thread runs, and how. */
export interface ThreadFile {
  readonly file: URL | string;
  readonly options?: WorkerOptions;
}
