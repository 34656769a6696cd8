import { createRequire } from 'node:module';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mendConnections } from './mend-connections.js';

interface Answer {
  readonly correlationId: number;
  readonly payload: Buffer;
}
interface Connection {
  readonly requestQueue: { fulfillRequest(answer: Answer): void };
  connect(): Promise<boolean>;
  disconnect(): Promise<boolean>;
  isConnected(): boolean;
}

const Connection = createRequire(import.meta.url)('kafkajs/src/network/connection.js') as new (options: object) => Connection;
const quiet = { namespace: () => quiet, debug: () => undefined, error: () => undefined };

/** An answer as a broker sends it: its length, the number of the request, and the rest. */
function answerTo(request: number, text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + text.length, 0);
  head.writeInt32BE(request, 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

describe('a connection of kafkajs', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  /** Says the first to who connects first and is reset, the second to who comes next. @returns the answers that are understood */
  async function after(first: Buffer, second: Buffer) {
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) => {
      sockets.push(socket);
      const isFirst = sockets.length === 1;
      socket.on('error', () => undefined);
      socket.write(isFirst ? first : second, () => setTimeout(() => isFirst && socket.resetAndDestroy(), 30));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    mendConnections();
    const socketFactory = ({ onConnect }: { onConnect: () => void }) => net.connect(port, '127.0.0.1', onConnect);
    const connection = new Connection({
      host: '127.0.0.1',
      port,
      logger: quiet,
      socketFactory,
      requestTimeout: 1_000,
      connectionTimeout: 1_000,
    });
    closing.push(
      () => connection.disconnect(),
      () => sockets.forEach((socket) => socket.destroy()),
      () => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    const understood: string[] = [];
    connection.requestQueue.fulfillRequest = ({ correlationId, payload }) => understood.push(`${correlationId} ${payload.toString()}`);
    await connection.connect();
    while (connection.isConnected()) await new Promise((resolve) => setTimeout(resolve, 5));
    await connection.connect();
    for (let wait = 0; wait < 100 && understood.length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 5));
    return understood;
  }

  it('that broke in the middle of an answer begins anew with nothing', async () => {
    const half = answerTo(1, 'the rest of this never comes').subarray(0, 15);
    expect(await after(half, answerTo(2, 'whole'))).toEqual(['2 whole']);
  });

  it('breaks, and nothing else does, at bytes that make no sense', async () => {
    const nonsense = Buffer.from([0, 0, 0, 1, 0]);
    expect(await after(nonsense, answerTo(2, 'whole'))).toEqual(['2 whole']);
  });
});
