import path from 'node:path';
import { type Command } from 'commander';
import { restoreBackup } from '../backup/restore-backup.js';
import { readContext } from './command-context.js';
import { createReport } from './report.js';

interface RestoreOptions {
  readonly log?: string;
  readonly json?: boolean;
}

export function addRestore(program: Command): void {
  program
    .command('restore <dir>')
    .description('make an empty data folder whole from a backup; erasures are replayed and the tables folded again')
    .option('--log <folder>', 'the same log as it was later, where it survived: nothing since the backup is lost then')
    .option('--json', 'print JSON')
    .action(async (dir: string, { log, json = false }: RestoreOptions) => {
      const restored = await restoreBackup(readContext(), path.resolve(dir), log === undefined ? undefined : path.resolve(log));
      createReport(json).result(
        restored,
        `Restored the backup of ${restored.backupOf}: ${restored.facts.toLocaleString('en')} facts folded, ${restored.erasedAgain} erasures replayed.`,
      );
    });
}
