import path from 'node:path';
import { type Command } from 'commander';
import { writeClusterBackup } from '../backup/write-cluster-backup.js';
import { clusterDatabases } from '../cluster/connections.js';
import { openClusterHomes } from '../cluster/open-cluster.js';
import { atHome } from '../home-works.js';
import { archiveOf } from './archive.js';
import { type CommandContext, readContext } from './command-context.js';
import { createReport } from './report.js';

export function addBackup(program: Command): void {
  program
    .command('backup <dir>')
    .description(
      'back log, registry, vault and blobs up into an empty folder, also while the server runs; keys are kept apart. Of a cluster: registry and vault; the log goes into its archive',
    )
    .option('--json', 'print JSON')
    .action(async (dir: string, { json = false }: { readonly json?: boolean }) => {
      const context = readContext();
      const target = path.resolve(dir);
      const inCluster = context.configuration.mode === 'cluster';
      const manifest = await (inCluster ? backupCluster(context, target) : atHome('backup', { target }));
      const rows = [...manifest.registry.tables, ...manifest.vault.tables].reduce((sum, table) => sum + table.rows, 0);
      const log =
        'archived' in manifest
          ? `the archive holds the log up to ${manifest.endedAt}`
          : `log of ${manifest.logBytes.toLocaleString('en')} bytes`;
      createReport(json).result(
        manifest,
        `${target}: ${log}, ${rows.toLocaleString('en')} rows of registry and vault.\nThe keys are not in it: keep the file of keys apart from it.${inCluster ? '\nNeither are segments and attachments: mirror their stores.' : ''}`,
      );
    });
}

async function backupCluster({ configuration, logger, now }: CommandContext, target: string) {
  const homes = await openClusterHomes(configuration, logger, now);
  try {
    return await writeClusterBackup({ ...homes, archive: archiveOf(homes) }, clusterDatabases(configuration), target);
  } finally {
    await homes.close();
  }
}
