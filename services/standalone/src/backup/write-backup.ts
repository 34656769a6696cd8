import { existsSync, readdirSync } from 'node:fs';
import { chmod, cp, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { type DatabaseBackup, backupDatabase } from '@pharos/registry';
import { type EmbeddedHomes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { version } from '../version.js';

/** Layout of a backup. */
export const backupFormat = 1;

/** Written last: a folder without it is not a backup. */
export const manifestName = 'pharos-backup.json';

export interface BackupManifest {
  readonly format: number;
  readonly release: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** The log's epoch: a newer copy of the same log has the same. */
  readonly epoch: string;
  readonly logBytes: number;
  readonly registry: DatabaseBackup;
  readonly vault: DatabaseBackup;
}

/** Sessions that were ended since must not come alive again; leases belong to processes that are gone. */
const withoutInRegistry = ['sessions', 'leases'];

/**
 * Backs the homes up into an empty folder while everything goes on. Keys are never among it: a backup alone says nothing
 * about people.
 *
 * The order makes the parts fit: the log is copied after the registry, so it holds every decision that the registry knows
 * (what still waited there is taken once); the vault after the log, so it knows everybody of whom the log speaks; blobs
 * last, so each one that a fact names is there. The warehouse is folded again from the log.
 *
 * @throws Refusal when the folder is not empty
 */
export async function writeBackup({ log, databases, folder: home, now }: EmbeddedHomes, target: string): Promise<BackupManifest> {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Refusal(`${target} is not empty; a backup needs a folder of its own`, 2);
  await mkdir(target, { recursive: true });
  await chmod(target, 0o700);
  const startedAt = now().toISOString();
  const registry = await backupDatabase(databases.registry, path.join(target, 'registry'), withoutInRegistry);
  const logBytes = await log.copyTo(path.join(target, 'log'));
  const vault = await backupDatabase(databases.vault, path.join(target, 'vault'));
  if (existsSync(home.blobs)) await cp(home.blobs, path.join(target, 'blobs'), { recursive: true });
  const manifest: BackupManifest = {
    format: backupFormat, release: version, startedAt, endedAt: now().toISOString(), epoch: log.epoch, logBytes, registry, vault,
  }; // prettier-ignore
  await writeDurably(path.join(target, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
