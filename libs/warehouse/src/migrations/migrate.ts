import { createHash } from 'node:crypto';
import { type Engine } from '../engine/engine.js';
import { type Rendered } from '../sql.js';
import { type StoredTable } from '../tables/tables.js';
import { rosters } from './0002-rosters.js';
import { results } from './0003-results.js';
import { records } from './0004-records.js';
import { definitions } from './0005-definitions.js';
import { keyedStatements } from './0006-keyed-statements.js';
import { knowledge } from './0007-knowledge.js';
import { attempts } from './0008-attempts.js';
import { fineMasteries } from './0009-fine-masteries.js';
import { statements } from './0001-statements.js';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
  /** `expand` (the default) only adds, so that the release before goes on beside it; `contract` ends that one. */
  readonly phase?: 'expand' | 'contract';
  /** Only where this table holds no rows: elsewhere it stays as it is until a rebuild makes tables anew. */
  readonly onlyIfEmpty?: StoredTable;
}

/** In the order in which they are applied. One that is published is never edited: a change is a new number. */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'statements', statements },
  { number: 2, name: 'rosters', statements: rosters },
  { number: 3, name: 'results', statements: results },
  { number: 4, name: 'records', statements: records },
  { number: 5, name: 'definitions', statements: definitions },
  { number: 6, name: 'keyed statements', statements: keyedStatements },
  { number: 7, name: 'knowledge', statements: knowledge },
  { number: 8, name: 'attempts', statements: attempts },
  { number: 9, name: 'fine masteries', statements: fineMasteries, onlyIfEmpty: 'masteries' },
];

export function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.statements.join(';\n')).digest('hex').slice(0, 32);
}

const plain = (text: string): Rendered => ({ text, params: {} });

/** What was applied. A contracting step says so by its name, which needs no column that older tables lack. */
export const journal = `CREATE TABLE IF NOT EXISTS migrations (number UInt32, name String, checksum String)
ENGINE = ReplacingMergeTree ORDER BY number SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

const CONTRACT = 'contract: ';
const journalName = ({ name, phase }: Migration): string => (phase === 'contract' ? `${CONTRACT}${name}` : name);

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Brings the tables up to this release. A statement may be repeated after a crash, so each is `IF NOT EXISTS`.
 *
 * @param forHome makes the text of a single server that of this home
 * @throws RangeError when a newer release took something away from the tables, or for an edited migration
 */
export async function migrate(
  engine: Engine,
  forHome: (statement: string) => string = (statement) => statement,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await engine.run(plain(forHome(journal)));
  for (const migration of await missingMigrations(engine, steps)) {
    const { statements: texts, onlyIfEmpty } = migration;
    const skipped = onlyIfEmpty !== undefined && (await holdsRows(engine, onlyIfEmpty));
    for (const statement of skipped ? [] : texts) await engine.run(plain(forHome(statement)));
    const row = `${migration.number}\t${journalName(migration)}\t${checksum(migration)}\n`;
    await engine.insert('migrations', ['number', 'name', 'checksum'], Buffer.from(row));
  }
}

async function holdsRows(engine: Engine, table: StoredTable): Promise<boolean> {
  return (await engine.read(plain(`SELECT 1 FROM ${table} LIMIT 1`), 'JSONEachRow')).length > 0;
}

/**
 * Migrations of this release that the tables lack. Reads only: for users that may do no more.
 *
 * @throws RangeError when a newer release took something away from the tables, or for an edited migration
 */
export async function missingMigrations(engine: Engine, steps: readonly Migration[] = migrations): Promise<readonly Migration[]> {
  const answer = await engine.read(plain('SELECT number, name, checksum FROM migrations FINAL ORDER BY number'), 'JSONEachRow');
  const applied = new Map(
    Buffer.from(answer)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Applied)
      .map((each) => [each.number, each]),
  );
  for (const [number, { name }] of applied) {
    // What a newer release only added leaves this one's questions as they were.
    if (!name.startsWith(CONTRACT) || steps.some((known) => known.number === number)) continue;
    const what = `migration ${number} (${name.slice(CONTRACT.length)})`;
    throw new RangeError(`the warehouse was made by a newer release: it has ${what}, which takes away what this one uses`);
  }
  for (const migration of steps) {
    const before = applied.get(migration.number);
    if (before && before.checksum !== checksum(migration)) {
      throw new RangeError(`migration ${migration.number} (${migration.name}) was applied with other content`);
    }
  }
  return steps.filter(({ number }) => !applied.has(number));
}
