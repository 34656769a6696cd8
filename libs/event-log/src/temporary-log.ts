import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedLog, type EmbeddedLogOptions, openEmbeddedLog } from './embedded-log.js';

/** A log in a folder of its own that goes with it: for tests and benchmarks. */
export async function openTemporaryLog(options: Omit<EmbeddedLogOptions, 'path'>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-log-'));
  const settings = { ...options, path: folder };
  let current: EmbeddedLog = await openEmbeddedLog(settings);
  return {
    folder,
    log: current,
    reopen: async () => {
      await current.close();
      current = await openEmbeddedLog(settings);
      return current;
    },
    dispose: async () => {
      await current.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
