import { createHash } from 'node:crypto';

/** One step of a schema. Once released its text never changes: a later step changes what it made. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
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
 * @throws SchemaMismatch when the database is newer than this release, or an applied step was edited since
 * @example await migratePostgres(client, 'registry', [{ number: 1, name: 'first', sql: 'CREATE TABLE t (id int)' }]); // => ['1 first']
 */
export async function migratePostgres(
  session: MigrationSession,
  database: string,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  checkNumbers(database, migrations);
  await session.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  try {
    await session.query(
      `CREATE TABLE IF NOT EXISTS schema_migrations
         (number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await session.query('SELECT number, name, checksum FROM schema_migrations ORDER BY number');
    const applied = rows as unknown as readonly { number: number; name: string; checksum: string }[];
    checkApplied(database, migrations, applied);
    const missing = migrations.slice(applied.length);
    for (const migration of missing) await applyOne(session, migration);
    return missing.map(({ number, name }) => `${number} ${name}`);
  } finally {
    await session.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
  }
}

function checkNumbers(database: string, migrations: readonly Migration[]): void {
  const wrong = migrations.findIndex(({ number }, index) => number !== index + 1);
  if (wrong !== -1)
    throw new SchemaMismatch('misnumbered', `${database}: migration ${migrations[wrong]!.name} should have number ${wrong + 1}`);
}

function checkApplied(
  database: string,
  migrations: readonly Migration[],
  applied: readonly { number: number; name: string; checksum: string }[],
): void {
  if (applied.length > migrations.length) {
    throw new SchemaMismatch(
      'newer',
      `the database ${database} has schema ${applied.length}, this release knows up to ${migrations.length}: start the newer release`,
    );
  }
  for (const [index, step] of applied.entries()) {
    if (checksum(migrations[index]!.sql) !== step.checksum) {
      throw new SchemaMismatch('edited', `${database}: migration ${step.number} ${step.name} was edited after it had been applied`);
    }
  }
}

async function applyOne(session: MigrationSession, { number, name, sql }: Migration): Promise<void> {
  await session.query('BEGIN');
  try {
    await session.query(sql);
    await session.query('INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)', [number, name, checksum(sql)]);
    await session.query('COMMIT');
  } catch (error) {
    await session.query('ROLLBACK');
    throw error;
  }
}
