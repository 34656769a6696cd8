import { createHash } from 'node:crypto';

/** One step of a schema. Once released its text never changes: a later step changes what it made. */
export interface Migration {
  /** Steps are applied in the order of their numbers; numbers may be left out. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /**
   * `expand` (the default) only adds: the release before this one goes on working on it, so two releases may run side by side.
   * `contract` takes away what the release before still uses: that one refuses to start afterwards. It comes in a release of its
   * own, once nobody runs the former.
   */
  readonly phase?: 'expand' | 'contract';
}

/** One database session: every query goes over the same connection, so that locks and transactions hold. */
export interface MigrationSession {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
}

/** The database's schema and this release do not fit together. `code` says how; the message is one line for an operator. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
  constructor(
    readonly code: 'newer' | 'edited' | 'misnumbered',
    message: string,
  ) {
    super(message);
  }
}

/** Any number will do, as long as all releases use the same one. */
const migrationLock = 7_274_261;

const checksum = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/**
 * Brings a PostgreSQL schema to this release's state, each step in a transaction of its own, under an advisory lock, so
 * that several processes may start at once.
 *
 * @param database how the database is called in error lines
 * @returns names of the steps that were applied now
 * @throws SchemaMismatch when a newer release took something away from the database, or an applied step was edited since
 * @example await migratePostgres(client, 'registry', [{ number: 1, name: 'first', sql: 'CREATE TABLE t (id int)' }]); // => ['1 first']
 */
export async function migratePostgres(
  session: MigrationSession,
  database: string,
  steps: readonly Migration[],
): Promise<readonly string[]> {
  const migrations = inOrder(database, steps);
  await session.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  try {
    await session.query(
      `CREATE TABLE IF NOT EXISTS schema_migrations
         (number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    await session.query(`ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS phase text NOT NULL DEFAULT 'expand'`);
    const { rows } = await session.query('SELECT number, name, checksum, phase FROM schema_migrations ORDER BY number');
    const applied = rows as unknown as readonly Applied[];
    checkApplied(database, migrations, applied);
    const numbers = new Set(applied.map(({ number }) => number));
    const missing = migrations.filter(({ number }) => !numbers.has(number));
    for (const migration of missing) await applyOne(session, migration);
    return missing.map(({ number, name }) => `${number} ${name}`);
  } finally {
    await session.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
  }
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly phase: string;
}

/** By number, so that nothing depends on how a list is written. */
function inOrder(database: string, migrations: readonly Migration[]): readonly Migration[] {
  const sorted = migrations.toSorted((one, other) => one.number - other.number);
  const twice = sorted.find(({ number }, index) => number === sorted[index - 1]?.number);
  if (twice) throw new SchemaMismatch('misnumbered', `${database}: two migrations have the number ${twice.number}`);
  return sorted;
}

function checkApplied(database: string, migrations: readonly Migration[], applied: readonly Applied[]): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const { number, name, checksum: was, phase } of applied) {
    const migration = known.get(number);
    // What a newer release only added is no business of this one: the two run side by side while the newer is rolled out.
    if (!migration && phase === 'expand') continue;
    if (!migration) {
      const why = `the database ${database} went through step ${number} (${name}), which takes away what this release uses`;
      throw new SchemaMismatch('newer', `${why}: start the newer release`);
    }
    if (checksum(migration.sql) !== was) {
      throw new SchemaMismatch('edited', `${database}: migration ${number} ${name} was edited after it had been applied`);
    }
  }
}

async function applyOne(session: MigrationSession, { number, name, sql, phase = 'expand' }: Migration): Promise<void> {
  await session.query('BEGIN');
  try {
    await session.query(sql);
    await session.query('INSERT INTO schema_migrations (number, name, checksum, phase) VALUES ($1, $2, $3, $4)', [
      number,
      name,
      checksum(sql),
      phase,
    ]);
    await session.query('COMMIT');
  } catch (error) {
    await session.query('ROLLBACK');
    throw error;
  }
}
