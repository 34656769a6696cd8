import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { BlobDamaged, type BlobStore } from './blobs.js';
import { syncFolder } from './sync-folder.js';

const KEY = /^[0-9a-f]{64}$/;

/**
 * Blobs as files of a folder, 256 folders in it by the first two digits of the key, so that none grows too long to list.
 *
 * A file is written beside its place, synced, and renamed: under a key there is all of it or nothing, after any crash.
 *
 * @example const key = await openFileBlobs('data/blobs').put(Buffer.from('hello'));
 */
export function openFileBlobs(folder: string): BlobStore {
  /** @throws RangeError for anything but a key, so that no name ever leads out of the folder */
  const placeOf = (key: string) => {
    if (!KEY.test(key)) throw new RangeError(`${key} is not the key of a blob`);
    return path.join(folder, key.slice(0, 2), key);
  };

  async function has(key: string): Promise<boolean> {
    try {
      await access(placeOf(key));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  return {
    async put(bytes) {
      const key = keyOf(bytes);
      const place = placeOf(key);
      const shelf = path.dirname(place);
      if (await has(key)) {
        // Whoever put it first may not have come to this yet.
        await syncFolder(shelf);
        return key;
      }
      const isNew = (await mkdir(shelf, { recursive: true })) !== undefined;
      const draft = `${place}.${randomUUID()}`;
      try {
        await writeSynced(draft, bytes);
        await rename(draft, place);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(shelf);
      if (isNew) {
        await syncFolder(folder);
        await syncFolder(path.dirname(path.resolve(folder)));
      }
      return key;
    },

    async get(key) {
      try {
        const bytes = await readFile(placeOf(key));
        if (keyOf(bytes) !== key) throw new BlobDamaged(key);
        return bytes;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    has,

    async delete(key) {
      const place = placeOf(key);
      if (!(await has(key))) return;
      await rm(place, { force: true });
      await syncFolder(path.dirname(place));
    },
  };
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const keyOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
