import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { slowClientBounds } from './slow-clients.js';

const server = fastify(slowClientBounds(1));
server.post('/statements', (_request, reply) => reply.code(204).send());
beforeAll(async () => {
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => server.close());

/** What comes back for pieces of a request, until the server closes the connection. */
const answerTo = (pieces: readonly string[]) =>
  new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('data', (chunk: Buffer) => (text += chunk.toString())).on('close', () => resolve(text)).on('error', reject); // prettier-ignore
    for (const piece of pieces) socket.write(piece);
  });
const head = 'POST /statements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n';

describe('a client that does not end its request', () => {
  it.each([
    ['in its headers', [head]],
    ['in its body', [`${head}\r\n`, '[{"actor"']],
  ])('%s is told 408 and let go', async (_where, pieces) => {
    expect(await answerTo(pieces)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('holds nobody up who sends theirs whole', async () => {
    expect(await answerTo([`${head}Connection: close\r\n\r\n`, `"${'x'.repeat(98)}"`])).toMatch(/^HTTP\/1\.1 204 /);
  });
});
