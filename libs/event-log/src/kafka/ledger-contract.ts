import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Claim, type Recorded } from '../event-log.js';
import { type ClaimBatch, type LogLedger } from './ledger.js';

/** Opens a ledger that other tests may have used: ids here are new for each test. */
export type OpenLedger = () => Promise<{ readonly ledger: LogLedger; readonly dispose: () => Promise<void> }>;

let run = 0;
const claim = (name: string, hash = 'aa'): Claim => ({ tenant: 'district', id: `${process.pid}-${run}-${name}`, hash });
const batchOf = (...claims: Claim[]): ClaimBatch => ({
  id: `batch-${claims.map(({ id }) => id).join()}`,
  claims,
  from: [{ topic: 'statements', partition: 1, offset: 7 }],
});
const at = (offset: number, partition = 1): Recorded => ({
  position: { topic: 'statements', partition, offset },
  recordedAt: `2026-09-01T12:00:0${offset % 10}.123Z`,
});

/** What every ledger of claims and positions keeps. */
export function logLedgerContract(name: string, open: OpenLedger): void {
  describe(name, () => {
    let opened: Awaited<ReturnType<OpenLedger>>;
    let ledger: LogLedger;
    beforeAll(async () => {
      opened = await open();
      ledger = opened.ledger;
    });
    afterAll(() => opened.dispose());
    const fresh = () => void (run += 1);

    it('holds a claim as pending until it is settled', async () => {
      fresh();
      const [a, b] = [claim('a'), claim('b')];
      expect(await ledger.standing([a, b])).toEqual([undefined, undefined]);
      expect(await ledger.begin(batchOf(a, b))).toBe(true);
      expect(await ledger.standing([b, a])).toEqual([{ hash: 'aa', recorded: undefined }, { hash: 'aa', recorded: undefined }]); // prettier-ignore
      const settled = [{ ...a, recorded: at(8) }, { ...b, recorded: at(9) }]; // prettier-ignore
      expect(await ledger.settle(settled, batchOf(a, b).id)).toEqual([{ hash: 'aa', recorded: at(8) }, { hash: 'aa', recorded: at(9) }]); // prettier-ignore
      expect(await ledger.standing([a])).toEqual([{ hash: 'aa', recorded: at(8) }]);
      expect((await ledger.overdue(0)).map(({ id }) => id)).not.toContain(batchOf(a, b).id);
    });

    it('begins all of a batch or none of it', async () => {
      fresh();
      const [a, b] = [claim('a'), claim('b')];
      await ledger.begin(batchOf(a));
      expect(await ledger.begin(batchOf(b, claim('a', 'bb')))).toBe(false);
      expect(await ledger.standing([b])).toEqual([undefined]);
    });

    it('lets one of twenty win who begin claims around each other', async () => {
      fresh();
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, i) => {
          const all = [claim(`own-${i}`), claim('x'), claim('y'), claim('z')];
          return ledger.begin({ ...batchOf(...(i % 2 === 0 ? all : [...all].reverse())), id: `${process.pid}-${run}-${i}` });
        }),
      );
      expect(won.filter((each) => each)).toHaveLength(1);
      expect((await ledger.standing(won.map((_, i) => claim(`own-${i}`)))).map((each) => each !== undefined)).toEqual(won);
    });

    it('keeps the first position of a partition', async () => {
      fresh();
      const a = claim('a');
      await ledger.begin(batchOf(a));
      await ledger.settle([{ ...a, recorded: at(12) }], batchOf(a).id);
      expect(await ledger.settle([{ ...a, recorded: at(15) }])).toEqual([{ hash: 'aa', recorded: at(12) }]);
      expect(await ledger.settle([{ ...a, recorded: at(11) }])).toEqual([{ hash: 'aa', recorded: at(11) }]);
      expect(await ledger.settle([{ ...a, recorded: at(2, 3) }])).toEqual([{ hash: 'aa', recorded: at(11) }]);
    });

    it('says so when a claim to be settled is gone or holds other content', async () => {
      fresh();
      await ledger.begin(batchOf(claim('a', 'bb')));
      const settled = [claim('a'), claim('never')].map((each) => ({ ...each, recorded: at(8) }));
      expect(await ledger.settle(settled)).toEqual([undefined, undefined]);
      expect(await ledger.standing([claim('a')])).toEqual([{ hash: 'bb', recorded: undefined }]);
    });

    it('lists batches that nobody closed, and releases what is still pending of them', async () => {
      fresh();
      const [a, b] = [claim('a'), claim('b')];
      const batch = batchOf(a, b);
      await ledger.begin(batch);
      expect((await ledger.overdue(60_000)).map(({ id }) => id)).not.toContain(batch.id);
      expect((await ledger.overdue(0)).find(({ id }) => id === batch.id)).toMatchObject(batch);
      await ledger.settle([{ ...a, recorded: at(8) }]);
      await ledger.release(batch.id);
      expect(await ledger.standing([a, b])).toEqual([{ hash: 'aa', recorded: at(8) }, undefined]);
      expect(await ledger.begin(batchOf(claim('b', 'cc')))).toBe(true);
    });

    it('remembers positions by consumer, topic and partition', async () => {
      fresh();
      const consumer = `fold-${process.pid}`;
      await ledger.commit(consumer, 'statements', 2, 40);
      await ledger.commit(consumer, 'statements', 2, 42);
      expect(await ledger.committed(consumer, 'statements', 4)).toEqual([0, 0, 42, 0]);
      expect(await ledger.committed(consumer, 'roster', 2)).toEqual([0, 0]);
      await ledger.forget(consumer);
      expect(await ledger.committed(consumer, 'statements', 4)).toEqual([0, 0, 0, 0]);
    });
  });
}
