import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long the event loop made others wait since the last look, in milliseconds. */
export interface EventLoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Watches the event loop of this thread; `look` returns the delays since the last look. */
export function watchEventLoop(resolutionMs = 5): { look(): EventLoopDelay; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  // The histogram measures timer intervals, so an idle loop shows the resolution itself: it is taken off.
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  return {
    look: () => {
      const seen = { p50Ms: ms(histogram.percentile(50)), p99Ms: ms(histogram.percentile(99)), maxMs: ms(histogram.max) };
      histogram.reset();
      return seen;
    },
    stop: () => histogram.disable(),
  };
}
