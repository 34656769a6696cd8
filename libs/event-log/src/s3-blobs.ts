import { AwsClient } from 'aws4fetch';
import { BlobDamaged, type BlobStore, BlobUnavailable } from './blobs.js';
import { blobKey, checkedKey, notePath } from './blob-key.js';

export interface S3Place {
  /** Bucket and, where wanted, a folder in it, as one address: `https://bucket.s3.eu-west-1.amazonaws.com/pharos`, `https://minio:9000/bucket`. */
  readonly url: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** The largest attachment takes some seconds; longer is a network that drops packets. */
const TIMEOUT_MS = 60_000;
/** After 0.1, 0.2, 0.4 s: a store that is busy says 503 now and then. */
const RETRIES = 3;
const FIRST_PAUSE_MS = 100;

/**
 * Blobs as objects of an S3-compatible store, under the same names as in files. What is answered is durable there, and the store
 * checks what it got against the name, which is signed with the request.
 *
 * @example const key = await openS3Blobs({ url: 'https://minio:9000/pharos', region: 'us-east-1', accessKey, secretKey }).put(bytes);
 */
export function openS3Blobs({ url, region, accessKey, secretKey }: S3Place): BlobStore {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
    retries: RETRIES,
    initRetryMs: FIRST_PAUSE_MS,
  });
  const folder = url.replace(/\/+$/, '');

  /** @returns undefined for what is not there */
  async function ask(
    method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
    place: string,
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Buffer | undefined> {
    const headers = { 'x-amz-content-sha256': blobKey(body ?? Buffer.alloc(0)) };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let answer: Response;
    let bytes: Buffer;
    try {
      answer = await client.fetch(`${folder}/${place}`, { method, headers, signal, ...(body ? { body } : {}) });
      bytes = Buffer.from(await answer.arrayBuffer());
    } catch (error) {
      throw new BlobUnavailable(`the blob store does not answer: ${causeOf(error as Error)}`, { cause: error });
    }
    if (answer.status === 404 && method !== 'PUT') return undefined;
    if (!answer.ok) {
      const code = /<Code>([\w.]+)<\/Code>/.exec(bytes.toString())?.[1];
      throw new BlobUnavailable(`the blob store refused ${method}: ${answer.status}${code === undefined ? '' : ` ${code}`}`);
    }
    return bytes;
  }

  const placeOf = (key: string): string => `${checkedKey(key).slice(0, 2)}/${key}`;

  return {
    async put(bytes) {
      const key = blobKey(bytes);
      await ask('PUT', placeOf(key), new Uint8Array(bytes));
      return key;
    },
    async get(key) {
      const bytes = await ask('GET', placeOf(key));
      if (bytes && blobKey(bytes) !== key) throw new BlobDamaged(key);
      return bytes;
    },
    has: async (key) => (await ask('HEAD', placeOf(key))) !== undefined,
    delete: async (key) => void (await ask('DELETE', placeOf(key))),
    putNote: async (name, bytes) => void (await ask('PUT', notePath(name), new Uint8Array(bytes))),
    getNote: async (name) => ask('GET', notePath(name)),
  };
}

const causeOf = (error: Error): string => (error.cause as { code?: string } | undefined)?.code ?? error.name;
