import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { EmbeddedPostgresError, postgresBinaries } from './postgres-binaries.js';
import { makeEnterable, postgresUser, type RunAs } from './postgres-user.js';
import { type AdminConnection, createDatabases, ownerLock } from './postgres-roles.js';
import { createCluster } from './postgres-cluster.js';
import { type Place, port, startPostmaster, stopOrphan, stopPostmaster } from './postmaster.js';

export { EmbeddedPostgresError } from './postgres-binaries.js';

/** Each database has a role of the same name that owns it, and no other role may connect to it. */
export const embeddedDatabases = ['pharos_registry', 'pharos_vault'] as const;
export type EmbeddedDatabase = (typeof embeddedDatabases)[number];

export interface EmbeddedPostgres {
  /** Connection settings for `pg`. */
  connection(database: EmbeddedDatabase): { host: string; port: number; database: string; user: string; password: string };
  /** Process id of the postmaster. */
  readonly pid: number;
  /** Ends sessions, writes a checkpoint and waits until the postmaster is gone. */
  stop(): Promise<void>;
}

const socketPathLimit = 107; // bytes, `sun_path` of Linux

/**
 * Starts the PostgreSQL of a data folder, made on the first call (about 1.5 s; later starts take some 100 ms). It listens
 * on a Unix socket in the folder and nowhere else. Only one process may have it: another one that lives is refused
 * (`in-use`); a postmaster that a killed process left behind is stopped cleanly first.
 *
 * @param options.dataDir Pharos' data folder; everything lies in `postgres` inside
 * @throws EmbeddedPostgresError
 * @example const home = await startEmbeddedPostgres({ dataDir: '/var/lib/pharos' }); new pg.Pool(home.connection('pharos_registry'))
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  readonly onLog?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const onLog = options.onLog ?? (() => undefined);
  const dataDir = path.resolve(options.dataDir);
  const binaries = await postgresBinaries();
  const as = await postgresUser(onLog);
  await mkdir(dataDir, { recursive: true });
  await makeEnterable(dataDir, as, onLog);
  const place = await makePlace(dataDir, as, onLog);
  const passwords = await readPasswords(place.passwords);
  const admin = { host: place.sockets, port, database: 'postgres', user: 'pharos', password: passwords.admin };

  await stopOrphan(place, admin, onLog);
  if (!(await exists(path.join(place.cluster, 'PG_VERSION')))) await createCluster(binaries, place.cluster, passwords.admin, as);
  const pid = await startPostmaster(binaries, place, as);
  const owner = await takeOwnership(admin, dataDir, passwords).catch(async (error: unknown) => {
    await stopPostmaster(place, pid);
    throw error;
  });

  return {
    pid,
    connection: (database) => ({ host: place.sockets, port, database, user: database, password: passwords[database] }),
    stop: async () => {
      await owner.end();
      await stopPostmaster(place, pid);
    },
  };
}

async function takeOwnership(admin: AdminConnection, dataDir: string, passwords: Passwords): Promise<pg.Client> {
  const owner = await ownerLock(admin);
  if (!owner) throw new EmbeddedPostgresError('in-use', `the data folder ${dataDir} is in use by another process`);
  await createDatabases(owner, embeddedDatabases, (database) => passwords[database]);
  return owner;
}

async function makePlace(dataDir: string, as: RunAs, onLog: (line: string) => void): Promise<Place> {
  const home = path.join(dataDir, 'postgres');
  let sockets = path.join(home, 'run');
  if (Buffer.byteLength(path.join(sockets, `.s.PGSQL.${port}.lock`)) > socketPathLimit) {
    const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
    sockets = path.join(os.tmpdir(), `pharos-${key}`);
    onLog(`the path of the data folder is too long for a socket: it lies in ${sockets}`);
  }
  const place = {
    cluster: path.join(home, 'cluster'),
    sockets,
    log: path.join(home, 'postgres.log'),
    passwords: path.join(dataDir, 'postgres-passwords.json'),
  };
  for (const folder of [home, sockets]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { uid } = await stat(folder);
    const wanted = as.uid ?? process.getuid?.();
    if (as.uid !== undefined && as.gid !== undefined && uid !== as.uid) await chown(folder, as.uid, as.gid);
    else if (uid !== wanted) throw new EmbeddedPostgresError('not-enterable', `${folder} belongs to another user`);
  }
  return place;
}

type Passwords = Readonly<Record<EmbeddedDatabase | 'admin', string>>;

/** Made once, readable by this user only. Written under another name first, so that a crash leaves none or a whole file. */
async function readPasswords(file: string): Promise<Passwords> {
  if (!(await exists(file))) {
    const fresh = Object.fromEntries(['admin', ...embeddedDatabases].map((role) => [role, randomBytes(24).toString('base64url')]));
    await writeDurably(file, JSON.stringify(fresh));
  }
  return JSON.parse(await readFile(file, 'utf8')) as Passwords;
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
