import path from 'node:path';
import { type Command } from 'commander';
import { type BackupManifest, writeBackup } from '../backup/write-backup.js';
import { askServer } from '../control-socket.js';
import { Refusal } from '../refusal.js';
import { readContext, withEmbeddedHomes } from './command-context.js';
import { createReport } from './report.js';

export function addBackup(program: Command): void {
  program
    .command('backup <dir>')
    .description('back log, registry, vault and blobs up into an empty folder, also while the server runs; keys are kept apart')
    .option('--json', 'print JSON')
    .action(async (dir: string, { json = false }: { readonly json?: boolean }) => {
      const manifest = await backup(path.resolve(dir));
      const rows = [...manifest.registry.tables, ...manifest.vault.tables].reduce((sum, table) => sum + table.rows, 0);
      createReport(json).result(
        manifest,
        `${path.resolve(dir)}: log of ${manifest.logBytes.toLocaleString('en')} bytes, ${rows.toLocaleString('en')} rows of registry and vault.\nThe keys are not in it: keep the file of keys apart from it.`,
      );
    });
}

/** A running server has the folder, so it does the work itself; otherwise this process opens it. */
async function backup(target: string): Promise<BackupManifest> {
  const context = readContext();
  const answer = await askServer(context.configuration.dataDir, { backup: target });
  if (answer === undefined) return withEmbeddedHomes(context, (homes) => writeBackup(homes, target));
  if (!answer.ok) throw new Refusal(answer.reason);
  return answer.summary as BackupManifest;
}
