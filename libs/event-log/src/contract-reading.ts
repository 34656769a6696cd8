import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { factOf, idsOf, policy, readPartition, readTopic, voided } from './contract-facts.js';
import { type OpenedLog, type OpenLog } from './testing.js';

/** Reading, consumers and news. */
export function readingContract(open: OpenLog): void {
  describe('reading', () => {
    let opened: OpenedLog;
    beforeEach(async () => {
      opened = await open(() => new Date());
    });
    afterEach(() => opened.dispose());

    it('starts at any offset and stops at the bounds given', async () => {
      for (let batch = 0; batch < 10; batch++) {
        await opened.log.append(Array.from({ length: 7 }, (_, i) => voided(`f${batch * 7 + i}`)));
      }
      const partition = (await opened.log.heads('statements')).findIndex((head) => head === 70);
      for (const from of [0, 3, 6, 7, 33, 69]) {
        const read = await opened.log.read('statements', partition, from, { maxFacts: 12 });
        expect(idsOf(read)).toEqual(Array.from({ length: Math.min(12, 70 - from) }, (_, i) => `f${from + i}`));
        expect(read[0]!.position).toEqual({ topic: 'statements', partition, offset: from });
      }
      expect(await opened.log.read('statements', partition, 70)).toEqual([]);
      expect(await opened.log.read('statements', partition, 7_000)).toEqual([]);
    });

    it('returns at least one fact, however many bytes it has', async () => {
      await opened.log.append(Array.from({ length: 5 }, (_, i) => voided(`f${i}`, 'learner-1', 'x'.repeat(2_000))));
      const partition = (await opened.log.heads('statements')).findIndex((head) => head === 5);
      expect(idsOf(await opened.log.read('statements', partition, 2, { maxBytes: 1 }))).toEqual(['f2']);
      expect((await opened.log.read('statements', partition, 0, { maxBytes: 4_500 })).length).toBeLessThan(5);
    });

    it('keeps what each consumer has done, apart from the others and over a restart', async () => {
      await opened.log.commit('fold', 'statements', 1, 40);
      await opened.log.commit('fold', 'statements', 1, 42);
      await opened.log.commit('mail', 'governance', 0, 7);
      const log = await opened.reopen();
      const expected = Array.from({ length: log.partitions('statements') }, (_, partition) => (partition === 1 ? 42 : 0));
      expect(await log.committed('fold', 'statements')).toEqual(expected);
      expect(await log.committed('mail', 'governance')).toEqual([7]);
      expect(await log.committed('fold', 'governance')).toEqual([0]);
      await log.forget('fold');
      expect((await log.committed('fold', 'statements')).every((next) => next === 0)).toBe(true);
      expect(await log.committed('mail', 'governance')).toEqual([7]);
    });

    it('wakes who waits for news of a topic', async () => {
      const { log } = opened;
      const start = performance.now();
      const news = log.waitForNews(['statements'], 20_000);
      await log.append([voided('a')]);
      await news;
      expect(performance.now() - start).toBeLessThan(5_000);
    });

    it('lets go after the time given when there is no news of the topic', async () => {
      const { log } = opened;
      const start = performance.now();
      const news = log.waitForNews(['statements'], 300);
      await log.append([policy('g')]);
      await news;
      expect(performance.now() - start).toBeGreaterThan(250);
    });

    it('lets whoever gathers know that somebody waits, and go on by themselves where nobody does', async () => {
      const { log } = opened;
      const start = performance.now();
      const gathered = Promise.all([log.hurried(20_000), log.hurried(20_000)]);
      log.hurry();
      await gathered;
      expect(performance.now() - start).toBeLessThan(5_000);
      // Said before is said to nobody.
      const later = performance.now();
      await log.hurried(200);
      expect(performance.now() - later).toBeGreaterThan(150);
    });

    it('reads back whatever several writers append: in order for each key, without loss or repetition', async () => {
      let run = 0;
      const writers = fc.array(fc.array(fc.array(fc.nat(5), { maxLength: 6 }), { maxLength: 6 }), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(writers, async (plan) => {
          const name = `run${run++}`;
          const before = await opened.log.heads('statements');
          const sent = await Promise.all(
            plan.map(async (batches, writer) => {
              const ids: string[] = [];
              for (const keys of batches) {
                const facts = keys.map((key, i) => voided(`${name}-${writer}-${ids.length + i}`, `${name}-${writer}-${key}`));
                await opened.log.append(facts);
                ids.push(...facts.map(({ id }) => id));
              }
              return ids;
            }),
          );
          const read = (
            await Promise.all(before.map(async (head, partition) => (await readPartition(opened.log, 'statements', partition)).slice(head)))
          ).flat();
          expect(idsOf(read).sort()).toEqual(sent.flat().sort());
          const lastOf = new Map<string, number>();
          for (const stored of read) {
            const { id, key } = factOf(stored);
            const order = Number(id.split('-')[2]);
            expect(order).toBeGreaterThan(lastOf.get(key) ?? -1);
            lastOf.set(key, order);
          }
        }),
        { numRuns: 40 },
      );
      expect(await readTopic(opened.log, 'governance')).toEqual([]);
    });

    it('takes nothing after it is closed, and says so', async () => {
      const { log } = opened;
      await log.append([voided('a')]);
      await log.close();
      await expect(log.append([voided('b')])).rejects.toMatchObject({ name: 'LogUnavailable', code: 'closed' });
      expect(idsOf(await readTopic(await opened.reopen(), 'statements'))).toEqual(['a']);
    });
  });
}
