import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { type ProcessIdentity, startOf, thisProcess } from './process-identity.js';
import { LogRefused } from './event-log.js';

/** The owner touches its lock this often, so that it is known to live even from another container. */
const BEAT_MS = 2_000;
const SILENT_MS = 10_000;

/**
 * Makes this process the owner of a data folder, by a file that names it. LMDB itself would let several processes in,
 * and a second Pharos on the same folder would run every job twice.
 *
 * @param join this thread works beside the one that owns the folder in the same process
 * @returns gives the folder back
 * @throws LogRefused in one line when another process owns the folder, or when there is no owner to join
 */
export function takeFolder(folder: string, join: boolean): () => void {
  const file = path.join(folder, 'owner.lock');
  const me = thisProcess();
  if (join) {
    const owner = readOwner(file);
    if (owner && isSame(owner, me)) return () => undefined;
    throw new LogRefused(`There is nothing to join: this process does not own ${folder}.`);
  }
  mkdirSync(folder, { recursive: true });
  while (!create(file, me)) {
    const owner = readOwner(file);
    if (!owner) continue;
    if (isSame(owner, me)) throw new LogRefused(`${folder} is already open in this process.`);
    if (lives(owner, me, file)) throw new LogRefused(`${folder} is in use by another process (${owner.pid}).`);
    setAside(file, owner);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now, (error) => {
      // Whoever took the folder away took the lock with it: nothing is left to keep alive.
      if (error) clearInterval(beat);
    });
  }, BEAT_MS).unref();
  return () => {
    clearInterval(beat);
    rmSync(file, { force: true });
  };
}

/** Creates the lock with its content in one step, so that nobody ever reads half of it. */
function create(file: string, me: ProcessIdentity): boolean {
  const draft = `${file}.${me.pid}.${threadId}`;
  writeFileSync(draft, JSON.stringify(me));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const isSame = (a: ProcessIdentity, b: ProcessIdentity) => JSON.stringify(a) === JSON.stringify(b);

function lives(owner: ProcessIdentity, me: ProcessIdentity, file: string): boolean {
  if (owner.machine !== me.machine) return false;
  if (owner.namespace === me.namespace) return startOf(owner.pid) === owner.started;
  return Date.now() - statSync(file).mtimeMs < SILENT_MS;
}

/** Removes the lock of an owner that is gone, unless another process has just put its own in that place. */
function setAside(file: string, gone: ProcessIdentity): void {
  const aside = `${file}.${process.pid}.gone`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = readOwner(aside);
  if (taken && !isSame(taken, gone)) linkSync(aside, file);
  rmSync(aside, { force: true });
}
