import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { topicNames } from '@pharos/facts';
import { type BlobStore } from '../blobs.js';
import { claimed, readTopic } from '../contract-facts.js';
import { type EventLog, type Position } from '../event-log.js';
import { openFileBlobs } from '../file-blobs.js';
import { type OpenedLog, type OpenLog } from '../testing.js';
import { writeArchive } from './archive.js';
import { archivedLog } from './archived-log.js';
import { createMemoryIndex } from './memory-index.js';
import { indexAgain, readTips } from './tips.js';

const everything = async (log: EventLog) => (await Promise.all(topicNames.map((topic) => readTopic(log, topic)))).flat();

/**
 * What an archive keeps of a log, whatever log it is.
 *
 * @param openBlobs where segments go; files of a temporary folder, if it is left out
 * @param forget makes the log lose what lies below these offsets, where it can
 */
export function archiveContract<Opened extends OpenedLog>(
  name: string,
  open: (...settings: Parameters<OpenLog>) => Promise<Opened>,
  {
    openBlobs,
    forget,
  }: { readonly openBlobs?: () => BlobStore; readonly forget?: (opened: Opened, below: readonly Position[]) => Promise<void> } = {},
): void {
  describe(`the archive of ${name}`, () => {
    const folders: string[] = [];
    afterAll(async () => {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    });
    const files = async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'pharos-archive-'));
      folders.push(folder);
      return { folder, blobs: openBlobs?.() ?? openFileBlobs(folder) };
    };
    const now = () => new Date();

    it('gives back every fact as the log has it, at its place, also when the log no longer has it', async () => {
      const opened = await open(now);
      const { log } = opened;
      const [{ blobs }, index] = [await files(), createMemoryIndex()];
      for (let round = 0; round < 4; round++) await log.appendClaimed(['a', 'b', 'c', 'd', 'e'].map((id) => claimed(`${id}${round}`)));
      const before = await everything(log);
      const written = await writeArchive({ log, blobs, index, now, afterMs: 0, maxFacts: 3 });
      expect(written.facts).toBe(20);
      expect(written.segments).toBeGreaterThanOrEqual(7);
      expect(await writeArchive({ log, blobs, index, now, afterMs: 0 })).toEqual({ segments: 0, facts: 0, bytes: 0 });
      await log.appendClaimed([claimed('late')]);
      await forget?.(
        opened,
        index.all.map(({ topic, partition, next: offset }) => ({ topic, partition, offset })),
      );
      const archived = archivedLog(log, { blobs, index });
      const after = await everything(archived);
      expect(after).toHaveLength(21);
      expect(after).toEqual(expect.arrayContaining(before));
      expect(archived.epoch).toBe(log.epoch);
      await opened.dispose();
    });

    it('has its index made again from the segments alone', async () => {
      const opened = await open(now);
      const { log } = opened;
      const [{ blobs }, index, again] = [await files(), createMemoryIndex(), createMemoryIndex()];
      const write = async (round: number) => {
        await log.appendClaimed(['a', 'b', 'c', 'd', 'e'].map((id) => claimed(`${id}${round}`)));
        await writeArchive({ log, blobs, index, now, afterMs: 0, maxFacts: 2 });
      };
      expect(await readTips({ blobs }, log.epoch)).toBeUndefined();
      await write(0);
      again.all.push(...index.all);
      const former = index.all.length;
      await write(1);
      expect(await indexAgain({ blobs, index: again }, log.epoch, (await readTips({ blobs }, log.epoch))!)).toBe(index.all.length - former);
      expect(new Set(again.all)).toEqual(new Set(index.all));
      await blobs.delete(index.all.at(-1)!.blob);
      await expect(indexAgain({ blobs, index: createMemoryIndex() }, log.epoch, (await readTips({ blobs }, log.epoch))!)).rejects.toThrow(
        'lacks',
      );
      await opened.dispose();
    });

    it('leaves a segment open that is neither full nor old', async () => {
      const opened = await open(now);
      const [{ blobs }, index] = [await files(), createMemoryIndex()];
      await opened.log.appendClaimed(['a', 'b', 'c'].map((id) => claimed(id)));
      const options = { log: opened.log, blobs, index, now };
      expect(await writeArchive({ ...options, afterMs: 3_600_000 })).toMatchObject({ segments: 0 });
      expect(await writeArchive({ ...options, afterMs: 3_600_000, now: () => new Date(Date.now() + 3_700_000) })).toMatchObject({
        facts: 3,
      });
      await opened.dispose();
    });

    it('is refused where a segment is missing, damaged or leaves a gap', async () => {
      const opened = await open(now);
      const { log } = opened;
      const [{ blobs, folder }, index] = [await files(), createMemoryIndex()];
      await log.append(
        [claimed('a').fact, claimed('b').fact, claimed('c').fact, claimed('d').fact].map((fact) => ({ ...fact, key: 'one' })),
      );
      await writeArchive({ log, blobs, index, now, afterMs: 0, maxFacts: 1 });
      const { topic, partition, blob, first } = index.all[1]!;
      const lacking = createMemoryIndex();
      lacking.all.push(index.all[0]!, index.all[2]!);
      await expect(archivedLog(log, { blobs, index: lacking }).read(topic, partition, 0)).rejects.toThrow(`gap at ${first}`);
      const swapped = createMemoryIndex();
      swapped.all.push({ ...index.all[0]!, blob });
      await expect(archivedLog(log, { blobs, index: swapped }).read(topic, partition, 0)).rejects.toMatchObject({ name: 'SegmentRefused' });
      if (!openBlobs) {
        await writeFile(path.join(folder, blob.slice(0, 2), blob), 'rotten');
        await expect(archivedLog(log, { blobs, index }).read(topic, partition, first)).rejects.toMatchObject({ name: 'BlobDamaged' });
      }
      await blobs.delete(blob);
      await expect(archivedLog(log, { blobs, index }).read(topic, partition, first)).rejects.toThrow(`lacks ${blob}`);
      await opened.dispose();
    });
  });
}
