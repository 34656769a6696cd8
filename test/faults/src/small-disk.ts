import { spawnSync } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whether this user may mount a small disk: root, on Linux, outside a container that forbids it. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;

/** A disk of so many megabytes in memory. */
export interface SmallDisk {
  /** Takes all the room that is left, up to a number of bytes. */
  fill(leaving?: number): Promise<void>;
  /** Gives the room back. */
  free(): Promise<void>;
  unmount(): void;
}

/**
 * Mounts a small disk on a folder, which is made.
 *
 * @throws Error when it may not: ask `mayMount` first
 */
export async function mountSmallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (status !== 0) throw new Error(`a small disk could not be mounted on ${folder}: ${stderr.toString()}`);
  const filler = path.join(folder, 'filler');
  return {
    async fill(leaving = 0) {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaving), 1)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error; // whoever else writes to it took the last room: it is full
      });
    },
    free: () => rm(filler, { force: true }),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}
