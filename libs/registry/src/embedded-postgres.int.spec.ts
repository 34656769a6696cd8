import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

let dataDir: string;
let home: EmbeddedPostgres;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'pharos-pg-'));
  home = await startEmbeddedPostgres({ dataDir });
});
afterAll(async () => {
  await home.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(settings: pg.ClientConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(settings);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('is durable and does not listen on TCP', async () => {
    const rows = await ask(
      home.connection('pharos_registry'),
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS tcp`,
    );
    expect(rows).toEqual([{ fsync: 'on', commit: 'on', tcp: '' }]);
  });

  it('keeps its passwords from other users', async () => {
    expect((await stat(path.join(dataDir, 'postgres-passwords.json'))).mode & 0o777).toBe(0o600);
  });

  it('lets neither role into the database of the other', async () => {
    const registry = home.connection('pharos_registry');
    const vault = home.connection('pharos_vault');
    await expect(ask({ ...registry, database: 'pharos_vault' }, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    await expect(ask({ ...vault, database: 'pharos_registry' }, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    await expect(ask({ ...registry, database: 'postgres' }, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    await expect(ask({ ...registry, user: 'pharos_vault' }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses a second owner while the first lives', async () => {
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ name: 'EmbeddedPostgresError', code: 'in-use' });
    expect(await ask(home.connection('pharos_registry'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps what was committed over a stop and a start', async () => {
    await ask(home.connection('pharos_registry'), 'CREATE TABLE kept AS SELECT 7 AS seven');
    await home.stop();
    home = await startEmbeddedPostgres({ dataDir });
    expect(await ask(home.connection('pharos_registry'), 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
  });

  it('takes over from a process that was killed', async () => {
    await home.stop();
    const other = await startInOtherProcess(dataDir);
    await ask(home.connection('pharos_registry'), 'CREATE TABLE before_the_kill AS SELECT 1 AS one');
    other.kill();
    await other.gone;
    expect(() => process.kill(other.postmaster, 0)).not.toThrow();
    const said: string[] = [];
    home = await startEmbeddedPostgres({ dataDir, onLog: (line) => said.push(line) });
    expect(said.join()).toContain(`process ${other.postmaster}`);
    expect(home.pid).not.toBe(other.postmaster);
    expect(await ask(home.connection('pharos_registry'), 'SELECT one FROM before_the_kill')).toEqual([{ one: 1 }]);
  });

  it('puts the socket elsewhere, and says so, where the path is too long', async () => {
    const long = path.join(dataDir, 'x'.repeat(90));
    const said: string[] = [];
    const far = await startEmbeddedPostgres({ dataDir: long, onLog: (line) => said.push(line) });
    try {
      expect(far.connection('pharos_vault').host.startsWith(path.join(os.tmpdir(), 'pharos-'))).toBe(true);
      expect(said.join()).toContain('too long for a socket');
      expect(await ask(far.connection('pharos_vault'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await far.stop();
      await rm(far.connection('pharos_vault').host, { recursive: true, force: true });
    }
  });
});

/** Another process that owns the folder's PostgreSQL, to be killed. */
async function startInOtherProcess(folder: string): Promise<{ postmaster: number; kill: () => void; gone: Promise<unknown> }> {
  const program = `
    const { startEmbeddedPostgres } = await import('./libs/registry/src/embedded-postgres.ts');
    const home = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)} });
    process.stdout.write(String(home.pid));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SWC_NODE_PROJECT: 'tsconfig.base.json' },
  });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  const postmaster = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
    child.on('exit', () => reject(new Error('the other process ended before PostgreSQL was up')));
  });
  return { postmaster, kill: () => child.kill('SIGKILL'), gone };
}
