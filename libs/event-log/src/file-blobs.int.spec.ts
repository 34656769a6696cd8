import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFileBlobs } from './file-blobs.js';

/** SHA-256 of `abc`: FIPS 180-2, appendix B.1. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('blobs in files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pharos-blobs-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are found under the hash of their content, by whoever opens the folder', async () => {
    expect(await openFileBlobs(folder).put(Buffer.from('abc'))).toBe(ABC);
    const blobs = openFileBlobs(folder);
    expect(await blobs.has(ABC)).toBe(true);
    expect((await blobs.get(ABC))!.toString()).toBe('abc');
  });

  it('are kept once, however often and at once they are put, and leave nothing beside them', async () => {
    const blobs = openFileBlobs(folder);
    const keys = await Promise.all(Array.from({ length: 20 }, () => blobs.put(Buffer.from('abc'))));
    expect(new Set(keys)).toEqual(new Set([ABC]));
    expect(readdirSync(path.join(folder, 'ba'))).toEqual([ABC]);
  });

  it('are gone when deleted, and deleting twice is no matter', async () => {
    const blobs = openFileBlobs(folder);
    await blobs.put(Buffer.from('abc'));
    await blobs.delete(ABC);
    await blobs.delete(ABC);
    expect(await blobs.has(ABC)).toBe(false);
    expect(await blobs.get(ABC)).toBeUndefined();
  });

  it('say so when the disk has changed them', async () => {
    const blobs = openFileBlobs(folder);
    await blobs.put(Buffer.from('abc'));
    writeFileSync(path.join(folder, 'ba', ABC), 'abd');
    await expect(blobs.get(ABC)).rejects.toMatchObject({ name: 'BlobDamaged', key: ABC });
  });

  it('refuse a key that is none', async () => {
    await expect(openFileBlobs(folder).get('../secret')).rejects.toThrow(RangeError);
  });
});
