import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Sender } from '../door/batch.js';
import { csvRows } from '../roster/read-rows.js';
import { type RosterKind, rosterRows, type RowError } from '../roster/rows.js';
import { takeResults } from '../roster/take-results.js';
import { type RosterAnswer, type RosterDoor, takeRoster } from '../roster/take-roster.js';
import { Counter, type OnProgress, type Tally } from './tally.js';

export interface RosterFolderImport extends RosterDoor {
  /** Folder of CSV files named after their kind, plain or gzip. */
  readonly dir: string;
  readonly tenant: string;
  readonly sender: Sender;
  readonly mode: 'bulk' | 'delta';
  readonly confirm: boolean;
  readonly onProgress?: OnProgress;
}

export interface RosterFolderSummary extends Tally {
  readonly files: readonly string[];
  readonly errors: readonly (RowError & { readonly file: string })[];
}

/** A file was refused whole; what came before it is taken. */
export class RosterRefused extends Error {
  override readonly name = 'RosterRefused';
}

const unzip = promisify(gunzip);

/**
 * Takes a folder of OneRoster CSV files, each kind after those that it refers to: the order of `rosterRows`.
 *
 * @throws RosterRefused when a file is no CSV, or would withdraw too much
 */
export async function importRosterFolder({
  dir,
  tenant,
  sender,
  mode,
  confirm,
  onProgress,
  ...roster
}: RosterFolderImport): Promise<RosterFolderSummary> {
  const counter = new Counter(onProgress);
  const files: string[] = [];
  const errors: (RowError & { file: string })[] = [];
  for (const kind of Object.keys(rosterRows) as RosterKind[]) {
    const file = [`${kind}.csv`, `${kind}.csv.gz`].find((name) => existsSync(path.join(dir, name)));
    if (file === undefined) continue;
    counter.begin(file);
    const bytes = await readFile(path.join(dir, file));
    const read = csvRows((file.endsWith('.gz') ? await unzip(bytes) : bytes).toString('utf8'));
    if (!read.ok) throw new RosterRefused(`${file}: ${read.reason}`);
    const common = { tenant, file, rows: read.rows, atomic: false };
    const answer: RosterAnswer =
      kind === 'results' ? await takeResults(roster, { ...common, sender }) : await takeRoster(roster, { ...common, kind, mode, confirm });
    if (!answer.ok) throw new RosterRefused(`${file}: ${answer.detail}`);
    files.push(file);
    errors.push(...answer.errors.map((error) => ({ ...error, file })));
    counter.add({ appended: answer.appended, known: answer.known, deadLetters: new Set(answer.errors.map(({ line }) => line)).size });
    counter.read(read.rows.length);
  }
  return { ...counter.tally(), files, errors };
}
