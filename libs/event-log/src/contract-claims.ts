import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimed, factOf, idsOf, readTopic } from './contract-facts.js';
import { type ClaimedAppend, type ClaimResult, encodeFact } from './event-log.js';
import { type OpenedLog, type OpenLog } from './testing.js';

/** Claims: nothing twice, and nothing else under a known id. */
export function claimsContract(open: OpenLog): void {
  describe('claims', () => {
    let opened: OpenedLog;
    beforeEach(async () => {
      opened = await open(() => new Date());
    });
    afterEach(() => opened.dispose());

    it('recognises a resend, and answers with the position of the first', async () => {
      const first = results(await opened.log.appendClaimed([claimed('a'), claimed('b')]));
      expect(first.map(({ status }) => status)).toEqual(['appended', 'appended']);
      const again = results(await opened.log.appendClaimed([claimed('b'), claimed('c'), claimed('a')]));
      expect(again.map(({ status }) => status)).toEqual(['known', 'appended', 'known']);
      expect(again[0]).toEqual({ ...first[1], status: 'known' });
      expect(again[2]).toEqual({ ...first[0], status: 'known' });
      expect(idsOf(await readTopic(opened.log, 'statements')).sort()).toEqual(['a', 'b', 'c']);
    });

    it('takes a fact that is JSON already for the same fact', async () => {
      const { fact, claim } = claimed('a');
      const first = results(await opened.log.appendEncoded([{ fact: encodeFact(fact), claim }]));
      expect(results(await opened.log.appendClaimed([{ fact, claim }]))).toEqual([{ ...first[0], status: 'known' }]);
      const [stored] = await readTopic(opened.log, 'statements');
      expect(stored).toMatchObject({ position: first[0]!.position, stored: fact });
      expect(await opened.log.appendEncoded([{ fact: encodeFact(fact), claim: { ...claim, hash: 'ff' } }])).toMatchObject({
        outcome: 'conflict',
      });
    });

    it('finds several claims in the order asked, and nothing for an id that was never claimed, nor for another tenant', async () => {
      const [first, second] = results(await opened.log.appendClaimed([claimed('a', 'aa'), claimed('b', 'bb')]));
      const found = await opened.log.findClaims('district', ['b', 'never', 'a', 'b']);
      const standing = ({ position, recordedAt }: ClaimResult, hash: string) => ({ position, recordedAt, hash });
      expect(found).toEqual([standing(second!, 'bb'), undefined, standing(first!, 'aa'), standing(second!, 'bb')]);
      expect(await opened.log.findClaims('another', ['a'])).toEqual([undefined]);
      expect(await opened.log.findClaims('district', [])).toEqual([]);
    });

    it('recognises a resend after it is opened again', async () => {
      const first = results(await opened.log.appendClaimed([claimed('a')]));
      const log = await opened.reopen();
      expect(results(await log.appendClaimed([claimed('a')]))).toEqual([{ ...first[0], status: 'known' }]);
    });

    it('refuses other content under a known id, with the whole batch', async () => {
      await opened.log.appendClaimed([claimed('a', 'aa')]);
      const append = await opened.log.appendClaimed([claimed('b'), claimed('a', 'bb'), claimed('c')]);
      expect(append).toEqual({ outcome: 'conflict', conflicts: [1] });
      expect(idsOf(await readTopic(opened.log, 'statements'))).toEqual(['a']);
      expect(await opened.log.findClaim('district', 'b')).toBeUndefined();
      expect(results(await opened.log.appendClaimed([claimed('b', 'cc')]))[0]!.status).toBe('appended');
    });

    it('takes the same id and content twice in one batch as one', async () => {
      const [first, second] = results(await opened.log.appendClaimed([claimed('a'), claimed('a')]));
      expect(second).toEqual({ ...first, status: 'known' });
      expect(await readTopic(opened.log, 'statements')).toHaveLength(1);
    });

    it('refuses the same id with two contents in one batch', async () => {
      const append = await opened.log.appendClaimed([claimed('a', 'aa'), claimed('a', 'bb')]);
      expect(append).toEqual({ outcome: 'conflict', conflicts: [1] });
      expect(await readTopic(opened.log, 'statements')).toEqual([]);
    });

    it('lets a refused batch harm none that comes at the same time', async () => {
      await opened.log.appendClaimed([claimed('a', 'aa')]);
      const [left, refused, right] = await Promise.all([
        opened.log.appendClaimed([claimed('l1'), claimed('l2')]),
        opened.log.appendClaimed([claimed('x'), claimed('a', 'bb')]),
        opened.log.appendClaimed([claimed('r1'), claimed('r2')]),
      ]);
      expect(refused).toEqual({ outcome: 'conflict', conflicts: [1] });
      expect(idsOf(await readTopic(opened.log, 'statements')).sort()).toEqual(['a', 'l1', 'l2', 'r1', 'r2']);
      for (const { position } of [...results(left), ...results(right)]) {
        const [stored] = await opened.log.read(position.topic, position.partition, position.offset, { maxFacts: 1 });
        expect(stored!.position).toEqual(position);
      }
    });

    it('lets one of a hundred win who claim one id with different contents at once', async () => {
      const writers = Array.from({ length: 100 }, (_, i) => opened.log.appendClaimed([claimed('contested', `h${i}`), claimed(`own-${i}`)]));
      const outcomes = (await Promise.all(writers)).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
      const winner = outcomes.indexOf('appended');
      const all = await readTopic(opened.log, 'statements');
      expect(idsOf(all).sort()).toEqual(['contested', `own-${winner}`]);
      expect((await opened.log.findClaim('district', 'contested'))!.hash).toBe(`h${winner}`);
    });

    it('appends once what a hundred send at once', async () => {
      const sent = await Promise.all(Array.from({ length: 100 }, () => opened.log.appendClaimed([claimed('same')])));
      expect(sent.flatMap(results).filter(({ status }) => status === 'appended')).toHaveLength(1);
      expect(await readTopic(opened.log, 'statements')).toHaveLength(1);
    });

    it('finds the fact of a claim, and none where there is none', async () => {
      const id = '0d3f0a52-6d2d-4b62-8f6c-3f5b5e8a6f11';
      const [result] = results(await opened.log.appendClaimed([claimed('other'), claimed(id, 'Not hex')].slice(1)));
      const claim = await opened.log.findClaim('district', id);
      expect(claim).toEqual({ position: result!.position, recordedAt: result!.recordedAt, hash: 'Not hex' });
      const { topic, partition, offset } = claim!.position;
      const [stored] = await opened.log.read(topic, partition, offset, { maxFacts: 1 });
      expect(factOf(stored!).id).toBe(id);
      expect(await opened.log.findClaim('another district', id)).toBeUndefined();
      expect(await opened.log.findClaim('district', id.toUpperCase())).toBeUndefined();
      expect(await opened.log.findClaim('district', '')).toBeUndefined();
    });
  });
}

function results(append: ClaimedAppend): readonly ClaimResult[] {
  if (append.outcome === 'conflict') throw new Error(`conflict at ${append.conflicts.join(', ')}`);
  return append.results;
}
