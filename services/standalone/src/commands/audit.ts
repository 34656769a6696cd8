import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { AuditFile } from '@pharos/contract';
import { type AuditRecord, auditSelection, auditTable, problemText, readTable, type TableRow } from '@pharos/fairness';
import { type Command } from 'commander';
import { parse } from 'csv-parse';
import { Refusal } from '../refusal.js';
import { auditWords, selectionWords } from './audit-words.js';
import { createReport } from './report.js';

interface AuditOptions {
  readonly csv: string;
  readonly label?: string;
  readonly score: string;
  readonly groups: string;
  readonly person?: string;
  readonly other?: string;
  readonly weeks?: string;
  readonly before?: string;
  readonly threshold: string;
  readonly minimum: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description("audit any model's scores in a file for fairness; without --label only who is named, and how that shifted")
    .requiredOption('--csv <file>', 'file with a header line (plain or .gz)')
    .option('--label <column>', '1 where the outcome that is warned of came about, else 0')
    .requiredOption('--score <column>', 'the score, higher meaning more at risk')
    .requiredOption('--groups <columns>', 'columns to group by, separated by commas')
    .requiredOption('--threshold <number>', 'named are those with a score of at least this')
    .option('--person <column>', 'whose row it is, where one person has several')
    .option('--other <column>', 'another score of the same rows (the rule, say): what using it would change')
    .option('--weeks <column>', 'weeks from the first naming to the outcome, empty where nobody was named')
    .option('--before <file>', 'earlier rows with the same columns, for the shift in who is named')
    .option('--minimum <number>', 'people under which groups are put together', '30')
    .option('--seed <number>', 'seed of the resampling', '1')
    .option('--json', 'print the whole report as JSON, which the page can open')
    .action(audit);
}

const numberOf = (name: string, text: string, holds: (value: number) => boolean = Number.isFinite): number => {
  const value = Number(text);
  if (text.trim() === '' || !holds(value)) throw new Refusal(`${name} ${text} is not a number that can be used here`, 2);
  return value;
};

async function audit(options: AuditOptions): Promise<void> {
  const { csv, label, json = false } = options;
  const threshold = numberOf('--threshold', options.threshold);
  const seed = numberOf('--seed', options.seed, Number.isInteger);
  const minimumGroup = numberOf('--minimum', options.minimum, (value) => Number.isInteger(value) && value > 0);
  const rows = await readRows(csv);
  const columns = {
    score: options.score,
    groups: options.groups.split(',').map((name) => name.trim()),
    ...(options.person === undefined ? {} : { person: options.person }),
  };
  const report = createReport(json);
  if (label === undefined) {
    const selection = await selectionOf(rows, options, columns, { threshold, seed, minimumGroup });
    report.result({ threshold, ...selection }, selectionWords(csv, selection, threshold));
    return;
  }
  const { other, weeks } = options;
  const audited = auditTable(rows, {
    ...columns,
    label,
    threshold,
    seed,
    minimumGroup,
    ...(other === undefined ? {} : { other }),
    ...(weeks === undefined ? {} : { weeks }),
  });
  if (!audited.ok) throw new Refusal(`${csv}: ${audited.problems.slice(0, 5).map(problemText).join('; ')}`, 4);
  const found = fileOf(audited.report, { file: path.basename(csv), rows: rows.length, label, score: options.score, threshold });
  report.result(found, auditWords(found));
}

/** The report in the shape that the page opens. The file's owner knows its rows, so nothing is withheld. */
function fileOf(report: AuditRecord, about: Pick<AuditFile, 'file' | 'rows' | 'label' | 'score' | 'threshold'>): AuditFile {
  const exact = (attributes: AuditRecord['attributes']) => attributes.map((one) => ({ ...one, roundedTo: null }));
  return AuditFile.parse({
    pharosAudit: 1,
    ...about,
    settings: report.settings,
    overall: report.overall,
    attributes: exact(report.attributes),
    intersections: exact(report.intersections),
    tests: report.family.tests,
    verdicts: report.verdicts,
    mitigations: report.mitigations ?? [],
    leadTimes: report.leadTimes ?? null,
  });
}

/** Who is named by group, without a word on how it ended; beside earlier rows where there are some. */
async function selectionOf(
  rows: readonly TableRow[],
  { csv, before }: AuditOptions,
  columns: { readonly score: string; readonly groups: readonly string[]; readonly person?: string },
  { threshold, seed, minimumGroup }: { readonly threshold: number; readonly seed: number; readonly minimumGroup: number },
) {
  const named = (file: string, table: readonly TableRow[]) => {
    // A table without outcomes has no label to read; nothing below looks at the zeros that stand in for it.
    const read = readTable(table.map((row) => ({ ...row, [unread]: 0 })), { ...columns, label: unread });
    if (!read.ok) throw new Refusal(`${file}: ${read.problems.filter(({ column }) => column !== unread).slice(0, 5).map(problemText).join('; ')}`, 4);
    const { score, groups, person } = read.input;
    return { flagged: Array.from(score, (value) => (value >= threshold ? 1 : 0)), groups, person };
  }; // prettier-ignore
  const earlier = before === undefined ? undefined : named(before, await readRows(before));
  return auditSelection({ now: named(csv, rows), ...(earlier ? { before: earlier } : {}), seed, minimumGroup });
}

const unread = '\u0000no outcome';

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
