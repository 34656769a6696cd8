import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import { root, sourceOf, typescript } from './child-of-test.js';
import { idsOf, policy, readTopic, voided } from './contract-facts.js';
import { openEmbeddedLog } from './embedded-log.js';
import { thisProcess } from './process-identity.js';

const now = () => new Date();

describe('the folder of a log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pharos-folder-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is refused while another process owns it, and free when that is gone', async () => {
    const child = spawn(process.execPath, [...typescript.execArgv, sourceOf('appending-child.ts'), folder, 'run'], {
      cwd: root,
      env: typescript.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(openEmbeddedLog({ path: folder, now })).rejects.toThrow(`${folder} is in use by another process (${child.pid}).`);
    const reader = await openEmbeddedLog({ path: folder, now, readOnly: true });
    await expect(reader.append([voided('a')])).rejects.toMatchObject({ code: 'closed' });
    await reader.close();
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdout.resume();
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(path.join(folder, 'owner.lock'))).toBe(true);
    const log = await openEmbeddedLog({ path: folder, now });
    await log.close();
    expect(existsSync(path.join(folder, 'owner.lock'))).toBe(false);
  });

  it('is not taken from an owner in another container that still beats, and is when it has long been silent', async () => {
    const elsewhere = { ...thisProcess(), pid: 1, started: '1', namespace: 'pid:[1]' };
    const file = path.join(folder, 'owner.lock');
    writeFileSync(file, JSON.stringify(elsewhere));
    await expect(openEmbeddedLog({ path: folder, now })).rejects.toThrow('in use by another process (1)');
    writeFileSync(file, JSON.stringify({ ...elsewhere, machine: 'before the last start of the machine' }));
    await (await openEmbeddedLog({ path: folder, now })).close();
  });

  it('is opened once in a process, and joined by its threads', async () => {
    await expect(openEmbeddedLog({ path: folder, now, joinOwner: true })).rejects.toThrow('There is nothing to join');
    const log = await openEmbeddedLog({ path: folder, now });
    await expect(openEmbeddedLog({ path: folder, now })).rejects.toThrow(`${folder} is already open in this process.`);
    const joined = await openEmbeddedLog({ path: folder, now, joinOwner: true });
    await joined.append([voided('a')]);
    await joined.close();
    await log.append([voided('b')]);
    expect(idsOf(await readTopic(log, 'statements'))).toEqual(['a', 'b']);
    await log.close();
  });

  it('lets several threads append and hear of each other', async () => {
    const log = await openEmbeddedLog({ path: folder, now });
    const threads = ['one', 'two'].map(
      (name) => new Worker(sourceOf('joining-thread.ts'), { ...typescript, workerData: { path: folder, name, facts: 150 } }),
    );
    await Promise.all(threads.map((thread) => message(thread)));
    const news = log.waitForNews(['statements'], 20_000);
    const start = performance.now();
    for (const thread of threads) thread.postMessage('go');
    const own = Promise.all(Array.from({ length: 150 }, (_, i) => log.append([voided(`main-${i}`, `main-${i % 7}`)])));
    await news;
    expect(performance.now() - start).toBeLessThan(10_000);
    await own;
    const heads = threads.map((thread) => message(thread));
    const left = threads.map((thread) => new Promise((resolve) => thread.once('exit', resolve)));
    await until(async () => (await log.heads('statements')).reduce((sum, head) => sum + head, 0) === 450);
    await log.append([policy('told to the threads')]);
    expect(await Promise.all(heads)).toEqual([[1], [1]]);
    expect(await Promise.all(left)).toEqual([0, 0]);
    const all = await readTopic(log, 'statements');
    expect(new Set(idsOf(all)).size).toBe(450);
    for (const name of ['one', 'two', 'main']) {
      const order = idsOf(all).filter((id) => id.startsWith(`${name}-`) && Number(id.split('-')[1]) % 7 === 3);
      expect(order).toEqual([...order].sort((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1])));
    }
    await log.close();
  });

  it('keeps its number of partitions, and says so', async () => {
    await (await openEmbeddedLog({ path: folder, now, partitions: { statements: 2 } })).close();
    await expect(openEmbeddedLog({ path: folder, now, partitions: { statements: 3 } })).rejects.toThrow(
      'has 2 partitions of statements, not 3',
    );
    const log = await openEmbeddedLog({ path: folder, now });
    expect(await log.heads('statements')).toEqual([0, 0]);
    await log.close();
  });

  it('of a newer release is refused and left as it is', async () => {
    const identity = { format: 2, epoch: 'e', partitions: {} };
    const root = open({ path: path.join(folder, 'log.mdb'), noSubdir: true, maxDbs: 64, overlappingSync: false });
    await root.openDB('meta', { encoding: 'json' }).put('identity', identity);
    await root.close();
    await expect(openEmbeddedLog({ path: folder, now })).rejects.toThrow(
      'was made by a newer release (format 2; this release reads up to 1)',
    );
    expect(existsSync(path.join(folder, 'owner.lock'))).toBe(false);
  });

  it('is copied while appends go on: the copy is a log of its own, complete up to one moment', async () => {
    const log = await openEmbeddedLog({ path: path.join(folder, 'log'), now });
    const first = await log.appendClaimed([{ fact: voided('a'), claim: { tenant: 'district', id: 'a', hash: 'aa' } }]);
    const appending = Promise.all(Array.from({ length: 50 }, (_, i) => log.append([voided(`b${i}`)])));
    const bytes = await log.copyTo(path.join(folder, 'copy'));
    await appending;
    expect(bytes).toBeGreaterThan(0);
    const copy = await openEmbeddedLog({ path: path.join(folder, 'copy'), now });
    expect(copy.epoch).toBe(log.epoch);
    expect(await copy.findClaim('district', 'a')).toMatchObject({ position: first.outcome === 'appended' && first.results[0]!.position });
    const ids = idsOf(await readTopic(copy, 'statements'));
    expect(ids).toEqual(idsOf(await readTopic(log, 'statements')).slice(0, ids.length));
    await Promise.all([log.close(), copy.close()]);
  });
});

function message(thread: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
