import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type Command } from 'commander';
import { parse } from 'csv-parse';
import { auditTable, problemText, type TableRow, verdictText } from '@pharos/fairness';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

interface AuditOptions {
  readonly csv: string;
  readonly label: string;
  readonly score: string;
  readonly groups: string;
  readonly person?: string;
  readonly threshold: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description("audit any model's scores in a file for fairness")
    .requiredOption('--csv <file>', 'file with a header line (plain or .gz)')
    .requiredOption('--label <column>', '1 where the outcome that is warned of came about, else 0')
    .requiredOption('--score <column>', 'the score, higher meaning more at risk')
    .requiredOption('--groups <columns>', 'columns to group by, separated by commas')
    .requiredOption('--threshold <number>', 'named are those with a score of at least this')
    .option('--person <column>', 'whose row it is, where one person has several')
    .option('--seed <number>', 'seed of the resampling', '1')
    .option('--json', 'print the whole report as JSON')
    .action(audit);
}

async function audit({ csv, label, score, groups, person, threshold, seed, json = false }: AuditOptions): Promise<void> {
  const cut = Number(threshold);
  if (!Number.isFinite(cut)) throw new Refusal(`--threshold ${threshold} is not a number`, 2);
  const rows = await readRows(csv);
  const columns = {
    label,
    score,
    groups: groups.split(',').map((name) => name.trim()),
    threshold: cut,
    seed: Number(seed),
    ...(person === undefined ? {} : { person }),
  };
  const audited = auditTable(rows, columns);
  if (!audited.ok) throw new Refusal(`${csv}: ${audited.problems.slice(0, 5).map(problemText).join('; ')}`, 4);
  const { report } = audited;
  const sentences = report.verdicts.map((verdict) => `  ${verdictText(verdict)}`);
  createReport(json).result(report, [`${rows.length} rows, named from ${cut} on:`, ...sentences].join('\n'));
}

async function readRows(file: string): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  const source = createReadStream(file);
  const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => text.destroy(error));
  try {
    for await (const row of text.pipe(parse({ columns: true, bom: true, trim: true }))) rows.push(row as TableRow);
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
  return rows;
}
