import { type Owns } from './cursor.js';

/** What one of several folds over the same tables does. */
export interface FoldShare {
  /** The partitions that this fold reads, for as long as it runs. */
  readonly owns: Owns;
  /** Whether a partition is still this fold's at this moment: one that is not is not committed. */
  readonly holds: Owns;
  /** Runs work while no other fold runs its own. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}
