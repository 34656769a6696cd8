import path from 'node:path';
import { type Command } from 'commander';
import { lintFile } from '@pharos/ingest';
import { atHome } from '../home-works.js';
import { createReport } from './report.js';

interface ExportOptions {
  readonly tenant?: string;
  readonly after?: string;
  readonly identities?: boolean;
  readonly attachments?: boolean;
  readonly json?: boolean;
}

/** `pharos export` and `pharos lint`: statements as files. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write what Pharos holds to files that it can import; also while the server runs')
    .command('xapi <file>')
    .description('all statements of a tenant in the order of storing, one a line, in gzip')
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .option('--after <position>', 'go on with the same file from where an earlier export ended')
    .option('--attachments', 'with the raw contents of attachments, each before the statement that names it')
    .option('--no-identities', 'tokens stand for people, and what they wrote is left out')
    .option('--json', 'print JSON')
    .action(async (file: string, { tenant, after, identities = true, attachments = false, json = false }: ExportOptions) => {
      const rights = { withIdentities: identities, withAttachments: attachments };
      const done = await atHome('export.xapi', { tenant, file: path.resolve(file), after, ...rights });
      createReport(json).result(done, `${done.statements.toLocaleString('en')} statements\nnext time  --after ${done.position}`);
    });
  program
    .command('lint <file>')
    .description('check a file of statements as the door would, and say what could be better, without storing anything')
    .option('--xapi <version>', '1.0.3 or 2.0.0', '1.0.3')
    .option('--json', 'print JSON')
    .action(async (file: string, { xapi, json = false }: { readonly xapi: string; readonly json?: boolean }) => {
      const report = await lintFile(file, xapi.startsWith('2.') ? '2.0.0' : '1.0.3');
      const lines = report.findings.map(
        ({ kind, path: at, message, count, line }) =>
          `  ${kind === 'refused' ? 'refused' : 'advice '}  ${String(count).padStart(7)}×  ${at || 'the statement'} ${message} (first in line ${line})`,
      );
      const summary = `${report.statements.toLocaleString('en')} statements, ${report.refused.toLocaleString('en')} would be refused`;
      createReport(json).result(report, [summary, ...lines].join('\n'));
      if (report.refused > 0) process.exitCode = 1;
    });
}
