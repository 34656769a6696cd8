import { type Command } from 'commander';
import { describeConfiguration } from '@pharos/runtime';
import { readContext } from './command-context.js';
import { createReport } from './report.js';

export function addCheckConfig(program: Command): void {
  program
    .command('check-config')
    .description('read and check the configuration without starting anything; secrets are masked')
    .option('--json', 'print JSON')
    .action(({ json = false }: { readonly json?: boolean }) => {
      const shown = describeConfiguration(readContext().configuration);
      const lines = Object.entries(shown).map(
        ([name, value]) => `  ${name.padEnd(18)} ${value === undefined ? '(not set)' : JSON.stringify(value)}`,
      );
      createReport(json).result(shown, `The configuration fits.\n${lines.join('\n')}`);
    });
}
