import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

const places: readonly (readonly [where: string, at: net.ListenOptions])[] = [
  ['a port', { port: 0, host: '127.0.0.1' }],
  ["a socket's path", { path: path.join(os.tmpdir(), `tcp-proxy-${process.pid}.sock`) }],
];

describe.each(places)('a network that fails on request, to an engine at %s', (_, at) => {
  let echo: net.Server;
  let proxy: TcpProxy;
  beforeEach(async () => {
    echo = net.createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(at, resolve));
    const listening = echo.address();
    proxy = await startTcpProxy(0, typeof listening === 'string' ? { path: listening } : { port: listening!.port, host: '127.0.0.1' });
  });
  afterEach(async () => {
    await proxy.close();
    await new Promise<void>((resolve) => echo.close(() => resolve()));
  });

  /** What came back, and whether the connection was reset. */
  function say(words: string) {
    const socket = net.connect(proxy.port, '127.0.0.1', () => socket.write(words));
    let heard = '';
    const got = (length: number) => new Promise<string>((resolve) => socket.on('data', (data) => ((heard += data.toString()), heard.length >= length && resolve(heard)))); // prettier-ignore
    const reset = new Promise<boolean>((resolve) => socket.once('error', () => resolve(true)).once('end', () => resolve(false)));
    return { socket, got, reset, heard: () => heard };
  }

  it('answers in the place of the engine, and tells of what goes through', async () => {
    proxy.be({ answer: 'no room' });
    const refused = say('please');
    expect(await refused.got(7)).toBe('no room');
    expect(await refused.reset).toBe(false);
    const told: string[] = [];
    proxy.be({ told: (piece) => told.push(piece.toString()) });
    const taken = say('please');
    expect(await taken.got(6)).toBe('please');
    expect(told).toEqual(['please']);
    taken.socket.destroy();
  });

  it('lets a piece wait, or go through as quickly as its length allows', async () => {
    for (const [network, leastMs] of [[{ slowMs: 60 }, 120], [{ bytesPerMs: 1 }, 80]] as const) {
      proxy.be(network);
      const began = performance.now();
      const late = say('x'.repeat(40));
      expect(await late.got(40)).toHaveLength(40);
      expect(performance.now() - began).toBeGreaterThan(leastMs * 0.9); // there and back; a timer may be early by a millisecond
      late.socket.destroy();
    } // prettier-ignore
  });

  it('passes, refuses, cuts in the middle, and hangs until it passes again', async () => {
    const first = say('hello');
    expect(await first.got(5)).toBe('hello');
    proxy.be('refuse');
    expect([await first.reset, await say('hello').reset]).toEqual([true, true]);
    proxy.be('cut');
    const cut = say('12345678');
    expect(await cut.reset).toBe(true);
    expect(cut.heard().length).toBeLessThan(8);
    proxy.be('hang');
    const waiting = say('later');
    await sleep(30);
    expect(waiting.heard()).toBe('');
    proxy.be('pass');
    expect(await waiting.got(5)).toBe('later');
    waiting.socket.destroy();
  });
});
