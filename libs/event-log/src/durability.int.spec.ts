import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root, sourceOf, typescript } from './child-of-test.js';
import { idsOf, readPartition, readTopic } from './contract-facts.js';
import { openEmbeddedLog } from './embedded-log.js';

const strace = spawnSync('strace', ['-V']).status === 0;
if (!strace) process.stderr.write('Counting syncs is skipped: strace is not installed here.\n');
const itWithStrace = strace ? it : it.skip;

const KILLS = 5;
const FACTS_OF_A_BATCH = 5;

describe('what is acknowledged', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pharos-durability-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  itWithStrace('was synced to disk between the call and its answer, data first and then the root that makes it visible', () => {
    const trace = path.join(folder, 'trace');
    const log = path.join(folder, 'log');
    const calls = 'trace=openat,write,writev,pwrite64,pwritev,fsync,fdatasync,msync';
    execFileSync(
      'strace',
      ['-f', '-o', trace, '-e', calls, process.execPath, ...typescript.execArgv, sourceOf('appending-child.ts'), log, 'run', '8'],
      { cwd: root, env: typescript.env, stdio: 'pipe' },
    );
    const lines = readFileSync(trace, 'utf8').split('\n');
    const [data, rootPage] = [/log\.mdb", O_RDWR/, /log\.mdb", O_WRONLY\|O_DSYNC/].map((how) => {
      const opened = lines.filter((line) => how.test(line)).at(-1);
      return opened?.split('= ').at(-1);
    });
    for (let batch = 0; batch < 8; batch++) {
      const from = lines.findIndex((line) => line.includes(`write(1, "appending ${batch}\\n`));
      const to = lines.findIndex((line) => line.includes(`write(1, "acknowledged ${batch}\\n`));
      expect(from).toBeGreaterThan(0);
      const between = lines.slice(from, to);
      const written = between.findLastIndex((line) => new RegExp(`(?:pwrite64|pwritev|writev)\\(${data},`).test(line));
      const synced = between.findIndex((line, i) => i > written && /(?:fdatasync\(|fdatasync resumed).*= 0$/.test(line));
      const visible = between.findIndex((line, i) => i > synced && line.includes(`pwrite64(${rootPage},`));
      expect(written).toBeGreaterThan(-1);
      expect(synced).toBeGreaterThan(written);
      expect(visible).toBeGreaterThan(synced);
    }
  });

  it(`is there after kill -9, ${KILLS} times at random moments, and nothing is there in part`, async () => {
    const acknowledged: string[] = [];
    for (let run = 0; run < KILLS; run++) {
      const child = spawn(process.execPath, [...typescript.execArgv, sourceOf('appending-child.ts'), folder, `run${run}`], {
        cwd: root,
        env: typescript.env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      const started = new Promise<void>((resolve) => {
        child.stdout.on('data', (bytes: Buffer) => {
          said += bytes.toString();
          // On a busy machine the first batch may take longer than any moment that is drawn below.
          if (said.includes('acknowledged 0\n')) resolve();
        });
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      await started;
      await setTimeout(Math.random() * 200);
      child.kill('SIGKILL');
      await ended;
      for (const [, batch] of said.matchAll(/acknowledged (\d+)\n/g)) {
        for (let i = 0; i < FACTS_OF_A_BATCH; i++) acknowledged.push(`run${run}-${batch}-${i}`);
      }
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * FACTS_OF_A_BATCH);

    const log = await openEmbeddedLog({ path: folder, now: () => new Date() });
    const all = await readTopic(log, 'statements');
    const ids = new Set(idsOf(all));
    expect(ids.size).toBe(all.length);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(all.length % FACTS_OF_A_BATCH).toBe(0);
    for (const [partition, head] of (await log.heads('statements')).entries()) {
      const offsets = (await readPartition(log, 'statements', partition)).map(({ position }) => position.offset);
      expect(offsets).toEqual(Array.from({ length: head }, (_, offset) => offset));
    }
    for (const stored of all) {
      expect((await log.findClaim('district', idsOf([stored])[0]!))?.position).toEqual(stored.position);
    }
    await log.close();
  });
});
