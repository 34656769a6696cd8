import net from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { freePort } from '../kafka-broker.js';
import { expectReachable } from './reachable.js';

describe('brokers that have to be reachable', () => {
  it('are, when one of them takes a connection', async () => {
    const server = net.createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    await expect(expectReachable([`127.0.0.1:${await freePort()}`, `127.0.0.1:${port}`], 0)).resolves.toBeUndefined();
    server.close();
  });

  it('are waited for while they start', async () => {
    const port = await freePort();
    const reached = expectReachable([`127.0.0.1:${port}`]);
    const server = net.createServer((socket) => socket.resume());
    setTimeout(() => server.listen(port, '127.0.0.1'), 300);
    await expect(reached).resolves.toBeUndefined();
    server.close();
  });

  it('are named with what they answered, when none is', async () => {
    const [one, other] = [await freePort(), await freePort()];
    await expect(expectReachable([`127.0.0.1:${one}`, `localhost:${other}`], 0)).rejects.toMatchObject({
      name: 'LogUnavailable',
      message: `no broker answers: 127.0.0.1:${one} (ECONNREFUSED), localhost:${other} (ECONNREFUSED)`,
    });
  });
});
