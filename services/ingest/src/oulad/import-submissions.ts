import { keyedIds } from '../keyed-id.js';
import { StatementFeed } from '../imports/statement-feed.js';
import { type OuladRoster, type StatementsOfOulad } from './import-roster.js';
import { readTable, wholeNumber } from './read-table.js';
import { ouladIds, submissionStatement } from './statements.js';
import { tables } from './tables.js';

/** Each piece of work that was handed in, with its mark, as a statement. */
export async function importSubmissions({ dir, ...options }: StatementsOfOulad, roster: OuladRoster): Promise<void> {
  const file = tables.submissions.names[0]!;
  const feed = new StatementFeed({ ...options, version: '1.0.3', source: 'import oulad', file });
  const ids = ouladIds(keyedIds(await options.door.vault.hashKey(options.tenant)));
  options.counter.begin(file);
  for await (const rows of readTable(dir, tables.submissions)) {
    for (const { row, line } of rows) {
      const work = roster.works.get(row.id_assessment);
      const day = wholeNumber(row.date_submitted);
      if (work === undefined || day === undefined) {
        const reason = work === undefined ? 'no such assessment' : 'date_submitted is not a day';
        await feed.refuse([{ place: `${file}:${line}`, step: 'submissionStatement', reason, bytes: JSON.stringify(row) }]);
        continue;
      }
      const known = submissionStatement(work.run, work.row, row, day, ids);
      if (feed.push({ ...known, line })) await feed.send();
    }
    options.counter.read(rows.length);
  }
  await feed.finish();
}
