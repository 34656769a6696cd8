import http from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import aws4 from 'aws4';
import { blobKey } from './blob-key.js';

/** The one who may use it. */
export const s3Access = { region: 'eu-west-1', accessKey: 'who', secretKey: 'its secret' } as const;

/**
 * As much of an S3-compatible store as blobs use, for tests. It signs each request again with another library and compares, and
 * checks what it got against the hash that was signed, as such stores do.
 */
export async function startS3Double() {
  const objects = new Map<string, Buffer>();
  /** Answers in the place of the next ones. */
  const instead: number[] = [];

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await buffer(request);
    const refuse = (status: number, code: string) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    const next = instead.shift();
    if (next !== undefined) return void refuse(next, 'SlowDown');
    const { method = '', url: path = '', headers } = request;
    const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
    const again = aws4.sign(
      {
        service: 's3',
        region: s3Access.region,
        method,
        path,
        headers: Object.fromEntries(signed.map((name) => [name, headers[name] as string])),
      },
      { accessKeyId: s3Access.accessKey, secretAccessKey: s3Access.secretKey },
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

  const server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/pharos`;
  return { url, objects, instead, close: () => new Promise((resolve) => server.close(resolve)) };
}
