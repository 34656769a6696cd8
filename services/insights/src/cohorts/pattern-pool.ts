import { Piscina } from 'piscina';
import { type PatternWork, type WorkedOut } from './work-out-pattern.js';

/** Works out a pattern; whoever waits for it holds nobody else up. */
export type PatternWorker = (work: PatternWork) => Promise<WorkedOut>;

/** A thread that is not asked for so long gives its memory back. */
const IDLE_MS = 60_000;

/** One thread that works patterns out, one after the other, started when the first is asked for. It does not keep the process alive. */
export function patternPool(): PatternWorker {
  const pool = new Piscina({
    filename: new URL('./pattern-thread.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  return (work) => pool.run(work) as Promise<WorkedOut>;
}
