import { execFile } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './postgres-binaries.js';

const run = promisify(execFile);

/** All that PostgreSQL's programs see of the environment: ours may hold secrets. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** Whom PostgreSQL runs as: empty for the present user. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root: then it runs as the system user `postgres`, which is made if there is none.
 *
 * @throws EmbeddedPostgresError when it cannot be made
 */
export async function postgresUser(onLog: (line: string) => void): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  const known = await idsOf('postgres');
  if (known) return known;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  } catch (cause) {
    const made = await idsOf('postgres'); // another process may have been quicker
    if (made) return made;
    throw new EmbeddedPostgresError('no-user', 'PostgreSQL does not run as root, and the system user postgres could not be made', {
      cause,
    });
  }
  onLog('made the system user postgres: PostgreSQL does not run as root');
  const made = await idsOf('postgres');
  if (!made) throw new EmbeddedPostgresError('no-user', 'the system user postgres was made but is not known');
  return made;
}

async function idsOf(user: string): Promise<Required<RunAs> | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined; // `id` ends with 1 for an unknown user
  }
}

/**
 * Lets another user pass through the data folder to its own folder inside: passing only, nothing becomes readable.
 *
 * @throws EmbeddedPostgresError when a folder above cannot be passed; those are not ours to change
 */
export async function makeEnterable(dataDir: string, as: RunAs, onLog: (line: string) => void): Promise<void> {
  if (as.uid === undefined) return;
  for (let folder = path.dirname(dataDir); ; folder = path.dirname(folder)) {
    const { mode, uid } = await stat(folder);
    if ((mode & 0o001) === 0 && uid !== as.uid) {
      throw new EmbeddedPostgresError(
        'not-enterable',
        `PostgreSQL runs as the user postgres, which may not enter ${folder}: choose another data folder, or chmod o+x it`,
      );
    }
    if (folder === path.dirname(folder)) break;
  }
  const { mode, uid } = await stat(dataDir);
  if ((mode & 0o001) !== 0 || uid === as.uid) return;
  await chmod(dataDir, mode | 0o011);
  onLog(`lets the user postgres pass through ${dataDir}`);
}
