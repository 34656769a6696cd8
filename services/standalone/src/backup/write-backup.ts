import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { backupDatabase } from '@pharos/registry';
import { type EmbeddedHomes } from '../homes/open-homes.js';
import { version } from '../version.js';
import { backupFormat, type BackupManifest, beginBackup, endBackup } from './manifest.js';

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
  await beginBackup(target);
  const startedAt = now().toISOString();
  const registry = await backupDatabase(databases.registry, path.join(target, 'registry'), withoutInRegistry);
  const logBytes = await log.copyTo(path.join(target, 'log'));
  const vault = await backupDatabase(databases.vault, path.join(target, 'vault'));
  if (existsSync(home.blobs)) await cp(home.blobs, path.join(target, 'blobs'), { recursive: true });
  const manifest: BackupManifest = {
    format: backupFormat, release: version, startedAt, endedAt: now().toISOString(), epoch: log.epoch, logBytes, registry, vault,
  }; // prettier-ignore
  await endBackup(target, manifest);
  return manifest;
}
