import path from 'node:path';
import { type Archive, type KafkaLog, writeArchive, writeTips } from '@pharos/event-log';
import { type Topic, topicNames } from '@pharos/facts';
import { backupDatabase } from '@pharos/registry';
import { version } from '../version.js';
import { backupFormat, beginBackup, type ClusterManifest, endBackup } from './manifest.js';
import { type Databases } from './put-back.js';

/**
 * What belongs to processes that are gone, and what is made again from the log: claims are a row for each statement, and the fact
 * tells them.
 */
const withoutInRegistry = ['sessions', 'leases', 'log_claims', 'log_claim_batches', 'log_positions', 'fold_positions'];

/**
 * Backs a cluster up into an empty folder while everything goes on: registry and vault row by row, and how far the archive of the
 * log goes. Segments and attachments stay in their stores, never change, and want a mirror of their own; keys are never among it.
 *
 * The order makes the parts fit, as in a data folder: the log is archived after the registry, so it has every decision that
 * the registry knows; the vault follows, so it knows everybody of whom the log speaks.
 *
 * @param databases as their owners
 * @throws Refusal when the folder is not empty
 */
export async function writeClusterBackup(
  { log, archive, now }: { readonly log: KafkaLog; readonly archive: Archive; readonly now: () => Date },
  databases: Databases,
  target: string,
): Promise<ClusterManifest> {
  await beginBackup(target);
  const startedAt = now().toISOString();
  const registry = await backupDatabase(databases.registry, path.join(target, 'registry'), withoutInRegistry);
  await writeArchive({ log, ...archive, now, afterMs: 0 });
  const tips = await writeTips(log, archive);
  const vault = await backupDatabase(databases.vault, path.join(target, 'vault'));
  const archived = Object.fromEntries(topicNames.map((topic) => [topic, tips[topic].map((tip) => tip?.next ?? 0)])) as Record<Topic, number[]>; // prettier-ignore
  const manifest: ClusterManifest = {
    format: backupFormat, release: version, startedAt, endedAt: now().toISOString(), epoch: log.epoch, archived, registry, vault,
  }; // prettier-ignore
  await endBackup(target, manifest);
  return manifest;
}
