import { type MessagePort } from 'node:worker_threads';
import { type Counting } from '../imports/tally.js';
import { type OwnerCall } from '../threads/owner-calls.js';

export interface Stopped {
  readonly type: 'stopped';
  readonly by: 'ImportStopped' | 'UnreadableTable';
  readonly message: string;
}

interface Counted {
  readonly type: 'count';
  readonly name: keyof Counting;
  readonly args: readonly unknown[];
}

export type FromThread = OwnerCall | Counted | Stopped;

/** In the thread of an import: a counter that counts with the one that started it. */
export function countWithOwner(port: MessagePort): Counting {
  const count =
    <Name extends keyof Counting>(name: Name) =>
    (...args: Parameters<Counting[Name]>) => {
      port.postMessage({ type: 'count', name, args } satisfies Counted);
    };
  return { begin: count('begin'), read: count('read'), add: count('add') };
}

/** With the owner. */
export function countFor(counter: Counting, { name, args }: Counted): void {
  const told = counter[name].bind(counter) as (...args: readonly unknown[]) => void;
  told(...args);
}
