import pg from 'pg';

export interface AdminConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** Held by the process that owns the data folder, for as long as it lives. The number only has to be the same everywhere. */
const ownerLockKey = 7_274_260;

/**
 * Marks this process as the owner of the running PostgreSQL; undefined when another process is. The session is the lock:
 * it goes with the process, however that ends.
 */
export async function ownerLock(admin: AdminConnection): Promise<pg.Client | undefined> {
  const client = new pg.Client(admin);
  client.on('error', () => undefined); // the server ends it when it stops; whoever still queries hears of it there
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [ownerLockKey]);
    if (rows[0]?.held) return client;
  } catch (error) {
    await client.end();
    throw error;
  }
  await client.end();
  return undefined;
}

/** Makes each database with a role of the same name, which alone (beside the administrator) may connect to it. Idempotent. */
export async function createDatabases<Name extends string>(
  admin: pg.Client,
  names: readonly Name[],
  passwordOf: (name: Name) => string,
): Promise<void> {
  await admin.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
  for (const name of names) {
    const role = pg.escapeIdentifier(name);
    const known = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    const password = pg.escapeLiteral(passwordOf(name));
    if (known.rowCount === 0) await admin.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${password}`);
    const made = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (made.rowCount === 0) await admin.query(`CREATE DATABASE ${role} OWNER ${role}`);
    await admin.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
  }
}
