import { mkdir, open, rename, rm } from 'node:fs/promises';
import { fileOf, type Store } from './embedded-store.js';
import { syncFolder } from './sync-folder.js';

/**
 * Copies the log as it is at one moment into another folder, compacted, while appends go on. Resolves when the copy is
 * on disk: under the log's own name there is all of it or nothing.
 *
 * @returns bytes of the copy
 */
export async function copyStore(store: Store, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const partial = `${fileOf(folder)}.partial`;
  await rm(partial, { force: true });
  await store.root.backup(partial, true);
  const file = await open(partial, 'r+');
  try {
    await file.sync();
    const { size } = await file.stat();
    await rename(partial, fileOf(folder));
    await syncFolder(folder);
    return size;
  } finally {
    await file.close();
  }
}
