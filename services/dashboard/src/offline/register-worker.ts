import { queryClient } from '../app/api.js';
import { ANSWERS, KEPT } from './kept-queries.js';

/**
 * Lets the device keep the page. After the first view is there, so that what is kept for later does not compete with what is wanted now. A browser without
 * workers, or an address without TLS, goes on as before.
 */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => void keepWhatWasAsked());
  const register = () => {
    // A worker that an earlier page registered may have taken this one over before it was listened to.
    if (navigator.serviceWorker.controller) void keepWhatWasAsked();
    navigator.serviceWorker.register('/sw.js').catch((error: unknown) => {
      // The page works without it; whoever looks for the reason finds it here.
      console.warn('The page cannot be kept on this device.', error);
    });
  };
  if (document.readyState === 'complete') setTimeout(register, 1_000);
  else addEventListener('load', () => setTimeout(register, 1_000), { once: true });
}

/** What was asked for before the worker was there is asked for once more, so that it is kept. What is still on its way is waited for: it may be kept as well. */
async function keepWhatWasAsked(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    const kept = (await (await caches.open(ANSWERS)).keys()).map(({ url }) => new URL(url).pathname);
    const missing: readonly string[] = KEPT.filter(({ path }) => !kept.includes(path)).map(({ query }) => query);
    if (missing.length === 0) return;
    await queryClient.refetchQueries(
      { type: 'active', predicate: ({ queryKey }) => missing.includes(String(queryKey[0])) },
      { cancelRefetch: false },
    );
  }
}
