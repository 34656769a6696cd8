import { type Sender } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { Counter, type OnProgress, type Tally } from '../imports/tally.js';
import { importRoster } from './import-roster.js';
import { type ThreadFile } from '../threads/thread-file.js';
import { importStatements } from './import-statements.js';

export interface OuladImport {
  /** Folder of the data set's tables, plain or gzip. */
  readonly dir: string;
  readonly tenant: string;
  readonly door: Door;
  /** Must have `statements/write`, `roster/write` and `history/write`. */
  readonly sender: Sender;
  readonly onProgress?: OnProgress;
  /** Imports the statements in a thread of its own, on a second core: `statementsThread`. Without it all is done in this one. */
  readonly thread?: ThreadFile;
}

export interface OuladSummary extends Tally {
  readonly presentations: number;
  readonly learners: number;
  /** Token of the counselor who stands for each region's centre. */
  readonly counselors: Readonly<Record<string, string>>;
}

/**
 * Tells the Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal 2017) as roster facts and xAPI
 * statements, through the checks that everything goes through.
 *
 * Running it again, or after it was killed, adds only what is missing: every id comes from what the source says. Rows that
 * cannot be taken become dead letters with file and line.
 *
 * @throws UnreadableTable when a table or column is missing
 * @throws ImportStopped when the log cannot take it now, or the sender may not import history
 */
export async function importOulad({ dir, tenant, door, sender, onProgress, thread }: OuladImport): Promise<OuladSummary> {
  const counter = new Counter(onProgress);
  const feed = { door, tenant, sender, counter, dir };
  const roster = await importRoster(feed);
  await importStatements(feed, roster, thread);
  return {
    ...counter.tally(),
    presentations: roster.presentations.size,
    learners: roster.learners.size,
    counselors: Object.fromEntries(roster.counselors),
  };
}
