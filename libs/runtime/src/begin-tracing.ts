import { type TracingOptions } from './start-tracing.js';

/** Starts tracing, and loads the client of a collector only here: it is larger than a service without one needs to be. */
export async function beginTracing(options: TracingOptions): Promise<() => Promise<void>> {
  const { startTracing } = await import('./start-tracing.js');
  return startTracing(options);
}
