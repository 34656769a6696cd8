/**
 * What the page does without a connection, and how it starts fast on a slow one. A worker of its own, built to `/sw.js`.
 *
 * - The page itself and the code of the learners' places come from the device at once; a new release brings a new worker, and with it new files.
 * - Who is signed in, and what is practised next, are asked for over the network and kept, so that practice goes on without one.
 * - Nothing else of the API is kept: what is known of learners is not left behind on devices. Signing in or out forgets what was kept.
 */
import { ANSWERS, keepsAnswer, isPage, isSession } from './kept-routes.js';

interface Work extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Work {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Work) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
/** Put in by the build: a name that changes with the files, and the files that every learner needs. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] };

const scope = self as unknown as Scope;
const SHELL = `pharos-shell-${__SHELL__.version}`;
/** The shell of the release before stays: a page that is still open asks for its files. */
const SHELLS_KEPT = 2;

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(['/index.html', ...__SHELL__.files])).then(() => scope.skipWaiting()));
}); // prettier-ignore

scope.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells().then(() => scope.clients.claim()));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== 'GET') {
    if (isSession(url.pathname)) event.respondWith(fetch(request).finally(() => caches.delete(ANSWERS)));
    return;
  }
  if (request.mode === 'navigate') {
    if (isPage(url.pathname)) event.respondWith(fromShell('/index.html', request));
  } else if (url.pathname.startsWith('/assets/') || __SHELL__.files.includes(url.pathname)) {
    event.respondWith(fromShell(url.pathname, request));
  } else if (keepsAnswer(url.pathname)) {
    event.respondWith(networkFirst(request));
  }
});

async function forgetOldShells(): Promise<void> {
  // In the order in which they were made.
  const shells = (await caches.keys()).filter((name) => name.startsWith('pharos-shell-') && name !== SHELL);
  await Promise.all(shells.slice(0, Math.max(0, shells.length - (SHELLS_KEPT - 1))).map((name) => caches.delete(name)));
}

/** From any shell that has it, else from the network; files have their content's hash in their names, so they are kept as they come. */
async function fromShell(path: string, request: Request): Promise<Response> {
  const shell = await caches.open(SHELL);
  const known = (await shell.match(path)) ?? (path === '/index.html' ? undefined : await caches.match(path));
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && path.startsWith('/assets/')) await shell.put(path, answer.clone());
  return answer;
}

async function networkFirst(request: Request): Promise<Response> {
  const kept = await caches.open(ANSWERS);
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put(request, answer.clone());
    else if (answer.status === 401) await caches.delete(ANSWERS);
    return answer;
  } catch (error) {
    const known = await kept.match(request, { ignoreVary: true });
    if (known) return known;
    throw error;
  }
}
