import { type MessagePort } from 'node:worker_threads';
import { type Mark } from '@pharos/xapi/open-answers';
import { encodeFact, type EncodedClaimed, type EventLog, LogUnavailable } from '@pharos/event-log';
import { type Door, type EntryOptions } from '../door/door.js';
import { type Answered } from '../door/grade-by-key.js';

/**
 * What a thread that takes statements asks of the one that started it: to append, what stands, who is who, and how an open
 * answer is marked. It reads, checks, hashes and encodes; log, vault and catalogue stay with their owner.
 */
interface Calls {
  readonly appendEncoded: EventLog['appendEncoded'];
  readonly findClaim: EventLog['findClaim'];
  readonly read: EventLog['read'];
  readonly tokensFor: EntryOptions['vault']['tokensFor'];
  readonly seal: EntryOptions['vault']['seal'];
  readonly sealForTenant: EntryOptions['vault']['sealForTenant'];
  readonly hashKey: EntryOptions['vault']['hashKey'];
  readonly markAnswers: (tenant: string, answers: readonly Answered[]) => Promise<readonly (Mark | undefined)[]>;
}

export interface OwnerCall {
  readonly type: 'call';
  readonly id: number;
  readonly name: keyof Calls;
  readonly args: readonly unknown[];
}

/** `code` where the log could not take it now. */
export interface Failure {
  readonly message: string;
  readonly code?: LogUnavailable['code'];
}

export type OwnerAnswer =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly failure: Failure };

/** In the thread: log, vault and catalogue that are somewhere else. */
export function callOwner(port: MessagePort): Required<Pick<EntryOptions, 'log' | 'vault' | 'markAnswers'>> {
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let last = 0;
  port.on('message', (message: OwnerAnswer | { readonly type: string }) => {
    if (!isAnswer(message)) return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if ('failure' in message) call?.reject(errorOf(message.failure));
    else call?.resolve(message.value);
  });
  const call =
    <Name extends keyof Calls>(name: Name) =>
    (...args: Parameters<Calls[Name]>) =>
      new Promise<unknown>((resolve, reject) => {
        waiting.set((last += 1), { resolve, reject });
        port.postMessage({ type: 'call', id: last, name, args } satisfies OwnerCall);
      }) as ReturnType<Calls[Name]>;
  const append = call('appendEncoded');
  const hashKey = call('hashKey');
  return {
    log: {
      appendClaimed: (batch) => append(batch.map(({ fact, claim }): EncodedClaimed => ({ fact: encodeFact(fact), claim }))),
      findClaim: call('findClaim'),
      read: call('read'),
    },
    vault: {
      tokensFor: call('tokensFor'),
      seal: call('seal'),
      sealForTenant: call('sealForTenant'),
      // Between threads a Buffer becomes a plain Uint8Array.
      hashKey: async (tenant) => Buffer.from(await hashKey(tenant)),
    },
    markAnswers: call('markAnswers'),
  };
}

const isAnswer = (message: { readonly type: string }): message is OwnerAnswer => message.type === 'answer';

/** With the owner: does what the thread asks for, and tells it what came of it. */
export async function answerCall(door: Door, { id, name, args }: OwnerCall, answer: (answer: OwnerAnswer) => void): Promise<void> {
  const { vault, log } = door;
  const calls: Calls = {
    appendEncoded: (batch) => door.whileAppending(() => log.appendEncoded(batch)),
    findClaim: (tenant, claim) => log.findClaim(tenant, claim),
    read: (topic, partition, fromOffset, options) => log.read(topic, partition, fromOffset, options),
    tokensFor: (tenant, seen) => vault.tokensFor(tenant, seen),
    seal: (tenant, texts) => vault.seal(tenant, texts),
    sealForTenant: (tenant, text) => vault.sealForTenant(tenant, text),
    hashKey: (tenant) => vault.hashKey(tenant),
    markAnswers: async (tenant, answers) => (await door.markAnswers?.(tenant, answers)) ?? [],
  };
  try {
    const asked = calls[name] as (...args: readonly unknown[]) => Promise<unknown>;
    answer({ type: 'answer', id, value: await asked(...args) });
  } catch (error) {
    answer({ type: 'answer', id, failure: failureOf(error) });
  }
}

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof LogUnavailable ? { message, code: error.code } : { message };
}

export const errorOf = ({ message, code }: Failure): Error => (code === undefined ? new Error(message) : new LogUnavailable(code, message));
