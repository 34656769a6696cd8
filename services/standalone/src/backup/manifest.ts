import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Topic } from '@pharos/facts';
import { type DatabaseBackup } from '@pharos/registry';
import { Refusal } from '../refusal.js';

/** Layout of a backup. */
export const backupFormat = 1;

/** Written last: a folder without it is not a backup. */
const manifestName = 'pharos-backup.json';

interface AnyManifest {
  readonly format: number;
  readonly release: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** The log's epoch: a newer copy of the same log has the same. */
  readonly epoch: string;
  readonly registry: DatabaseBackup;
  readonly vault: DatabaseBackup;
}

/** Of a data folder: the log lies in the backup. */
export interface BackupManifest extends AnyManifest {
  readonly logBytes: number;
}

/** Of a cluster: the log lies in its archive. */
export interface ClusterManifest extends AnyManifest {
  /** The archive holds every partition up to, not including, these offsets at least. */
  readonly archived: Readonly<Record<Topic, readonly number[]>>;
}

/** Makes the folder. @throws Refusal when there is something in it */
export async function beginBackup(target: string): Promise<void> {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Refusal(`${target} is not empty; a backup needs a folder of its own`, 2);
  await mkdir(target, { recursive: true });
  await chmod(target, 0o700);
}

/** Makes the folder a backup. */
export async function endBackup(target: string, manifest: BackupManifest | ClusterManifest): Promise<void> {
  const handle = await open(path.join(target, manifestName), 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function readManifest(source: string, home: 'embedded'): Promise<BackupManifest>;
export async function readManifest(source: string, home: 'cluster'): Promise<ClusterManifest>;
/** @throws Refusal when it is no backup, of a newer release, or of the other home */
export async function readManifest(source: string, home: 'embedded' | 'cluster'): Promise<BackupManifest | ClusterManifest> {
  const file = path.join(source, manifestName);
  if (!existsSync(file)) throw new Refusal(`${source} is no backup, or one that was not finished: ${manifestName} is missing`, 2);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as BackupManifest | ClusterManifest;
  if (manifest.format > backupFormat) throw new Refusal(`the backup was made by a newer release (${manifest.release})`);
  const of = 'archived' in manifest ? 'cluster' : 'embedded';
  if (of !== home)
    throw new Refusal(`PHAROS_MODE is ${home}, and ${source} is a backup of ${of === 'cluster' ? 'a cluster' : 'a data folder'}`, 2);
  return manifest;
}
