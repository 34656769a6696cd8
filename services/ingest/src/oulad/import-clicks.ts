import path from 'node:path';
import { keyedIds } from '../keyed-id.js';
import { StatementFeed } from '../imports/statement-feed.js';
import { type OuladRoster, type StatementsOfOulad } from './import-roster.js';
import { classId } from './presentation.js';
import { fileOf, readTable, UnreadableTable, wholeNumber, wholeTable } from './read-table.js';
import { clickStatement, ouladIds } from './statements.js';
import { type ClickRow, tables } from './tables.js';
import { type ClickWords, clickWords } from './vocabulary.js';

/** Each row of clicks as a statement. */
export async function importClicks({ dir, ...options }: StatementsOfOulad, roster: OuladRoster): Promise<void> {
  const words = await wordsOfSites(dir);
  const file = path.basename(fileOf(dir, tables.clicks) ?? tables.clicks.names[0]!);
  const feed = new StatementFeed({ ...options, version: '1.0.3', source: 'import oulad', file });
  const ids = ouladIds(keyedIds(await options.door.vault.hashKey(options.tenant)));
  const twins = new Twins(file);
  options.counter.begin(file);
  for await (const rows of readTable(dir, tables.clicks)) {
    for (const { row, line } of rows) {
      const run = roster.presentations.get(classId(row.code_module, row.code_presentation));
      const said = words.get(row.id_site);
      const day = wholeNumber(row.date);
      const amount = wholeNumber(row.sum_click);
      if (run === undefined || said === undefined || day === undefined || amount === undefined) {
        const reason = refusalOf(run, said, day);
        await feed.refuse([{ place: `${file}:${line}`, step: 'clickStatement', reason, bytes: JSON.stringify(row) }]);
        continue;
      }
      const known = clickStatement(run, row, day, said, twins.occurrence(run.class, row), ids);
      if (feed.push({ ...known, line })) await feed.send();
    }
    options.counter.read(rows.length);
  }
  await feed.finish();
}

function refusalOf(run: unknown, said: unknown, day: unknown): string {
  if (run === undefined) return 'no such presentation';
  if (said === undefined) return 'no such site, or one of an unknown kind';
  return day === undefined ? 'date is not a day' : 'sum_click is not a whole number';
}

async function wordsOfSites(dir: string): Promise<ReadonlyMap<string, ClickWords>> {
  const words = new Map<string, ClickWords>();
  for (const { row } of await wholeTable(dir, tables.sites)) {
    const said = clickWords(row.activity_type);
    if (said !== undefined) words.set(row.id_site, said);
  }
  return words;
}

/**
 * Counts rows that say exactly the same. Twins share their presentation and day, and the rows of those lie together in
 * the published file, so only one day is kept in memory.
 */
class Twins {
  private seen = new Map<string, number>();
  private current = '';
  private readonly closed = new Set<string>();

  constructor(private readonly file: string) {}

  occurrence(run: string, { date, id_student: student, id_site: site, sum_click: clicks }: ClickRow): number {
    const place = `${run}/${date}`;
    if (place !== this.current) this.turnTo(place);
    const row = `${student}/${site}/${clicks}`;
    const count = (this.seen.get(row) ?? 0) + 1;
    this.seen.set(row, count);
    return count;
  }

  private turnTo(place: string): void {
    // Counting would begin again at 1, and the twins of before would be taken for repeats.
    if (this.closed.has(place))
      throw new UnreadableTable(`${this.file}: the rows of ${place} do not lie together, as they do in the published file`);
    this.closed.add(this.current);
    this.current = place;
    this.seen = new Map();
  }
}
