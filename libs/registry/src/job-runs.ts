import { type Positions } from '@pharos/facts';

export type JobOutcome = 'ok' | 'failed' | 'skipped';

export interface JobRun {
  readonly id: string;
  readonly tenant: string;
  readonly job: string;
  /** What the run is for: `2014-11-03`. A slot runs once. */
  readonly slot: string;
  readonly asOf: string;
  /** What the run had read; null until it knows. */
  readonly positions: Positions | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: JobOutcome | null;
  /** Why it failed or was skipped. */
  readonly reason: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** How often it was begun: above 1 after a failure or a crash. */
  readonly attempt: number;
}

export type JobStart =
  | { readonly ok: true; readonly run: JobRun }
  /** `done`: the slot ran well before. `running`: begun and not finished, and its lease-holder may still be at it. */
  | { readonly ok: false; readonly code: 'done' | 'running'; readonly run: JobRun };

export interface JobRuns {
  /**
   * Begins a slot, or begins it again after a failure. Call it under the job's lease: then `takeOver` tells that a run
   * found unfinished belongs to a holder that is gone.
   */
  start(run: { readonly job: string; readonly slot: string; readonly asOf: string; readonly takeOver?: boolean }): Promise<JobStart>;
  /** Keeps what the run read, once it is known. A later attempt of the slot keeps the positions of the first. */
  setPositions(id: string, positions: Positions): Promise<void>;
  finish(
    id: string,
    end: { readonly outcome: JobOutcome; readonly reason?: string; readonly counts?: Readonly<Record<string, number>> },
  ): Promise<JobRun>;
  get(id: string): Promise<JobRun | undefined>;
  /** Newest first. */
  list(filter?: { readonly job?: string; readonly limit?: number; readonly before?: Date }): Promise<readonly JobRun[]>;
  /** The latest slot of a job that ended well. */
  lastDone(job: string): Promise<JobRun | undefined>;
}
