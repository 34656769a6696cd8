import { type MessagePort } from 'node:worker_threads';
import { encodeFact, type EncodedClaimed, type EventLog, LogUnavailable } from '@pharos/event-log';
import { type Door, type EntryOptions } from '../door/door.js';
import { type Counting } from '../imports/tally.js';

/**
 * What the thread of an import asks of the one that started it: to append, and who is who. It builds, checks, hashes and
 * encodes; log and vault stay with their owner.
 */
interface Calls {
  readonly appendEncoded: EventLog['appendEncoded'];
  readonly tokensFor: EntryOptions['vault']['tokensFor'];
  readonly seal: EntryOptions['vault']['seal'];
  readonly sealForTenant: EntryOptions['vault']['sealForTenant'];
  readonly hashKey: EntryOptions['vault']['hashKey'];
}

export interface Stopped {
  readonly type: 'stopped';
  readonly by: 'ImportStopped' | 'UnreadableTable';
  readonly message: string;
}

type Asked =
  | { readonly type: 'call'; readonly id: number; readonly name: keyof Calls; readonly args: readonly unknown[] }
  | { readonly type: 'count'; readonly name: keyof Counting; readonly args: readonly unknown[] };

export type FromThread = Asked | Stopped;

/** `code` where the log could not take it now. */
interface Failure {
  readonly message: string;
  readonly code?: LogUnavailable['code'];
}

export type ToThread = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: Failure };

/** In the thread: log and vault that are somewhere else, and a counter that counts there. */
export function callOwner(port: MessagePort): Pick<EntryOptions, 'log' | 'vault'> & { readonly counter: Counting } {
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let last = 0;
  port.on('message', (answer: ToThread) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failure' in answer) call?.reject(errorOf(answer.failure));
    else call?.resolve(answer.value);
  });
  const send = (message: Asked) => {
    port.postMessage(message);
  };
  const call =
    <Name extends keyof Calls>(name: Name) =>
    (...args: Parameters<Calls[Name]>) =>
      new Promise<unknown>((resolve, reject) => {
        waiting.set((last += 1), { resolve, reject });
        send({ type: 'call', id: last, name, args });
      }) as ReturnType<Calls[Name]>;
  const count =
    <Name extends keyof Counting>(name: Name) =>
    (...args: Parameters<Counting[Name]>) => {
      send({ type: 'count', name, args });
    };
  const append = call('appendEncoded');
  const hashKey = call('hashKey');
  return {
    log: { appendClaimed: (batch) => append(batch.map(({ fact, claim }): EncodedClaimed => ({ fact: encodeFact(fact), claim }))) },
    vault: {
      tokensFor: call('tokensFor'),
      seal: call('seal'),
      sealForTenant: call('sealForTenant'),
      // Between threads a Buffer becomes a plain Uint8Array.
      hashKey: async (tenant) => Buffer.from(await hashKey(tenant)),
    },
    counter: { begin: count('begin'), read: count('read'), add: count('add') },
  };
}

/** With the owner: does what the thread asks for, and tells it what came of it. */
export async function answerThread(door: Door, counter: Counting, message: Asked, answer: (answer: ToThread) => void): Promise<void> {
  if (message.type === 'count') {
    const told = counter[message.name].bind(counter) as (...args: readonly unknown[]) => void;
    told(...message.args);
    return;
  }
  const { vault, log } = door;
  const calls: Calls = {
    appendEncoded: (batch) => door.whileAppending(() => log.appendEncoded(batch)),
    tokensFor: (tenant, seen) => vault.tokensFor(tenant, seen),
    seal: (tenant, texts) => vault.seal(tenant, texts),
    sealForTenant: (tenant, text) => vault.sealForTenant(tenant, text),
    hashKey: (tenant) => vault.hashKey(tenant),
  };
  try {
    const asked = calls[message.name] as (...args: readonly unknown[]) => Promise<unknown>;
    answer({ id: message.id, value: await asked(...message.args) });
  } catch (error) {
    answer({ id: message.id, failure: failureOf(error) });
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof LogUnavailable ? { message, code: error.code } : { message };
}

const errorOf = ({ message, code }: Failure) => (code === undefined ? new Error(message) : new LogUnavailable(code, message));
