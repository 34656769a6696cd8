import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { policy, factOf, idsOf, readPartition, readTopic, voided } from './contract-facts.js';
import { type OpenedLog, type OpenLog } from './testing.js';

/** Appending and the order, time and durability of what was appended. */
export function appendingContract(open: OpenLog): void {
  describe('appending', () => {
    let opened: OpenedLog;
    let clock = Date.parse('2026-09-01T12:00:00.000Z');
    beforeEach(async () => {
      opened = await open(() => new Date(clock));
    });
    afterEach(() => opened.dispose());

    it('hands out what was appended, with the time of recording', async () => {
      const [recorded] = await opened.log.append([voided('a')]);
      const [stored] = await opened.log.read('statements', recorded!.position.partition, 0);
      expect(stored!.position).toEqual(recorded!.position);
      expect(stored!.stored).toEqual({ ...voided('a'), knownAt: recorded!.recordedAt, recordedAt: recorded!.recordedAt });
    });

    it('keeps what was acknowledged when it is opened again', async () => {
      const before = await opened.log.append(Array.from({ length: 50 }, (_, i) => voided(`f${i}`, `learner-${i}`)));
      const { epoch } = opened.log;
      const log = await opened.reopen();
      expect(log.epoch).toBe(epoch);
      expect((await readTopic(log, 'statements')).map(({ position }) => position)).toEqual(
        [...before].map(({ position }) => position).sort((a, b) => a.partition - b.partition || a.offset - b.offset),
      );
      const [next] = await log.append([voided('later', 'learner-0')]);
      expect(next!.position).toEqual({ ...before[0]!.position, offset: (await log.heads('statements'))[next!.position.partition]! - 1 });
    });

    it('counts each partition from 0 without a gap, and says where it ends', async () => {
      await opened.log.append(Array.from({ length: 40 }, (_, i) => voided(`f${i}`, `learner-${i}`)));
      await Promise.all(Array.from({ length: 40 }, (_, i) => opened.log.append([voided(`g${i}`, `learner-${i}`)])));
      const heads = await opened.log.heads('statements');
      expect(heads).toHaveLength(opened.log.partitions('statements'));
      expect(heads.reduce((sum, head) => sum + head, 0)).toBe(80);
      for (const [partition, head] of heads.entries()) {
        const offsets = (await readPartition(opened.log, 'statements', partition)).map(({ position }) => position.offset);
        expect(offsets).toEqual(Array.from({ length: head }, (_, offset) => offset));
      }
    });

    it('keeps a key in one partition, in the order of appending', async () => {
      const keys = ['anna', 'ben', 'çelik', '学生'];
      for (let i = 0; i < 30; i++) await opened.log.append(keys.map((key) => voided(`${key}-${i}`, key)));
      const all = await readTopic(opened.log, 'statements');
      for (const key of keys) {
        const own = all.filter((stored) => factOf(stored).key === key);
        expect(new Set(own.map(({ position }) => position.partition)).size).toBe(1);
        expect(idsOf(own)).toEqual(Array.from({ length: 30 }, (_, i) => `${key}-${i}`));
      }
    });

    it('takes several topics in one batch, each fact to its own', async () => {
      const recorded = await opened.log.append([voided('s'), policy('g')]);
      expect(recorded.map(({ position }) => position.topic)).toEqual(['statements', 'governance']);
      expect(idsOf(await readTopic(opened.log, 'statements'))).toEqual(['s']);
      expect(idsOf(await readTopic(opened.log, 'governance'))).toEqual(['g']);
    });

    it('takes an empty batch for what it is', async () => {
      expect(await opened.log.append([])).toEqual([]);
      expect(await opened.log.appendClaimed([])).toEqual({ outcome: 'appended', results: [] });
    });

    it('never lets the time of recording go backwards, though the clock does', async () => {
      const before = await opened.log.append([voided('a')]);
      clock -= 3_600_000;
      const after = await opened.log.append([voided('b')]);
      expect(Date.parse(after[0]!.recordedAt)).toBeGreaterThanOrEqual(Date.parse(before[0]!.recordedAt));
      const log = await opened.reopen();
      const third = await log.append([voided('c')]);
      expect(Date.parse(third[0]!.recordedAt)).toBeGreaterThanOrEqual(Date.parse(after[0]!.recordedAt));
      const times = (await readTopic(log, 'statements')).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([...times].sort());
    });

    it('keeps the time since which an imported fact was known', async () => {
      const knownAt = '2014-10-01T00:00:00.000Z';
      const [recorded] = await opened.log.append([{ ...voided('old'), knownAt }]);
      const [stored] = await opened.log.read('statements', recorded!.position.partition, 0);
      expect(factOf(stored!)).toMatchObject({ knownAt, recordedAt: recorded!.recordedAt });
    });

    it('gives back every character', async () => {
      const target = 'line\nfeed, "quotes", ],[ \u2028 \ud83d\ude00 \u0000 ,\n';
      const [recorded] = await opened.log.append([voided('odd', 'learner-1', target), voided('next', 'learner-1', target)]);
      const one = await opened.log.read('statements', recorded!.position.partition, 1, { maxFacts: 1 });
      const both = await opened.log.read('statements', recorded!.position.partition, 0);
      expect([...both, ...one].map((stored) => factOf(stored).data.target)).toEqual([target, target, target]);
    });
  });
}
