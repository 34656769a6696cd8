import { queryClient } from '../app/api.js';

/**
 * Lets the device keep the page. After the first view is there, so that what is kept for later does not compete with what is wanted now. A browser without
 * workers, or an address without TLS, goes on as before.
 */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  // What was asked for before the worker was there is asked for once more, so that it is kept.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    void queryClient.refetchQueries({
      type: 'active',
      predicate: ({ queryKey }) => queryKey[0] === 'session' || queryKey[0] === 'practice',
    });
  });
  const register = () =>
    void navigator.serviceWorker.register('/sw.js').catch((error: unknown) => {
      // The page works without it; whoever looks for the reason finds it here.
      console.warn('The page cannot be kept on this device.', error);
    });
  if (document.readyState === 'complete') setTimeout(register, 1_000);
  else addEventListener('load', () => setTimeout(register, 1_000), { once: true });
}
