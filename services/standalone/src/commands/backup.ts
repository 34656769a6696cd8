import path from 'node:path';
import { type Command } from 'commander';
import { atHome } from '../home-works.js';
import { createReport } from './report.js';

export function addBackup(program: Command): void {
  program
    .command('backup <dir>')
    .description('back log, registry, vault and blobs up into an empty folder, also while the server runs; keys are kept apart')
    .option('--json', 'print JSON')
    .action(async (dir: string, { json = false }: { readonly json?: boolean }) => {
      const manifest = await atHome('backup', { target: path.resolve(dir) });
      const rows = [...manifest.registry.tables, ...manifest.vault.tables].reduce((sum, table) => sum + table.rows, 0);
      createReport(json).result(
        manifest,
        `${path.resolve(dir)}: log of ${manifest.logBytes.toLocaleString('en')} bytes, ${rows.toLocaleString('en')} rows of registry and vault.\nThe keys are not in it: keep the file of keys apart from it.`,
      );
    });
}
