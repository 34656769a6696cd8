import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimed, idsOf, readTopic, voided } from './contract-facts.js';
import { type EmbeddedLog, openEmbeddedLog } from './embedded-log.js';
import { openTemporaryLog } from './temporary-log.js';

const now = () => new Date();

const mountPoint = mkdtempSync(path.join(tmpdir(), 'pharos-small-disk-'));
const mount = () => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', mountPoint]);
const unmount = () => spawnSync('umount', ['-l', mountPoint]);
const mayMount = mount().status === 0;
if (mayMount) unmount();
else process.stderr.write('Filling a disk is skipped: this user may not mount a small tmpfs here.\n');
const itWithMount = mayMount ? it : it.skip;

/** Random letters: nothing that packing makes small. */
const noise = (length: number) => Array.from({ length }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90))).join('');

async function appendUntilRefused(log: EmbeddedLog): Promise<{ ids: string[]; refused: unknown }> {
  const ids: string[] = [];
  for (let i = 0; i < 1_000; i++) {
    const fact = voided(`f${i}`, `learner-${i % 5}`, noise(40_000));
    try {
      await log.appendClaimed([{ fact, claim: { tenant: 'district', id: `f${i}`, hash: 'aa' } }]);
    } catch (refused) {
      return { ids, refused };
    }
    ids.push(`f${i}`);
  }
  throw new Error('the disk never became full');
}

// The driver prints each failed commit on its own, also after a test has ended; what matters is what the log answers.
console.error = () => undefined;

describe('a full disk', () => {
  beforeEach(() => {
    if (mayMount) mount();
  });
  afterEach(() => {
    if (mayMount) unmount();
    rmSync(mountPoint, { recursive: true, force: true });
  });

  itWithMount('refuses the append, writes nothing of it, and takes the next one when there is room again', async () => {
    const filler = path.join(mountPoint, 'filler');
    writeFileSync(filler, Buffer.alloc(1024 * 1024, 1));
    const folder = path.join(mountPoint, 'log');
    const log = await openEmbeddedLog({ path: folder, now });
    const { ids, refused } = await appendUntilRefused(log);
    expect(refused).toMatchObject({ name: 'LogUnavailable', code: 'disk-full' });
    expect(ids.length).toBeGreaterThan(5);
    expect(idsOf(await readTopic(log, 'statements')).sort()).toEqual([...ids].sort());
    expect(await log.findClaim('district', `f${ids.length}`)).toBeUndefined();
    rmSync(filler);
    const later = await log.appendClaimed([claimed('later'), claimed(`f${ids.length}`)]);
    expect(later.outcome).toBe('appended');
    await log.close();
    const reopened = await openEmbeddedLog({ path: folder, now });
    expect(idsOf(await readTopic(reopened, 'statements')).sort()).toEqual([...ids, 'later', `f${ids.length}`].sort());
    await reopened.close();
  });

  it('is also what a bound on the size of the log is answered with', async () => {
    const { log, dispose } = await openTemporaryLog({ now, maxBytes: 1024 * 1024 });
    const { ids, refused } = await appendUntilRefused(log);
    expect(refused).toMatchObject({ name: 'LogUnavailable', code: 'disk-full' });
    expect(log.size()).toBeLessThanOrEqual(1024 * 1024);
    expect(idsOf(await readTopic(log, 'statements')).sort()).toEqual([...ids].sort());
    await dispose();
  });
});
