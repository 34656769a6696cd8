import { existsSync, readdirSync } from 'node:fs';
import { cp, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { openEmbeddedLog } from '@pharos/event-log';
import { rebuild } from '@pharos/projector';
import { type CommandContext } from '../commands/command-context.js';
import { type EmbeddedHomes, openHomes } from '../homes/open-homes.js';
import { replayErasures } from '../erasure/replay-erasures.js';
import { Refusal } from '../refusal.js';
import { type BackupManifest, readManifest } from './manifest.js';
import { expectKeys, putBack } from './put-back.js';

export interface Restored {
  readonly facts: number;
  readonly erasedAgain: number;
  readonly backupOf: string;
}

/**
 * Makes a data folder from a backup: log, registry and vault are put back, erasures that the log knows are replayed into
 * vault, registry and blobs, and the tables are folded again. All of it happens beside the folder, which appears when it is whole.
 *
 * @param newerLog folder of the log as it was later, where that survived: what came after the backup is not lost then,
 *   and neither are later erasures
 * @throws Refusal when the data folder is not empty, the keys are missing or others, or the backup is not whole
 */
export async function restoreBackup(context: CommandContext, source: string, newerLog?: string): Promise<Restored> {
  const { configuration, logger, now } = context;
  const manifest = await readManifest(source, 'embedded');
  const root = path.resolve(configuration.dataDir);
  const keysFile = path.resolve(configuration.keysFile ?? `${root}.keys.json`);
  if (existsSync(root) && readdirSync(root).length > 0)
    throw new Refusal(`the data folder ${root} is not empty; restore into an empty one`);
  if (!existsSync(keysFile)) throw new Refusal(`the keys are not in a backup: put the file of keys at ${keysFile} first`);
  const beside = `${root}.restoring`;
  await rm(beside, { recursive: true, force: true }); // what an earlier, interrupted restore left
  await copyLog(source, manifest, path.join(beside, 'log'), newerLog, now);
  if (existsSync(path.join(source, 'blobs'))) await cp(path.join(source, 'blobs'), path.join(beside, 'blobs'), { recursive: true });
  const homes = await openHomes({ ...configuration, dataDir: beside, keysFile }, logger, now);
  let restored: Restored;
  try {
    restored = await fill(homes, source, manifest);
  } finally {
    await homes.close();
  }
  if (existsSync(root)) await rmdir(root);
  await rename(beside, root);
  return restored;
}

async function fill(
  { databases, registry, vault, blobs, log, warehouse }: EmbeddedHomes,
  source: string,
  manifest: BackupManifest,
): Promise<Restored> {
  await putBack(databases, source, manifest);
  await expectKeys({ registry, vault });
  const erasedAgain = await replayErasures(log, { vault, registry, blobs });
  const { facts } = await rebuild({ log, warehouse, registry: registry.folds });
  return { facts, erasedAgain, backupOf: manifest.startedAt };
}

async function copyLog(
  source: string,
  { epoch }: BackupManifest,
  target: string,
  newerLog: string | undefined,
  now: () => Date,
): Promise<void> {
  const log = await openEmbeddedLog({ path: newerLog ?? path.join(source, 'log'), now, readOnly: true });
  try {
    if (log.epoch !== epoch)
      throw new Refusal(`the log in ${newerLog ?? source} is not the one of this backup (epoch ${log.epoch}, backup ${epoch})`);
    await log.copyTo(target);
  } finally {
    await log.close();
  }
}
