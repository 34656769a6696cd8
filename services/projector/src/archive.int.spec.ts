import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { archivedLog, type EventLog, openFileBlobs, writeArchive } from '@pharos/event-log';
import { createMemoryIndex } from '@pharos/event-log/archive/memory-index';
import { enrolled, linked, mathsDefined, statement, voided } from './facts-of-test.js';
import { createProjector, rebuild } from './index.js';
import { openStores, type Stores } from './stores-of-test.js';

describe('tables folded again from the archive', () => {
  let stores: Stores;
  let folder: string;
  beforeAll(async () => {
    stores = await openStores();
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-archive-'));
  });
  afterAll(async () => {
    await stores.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('are the same row for row, though the log no longer has what was archived', async () => {
    const [log, warehouse] = [await stores.log(), await stores.warehouse()];
    await log.append([mathsDefined(), enrolled('ann'), enrolled('ben')]);
    for (let i = 0; i < 30; i++) await log.append([statement(`s${i}`, i % 3 === 0 ? 'ann' : 'ben', i % 5)]);
    await log.append([voided('s3', 'v', 'someone'), linked('ben', 'ann', true, 2)]);
    await createProjector({ log, warehouse }).runUntilCaughtUp();
    const archive = { blobs: openFileBlobs(folder), index: createMemoryIndex() };
    await writeArchive({ log, ...archive, now: () => new Date(), afterMs: 0, maxFacts: 7 });
    await log.append([statement('late', 'cem')]);
    await createProjector({ log, warehouse }).runUntilCaughtUp();
    const before = await warehouse.hashes();
    const gone = new Map(archive.index.all.map(({ topic, partition, next }) => [`${topic}/${partition}`, next]));
    // As a log whose retention is finite: what lies below is no longer there.
    const short: EventLog = Object.assign(Object.create(log) as EventLog, {
      read: (...args: Parameters<EventLog['read']>) =>
        args[2] < (gone.get(`${args[0]}/${args[1]}`) ?? 0) ? Promise.reject(new Error('gone')) : log.read(...args),
    });
    await expect(rebuild({ log: short, warehouse })).rejects.toThrow('gone');
    expect(await rebuild({ log: archivedLog(short, archive), warehouse })).toEqual({ facts: 36 });
    expect(await warehouse.hashes()).toEqual(before);
  });
});
