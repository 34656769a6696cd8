import { spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, type PostgresBinaries } from './postgres-binaries.js';
import { type AdminConnection, ownerLock } from './postgres-roles.js';
import { type RunAs, serverEnvironment } from './postgres-user.js';

/** Where one PostgreSQL lies. */
export interface Place {
  readonly cluster: string;
  readonly sockets: string;
  readonly log: string;
  readonly passwords: string;
}

/** Only part of the socket's name: nothing listens on TCP. */
export const port = 5432;

const startTimeoutMs = 60_000;
const stopTimeoutMs = 60_000;
const exitTimeoutMs = 2_000;
const logLimitBytes = 8 << 20;

/**
 * Small: this shares a laptop with the warehouse engine. What is durable stays durable: fsync, full pages and synchronous
 * commit keep PostgreSQL's defaults, and are named so that nobody has to wonder.
 */
const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '32MB',
  max_connections: '60',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  max_parallel_workers: '0',
  autovacuum_max_workers: '1',
  max_wal_senders: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
} as const;

interface PidFile {
  readonly pid: number;
  /** `starting`, `ready`, `stopping`, `standby`. */
  readonly status: string;
}

/** What the postmaster says of itself, if it is there. The lines are those of PostgreSQL's `pidfile.h`. */
async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  try {
    const lines = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Starts the postmaster and waits until it takes connections.
 *
 * It is detached, so that Ctrl-C at the terminal reaches this process only, which stops it last and in order. It writes
 * its own log file: a pipe that nobody reads would block it.
 */
export async function startPostmaster(binaries: PostgresBinaries, place: Place, as: RunAs): Promise<number> {
  const tooLong = await stat(place.log).then(
    ({ size }) => size > logLimitBytes,
    () => false,
  );
  const log = await open(place.log, tooLong ? 'w' : 'a', 0o600);
  let ended: string | undefined;
  const flags = Object.entries({ ...settings, unix_socket_directories: place.sockets, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(binaries.postgres, ['-D', place.cluster, ...flags], {
    ...as,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: serverEnvironment,
  });
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, signal) => (ended = `ended with ${code ?? signal ?? 'nothing'}`));
  child.unref();
  await log.close();
  for (const end = Date.now() + startTimeoutMs; Date.now() < end; await sleep(10)) {
    if (ended !== undefined) throw new EmbeddedPostgresError('failed', `PostgreSQL ${ended}; its last words: ${await lastLine(place.log)}`);
    const file = await readPidFile(place.cluster);
    if (file?.pid === child.pid && file?.status === 'ready') return file.pid;
  }
  throw new EmbeddedPostgresError('failed', `PostgreSQL did not take connections within ${startTimeoutMs / 1000} s; see ${place.log}`);
}

async function lastLine(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.findLast((line) => /FATAL|ERROR/.test(line)) ?? lines.at(-1) ?? '';
}

/**
 * Stops a postmaster that a killed process left behind. Its settings may be those of an older release, so it is stopped
 * and started again and not adopted as it is.
 *
 * @throws EmbeddedPostgresError `in-use` when the process that started it lives
 */
export async function stopOrphan(place: Place, admin: AdminConnection, onLog: (line: string) => void): Promise<void> {
  const file = await readPidFile(place.cluster);
  if (!file || !isAlive(file.pid)) return;
  const owner = await connectOrNot(admin);
  if (owner === 'nobody') return; // the process id belongs to something else by now: PostgreSQL clears its file itself
  if (owner === 'taken') throw new EmbeddedPostgresError('in-use', `the data folder of ${place.cluster} is in use by another process`);
  await owner.end();
  await stopPostmaster(place, file.pid);
  onLog(`stopped PostgreSQL (process ${file.pid}), which a killed process had left running`);
}

/** The owner's lock if it was free, `taken`, or `nobody` where no PostgreSQL answers on the socket. */
async function connectOrNot(admin: AdminConnection): Promise<NonNullable<Awaited<ReturnType<typeof ownerLock>>> | 'taken' | 'nobody'> {
  for (const end = Date.now() + startTimeoutMs; ; await sleep(50)) {
    try {
      return (await ownerLock(admin)) ?? 'taken';
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'nobody';
      const startingOrStopping = code === '57P03';
      if (!startingOrStopping || Date.now() > end) throw error;
    }
  }
}

/** Fast shutdown: sessions are ended, a checkpoint is written. Resolves when the process is gone. */
export async function stopPostmaster(place: Place, pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGINT');
  for (const end = Date.now() + stopTimeoutMs; Date.now() < end; await sleep(10)) {
    if (!isAlive(pid)) return;
    if ((await readPidFile(place.cluster))?.pid !== pid) return waitForExit(pid);
  }
  throw new EmbeddedPostgresError('failed', `PostgreSQL (process ${pid}) did not stop within ${stopTimeoutMs / 1000} s`);
}

/**
 * The postmaster removes its file as the last thing before it exits. A while is enough: where no init process reaps what
 * a killed parent left, an ended process keeps its number for good.
 */
async function waitForExit(pid: number): Promise<void> {
  for (const end = Date.now() + exitTimeoutMs; Date.now() < end && isAlive(pid); await sleep(5));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
