import { createRequire } from 'node:module';

interface RequestQueue {
  pending: readonly unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/** How often a queue that waits for room looks again; kafkajs's own figure. */
const LOOK_AGAIN_MS = 10;

const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as { readonly prototype: RequestQueue };

/**
 * kafkajs 2.2.4 sets a timer of minus the present time after each request that was not throttled; Node 24 warns of each.
 * The same schedule without the negative times: nothing is set where nothing waits, since every request looks by itself.
 */
export function mendTimers(): void {
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const left = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      left > 0 ? left : LOOK_AGAIN_MS,
    );
  };
}
