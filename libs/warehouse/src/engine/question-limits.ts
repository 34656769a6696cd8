import { type Purpose } from '../warehouse.js';

export interface QuestionLimits {
  /** Seconds. */
  readonly max_execution_time: number;
  /** Bytes; settings of 64 bits are text. */
  readonly max_memory_usage: string;
  readonly max_threads: number;
  /** 0 is never held back; of others those with the larger number wait. */
  readonly priority: string;
}

/**
 * What one question may take of a server, so that one analyst cannot starve the rest. Who asked is told that it was too much.
 * The fold has no limits here: those of its user hold. The engine in this process has one user, and the whole machine.
 */
export const questionLimits: Readonly<Record<Purpose, QuestionLimits | undefined>> = {
  fold: undefined,
  reads: { max_execution_time: 30, max_memory_usage: '2000000000', max_threads: 4, priority: '1' },
  dashboards: { max_execution_time: 30, max_memory_usage: '2000000000', max_threads: 4, priority: '2' },
  jobs: { max_execution_time: 900, max_memory_usage: '8000000000', max_threads: 4, priority: '3' },
};
