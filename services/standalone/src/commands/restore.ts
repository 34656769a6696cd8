import path from 'node:path';
import { type Command } from 'commander';
import { readManifest } from '../backup/manifest.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { restoreCluster } from '../backup/restore-cluster.js';
import { clusterDatabases } from '../cluster/connections.js';
import { openClusterHomes } from '../cluster/open-cluster.js';
import { Refusal } from '../refusal.js';
import { archiveOf } from './archive.js';
import { type CommandContext, readContext } from './command-context.js';
import { createReport } from './report.js';

interface RestoreOptions {
  readonly log?: string;
  readonly json?: boolean;
}

export function addRestore(program: Command): void {
  program
    .command('restore <dir>')
    .description(
      'make an empty data folder whole from a backup, or a cluster with empty databases (and topics, where they were lost) from a backup and its archive; erasures are replayed and the tables folded again',
    )
    .option('--log <folder>', 'of a data folder: the same log as it was later, where it survived: nothing since the backup is lost then')
    .option('--json', 'print JSON')
    .action(async (dir: string, { log, json = false }: RestoreOptions) => {
      const context = readContext();
      const [source, report] = [path.resolve(dir), createReport(json)];
      if (context.configuration.mode === 'cluster' && log !== undefined)
        throw new Refusal('--log is of a data folder; a cluster has its log in its topics or its archive', 2);
      const restored = await (context.configuration.mode === 'cluster'
        ? restoreIntoCluster(context, source, (line) => report.say(line))
        : restoreBackup(context, source, log === undefined ? undefined : path.resolve(log)));
      report.result(
        restored,
        `Restored the backup of ${restored.backupOf}: ${restored.facts.toLocaleString('en')} facts folded, ${restored.erasedAgain} erasures replayed.`,
      );
    });
}

async function restoreIntoCluster({ configuration, logger, now }: CommandContext, source: string, say: (line: string) => void) {
  const manifest = await readManifest(source, 'cluster');
  const homes = await openClusterHomes(configuration, logger, now);
  try {
    return await restoreCluster({ ...homes, archive: archiveOf(homes) }, clusterDatabases(configuration), source, manifest, say);
  } finally {
    await homes.close();
  }
}
