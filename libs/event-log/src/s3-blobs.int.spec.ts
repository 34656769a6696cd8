import http from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import aws4 from 'aws4';
import { ABC, blobContract } from './blob-contract.js';
import { blobKey } from './blob-key.js';
import { freePort } from './kafka-broker.js';
import { openS3Blobs } from './s3-blobs.js';

const region = 'eu-west-1';
const accessKey = 'who';
const secretKey = 'its secret';

/**
 * As much of an S3-compatible store as blobs use. It signs each request again with another library and compares, and checks what it
 * got against the hash that was signed, as such stores do.
 */
describe('blobs in an S3-compatible store', () => {
  const objects = new Map<string, Buffer>();
  let server: http.Server;
  let url: string;
  /** Answers in the place of the next ones. */
  let instead: number[] = [];
  beforeAll(async () => {
    server = http.createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/pharos`;
  });
  beforeEach(() => {
    objects.clear();
    instead = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await buffer(request);
    const refuse = (status: number, code: string) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    const next = instead.shift();
    if (next !== undefined) return void refuse(next, 'SlowDown');
    const { method = '', url: path = '', headers } = request;
    const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
    const again = aws4.sign(
      { service: 's3', region, method, path, headers: Object.fromEntries(signed.map((name) => [name, headers[name] as string])) },
      { accessKeyId: accessKey, secretAccessKey: secretKey },
    );
    const signature = (text: unknown) => /Signature=(\w+)/.exec(String(text))?.[1];
    if (signature(again.headers?.Authorization) !== signature(headers.authorization)) return void refuse(403, 'SignatureDoesNotMatch');
    if (headers['x-amz-content-sha256'] !== blobKey(body)) return void refuse(400, 'XAmzContentSHA256Mismatch');
    const held = objects.get(path);
    if (method === 'PUT') objects.set(path, body);
    if (method === 'DELETE') objects.delete(path);
    if (method === 'PUT' || method === 'DELETE') return void response.writeHead(method === 'PUT' ? 200 : 204).end();
    if (!held) return void refuse(404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': held.length }).end(method === 'HEAD' ? undefined : held);
  }

  const open = (secret = secretKey) => openS3Blobs({ url: `${url}/`, region, accessKey, secretKey: secret });
  blobContract(
    () => open(),
    (key) => objects.set(`/bucket/pharos/${key.slice(0, 2)}/${key}`, Buffer.from('abd')),
  );

  it('wait for a store that is busy for a moment, and say so when it stays busy', async () => {
    instead = [503, 500];
    expect(await open().put(Buffer.from('abc'))).toBe(ABC);
    instead = [503, 503, 503, 503];
    await expect(open().get(ABC)).rejects.toMatchObject({ name: 'BlobUnavailable', message: 'the blob store refused GET: 503 SlowDown' });
  });

  it('tell a refused key from a missing object, and a store that is not there', async () => {
    await expect(open('another').has(ABC)).rejects.toMatchObject({ name: 'BlobUnavailable', message: 'the blob store refused HEAD: 403' });
    await expect(open('another').get(ABC)).rejects.toThrow('403 SignatureDoesNotMatch');
    const nobody = openS3Blobs({ url: `http://127.0.0.1:${await freePort()}/bucket`, region, accessKey, secretKey });
    await expect(nobody.get(ABC)).rejects.toMatchObject({
      name: 'BlobUnavailable',
      message: 'the blob store does not answer: ECONNREFUSED',
    });
  });
});
