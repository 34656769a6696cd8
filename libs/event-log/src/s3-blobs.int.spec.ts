import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ABC, blobContract } from './blob-contract.js';
import { freePort } from './kafka-broker.js';
import { openS3Blobs } from './s3-blobs.js';
import { s3Access, startS3Double } from './s3-double.js';

const { region, accessKey } = s3Access;
const secretKey: string = s3Access.secretKey;

describe('blobs in an S3-compatible store', () => {
  let store: Awaited<ReturnType<typeof startS3Double>>;
  beforeAll(async () => {
    store = await startS3Double();
  });
  beforeEach(() => {
    store.objects.clear();
    store.instead.length = 0;
  });
  afterAll(() => store.close());

  const open = (secret = secretKey) => openS3Blobs({ url: `${store.url}/`, region, accessKey, secretKey: secret });
  blobContract(
    () => open(),
    (key) => store.objects.set(`/bucket/pharos/${key.slice(0, 2)}/${key}`, Buffer.from('abd')),
  );

  it('wait for a store that is busy for a moment, and say so when it stays busy', async () => {
    store.instead.push(503, 500);
    expect(await open().put(Buffer.from('abc'))).toBe(ABC);
    store.instead.push(503, 503, 503, 503);
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
