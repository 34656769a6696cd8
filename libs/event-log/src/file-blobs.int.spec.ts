import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ABC, blobContract } from './blob-contract.js';
import { openFileBlobs } from './file-blobs.js';

describe('blobs in files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pharos-blobs-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  blobContract(
    () => openFileBlobs(folder),
    (key) => writeFileSync(path.join(folder, key.slice(0, 2), key), 'abd'),
  );

  it('leave nothing beside them', async () => {
    const blobs = openFileBlobs(folder);
    await Promise.all(Array.from({ length: 20 }, () => blobs.put(Buffer.from('abc'))));
    expect(readdirSync(path.join(folder, 'ba'))).toEqual([ABC]);
  });
});
