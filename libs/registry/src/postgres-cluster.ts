import { spawn } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError, type PostgresBinaries } from './postgres-binaries.js';
import { type RunAs, serverEnvironment } from './postgres-user.js';

/** A cluster appears under its name only when it is whole: an interrupted creation is thrown away and made again. */
export async function createCluster(binaries: PostgresBinaries, cluster: string, password: string, as: RunAs): Promise<void> {
  const half = `${cluster}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const passwordFile = `${half}-password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) await Promise.all([half, passwordFile].map((made) => chown(made, as.uid!, as.gid!)));
  try {
    // The builtin locale sorts the same on every machine, so that an index never depends on the system's libc.
    await runToEnd(binaries.initdb, [
      `--pgdata=${half}`, '--auth=scram-sha-256', '--username=pharos', `--pwfile=${passwordFile}`, '--encoding=UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
    ], as); // prettier-ignore
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(cluster, { recursive: true, force: true });
  await rename(half, cluster);
}

function runToEnd(program: string, args: readonly string[], as: RunAs): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...as, stdio: ['ignore', 'ignore', 'pipe'], env: serverEnvironment });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new EmbeddedPostgresError('failed', `${path.basename(program)} ended with ${code}: ${said.trim().slice(-500)}`)),
    );
  });
}
