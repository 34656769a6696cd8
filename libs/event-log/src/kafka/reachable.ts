import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogUnavailable } from '../event-log.js';

/** Brokers that are started together with whoever asks need some seconds until they listen. */
const WAIT_MS = 8_000;
const PAUSE_MS = 200;
const CONNECT_MS = 2_000;

/**
 * Waits until some broker takes a connection. Where none does, kafkajs would go on trying for longer than the same wait says, with a
 * warning at each try; here it ends after `waitMs` and at most one connection's time, with the reason.
 *
 * @param brokers `host:port` of each
 * @throws LogUnavailable naming the brokers and what they answered last
 * @example await expectReachable(['kafka:9092']);
 */
export async function expectReachable(brokers: readonly string[], waitMs = WAIT_MS): Promise<void> {
  for (const deadline = performance.now() + waitMs; ; await sleep(PAUSE_MS)) {
    const answers = await Promise.all(brokers.map(connects));
    if (answers.includes(undefined)) return;
    if (performance.now() > deadline)
      throw new LogUnavailable('timeout', `no broker answers: ${brokers.map((broker, i) => `${broker} (${answers[i]!})`).join(', ')}`);
  }
}

/** @returns why not; undefined when it does */
function connects(broker: string): Promise<string | undefined> {
  const colon = broker.lastIndexOf(':');
  const [host, port] = [broker.slice(0, colon).replace(/^\[|\]$/g, ''), Number(broker.slice(colon + 1))];
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const answer = (reason?: string): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(CONNECT_MS, () => answer('no answer'));
    socket.once('connect', () => answer());
    // An address that has several numbers fails with one error for all of them, which has no text of its own.
    socket.once('error', (error: NodeJS.ErrnoException) => answer(error.code ?? error.message));
  });
}
