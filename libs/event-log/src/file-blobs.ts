import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { blobKey, checkedKey, notePath } from './blob-key.js';
import { BlobDamaged, type BlobStore } from './blobs.js';
import { syncFolder } from './sync-folder.js';

/**
 * Blobs as files of a folder, 256 folders in it by the first two digits of the key, so that none grows too long to list.
 *
 * A file is written beside its place, synced, and renamed: under a key there is all of it or nothing, after any crash.
 *
 * @example const key = await openFileBlobs('data/blobs').put(Buffer.from('hello'));
 */
export function openFileBlobs(folder: string): BlobStore {
  const placeOf = (key: string) => path.join(folder, checkedKey(key).slice(0, 2), key);

  async function has(key: string): Promise<boolean> {
    try {
      await access(placeOf(key));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** All of it or what was there before, after any crash. */
  async function putFile(place: string, bytes: Uint8Array): Promise<void> {
    const shelf = path.dirname(place);
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
  }

  async function getFile(place: string): Promise<Buffer | undefined> {
    try {
      return await readFile(place);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    async put(bytes) {
      const key = blobKey(bytes);
      const place = placeOf(key);
      if (await has(key)) {
        // Whoever put it first may not have come to this yet.
        await syncFolder(path.dirname(place));
        return key;
      }
      await putFile(place, bytes);
      return key;
    },

    async get(key) {
      const bytes = await getFile(placeOf(key));
      if (bytes && blobKey(bytes) !== key) throw new BlobDamaged(key);
      return bytes;
    },

    has,

    async delete(key) {
      const place = placeOf(key);
      if (!(await has(key))) return;
      await rm(place, { force: true });
      await syncFolder(path.dirname(place));
    },

    putNote: async (name, bytes) => putFile(path.join(folder, notePath(name)), bytes),
    getNote: async (name) => getFile(path.join(folder, notePath(name))),
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

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
