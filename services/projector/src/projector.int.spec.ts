import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventLog } from '@pharos/event-log';
import { type NewFact } from '@pharos/facts';
import {
  deadLetters,
  learnerDays,
  liveStatements,
  type Question,
  scoped,
  sql,
  type Warehouse,
  WarehouseRefused,
  WarehouseUnavailable,
} from '@pharos/warehouse';
import { enrolled, linked, mathsDefined, statement, voided } from './facts-of-test.js';
import { createProjector, PROJECTOR, type Progress, rebuild, verify } from './index.js';
import { openStores, type Stores } from './stores-of-test.js';

const liveIds: Question<string> = {
  name: 'liveIds',
  sql: sql`SELECT id FROM ${liveStatements()} ORDER BY id`,
  answer: (row) => String(row.id),
};

const keyedIds: Question<string> = {
  name: 'keyedIds',
  sql: sql`SELECT id FROM ${scoped('statement_keys')} WHERE key = '*' ORDER BY id`,
  answer: (row) => String(row.id),
};

describe('the projector', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores();
  });
  afterAll(() => stores.dispose());

  const fold = async (log: EventLog, warehouse: Warehouse) => {
    const told: Progress[] = [];
    await createProjector({ log, warehouse, onProgress: (progress) => told.push(progress) }).runUntilCaughtUp();
    return told;
  };
  const given = async (facts: readonly NewFact[]) => {
    const log = await stores.log();
    const warehouse = await stores.warehouse();
    for (const fact of facts) await log.append([fact]);
    await fold(log, warehouse);
    return { log, warehouse, uni: warehouse.tenant('uni') };
  };

  it('folds statements into what can be asked, and says how far it is', async () => {
    const { log, uni } = await given([mathsDefined(), statement('s1', 'ann'), statement('s2', 'ann'), statement('s3', 'ben', 1)]);
    expect(await uni.ask(liveIds)).toEqual(['s1', 's2', 's3']);
    expect(await uni.ask(learnerDays('ann'))).toEqual([
      { day: '2014-10-01', class: 'maths-2014', kind: 'page', events: 2, amount: 2.2, seconds: 0 },
    ]);
    expect(await log.committed(PROJECTOR, 'statements')).toEqual(await log.heads('statements'));
  });

  it('counts a fact once, however often it was appended', async () => {
    const { uni } = await given([statement('s1', 'ann'), statement('s1', 'ann'), statement('s1', 'ann')]);
    expect(await uni.ask(learnerDays('ann'))).toMatchObject([{ events: 1 }]);
  });

  it.each([
    ['before', [voided('s1', 'v', 'someone'), statement('s1', 'ann'), statement('s2', 'ann')]],
    ['after', [statement('s1', 'ann'), statement('s2', 'ann'), voided('s1', 'v', 'someone')]],
  ])('takes a statement back when the void comes %s it', async (_when, facts) => {
    const { uni } = await given(facts);
    expect(await uni.ask(liveIds)).toEqual(['s2']);
    expect(await uni.ask(learnerDays('ann'))).toMatchObject([{ events: 1 }]);
  });

  it('empties a day whose only statement is taken back later', async () => {
    const { log, warehouse, uni } = await given([statement('s1', 'ann')]);
    await log.append([voided('s1', 'v', 'someone')]);
    await fold(log, warehouse);
    expect(await uni.ask(learnerDays('ann'))).toEqual([]);
  });

  it('follows a link of identities, and forgets it when it is undone', async () => {
    const { log, warehouse, uni } = await given([statement('s1', 'ann'), statement('s2', 'ann-2'), linked('ann-2', 'ann', true, 2)]);
    expect(await uni.ask(learnerDays('ann'))).toMatchObject([{ events: 2 }]);
    await log.append([linked('ann-2', 'ann', false, 3)]);
    await fold(log, warehouse);
    expect(await uni.ask(learnerDays('ann'))).toMatchObject([{ events: 1 }]);
    expect(await uni.ask(learnerDays('ann-2'))).toMatchObject([{ events: 1 }]);
  });

  it('puts aside what cannot be folded, with step and reason, and folds the rest', async () => {
    const unheard = { ...statement('x1', 'ann'), type: 'Unheard' } as unknown as NewFact;
    const tooOld = { ...statement('x2', 'ann'), occurredAt: '0044-03-15T12:00:00.000Z' };
    const tooMany = enrolled('cleo', { previousAttempts: 2 ** 40 });
    const log = await stores.log();
    const warehouse = await stores.warehouse();
    await log.append([statement('s1', 'ann'), tooOld, enrolled('ann'), tooMany, enrolled('ben')]);
    // The log refuses an unheard type at its door, so it is put where an older release would have left it.
    const reading: EventLog = Object.assign(Object.create(log) as EventLog, {
      read: async (...args: Parameters<EventLog['read']>) => {
        const stored = await log.read(...args);
        return stored.map((each) => ((each.stored as { id: string }).id === 's1' ? { ...each, stored: unheard } : each));
      },
    });
    await fold(reading, warehouse);
    const letters = await warehouse.tenant('uni').ask(deadLetters({ limit: 10 }));
    expect(letters.map(({ source, step, reason }) => ({ source, step, reason })).sort((a, b) => (a.step < b.step ? -1 : 1))).toEqual([
      { source: 'statements', step: 'datesInRange', reason: '0044-03-15T12:00:00.000Z is not between 1900-01-01 and 2299-01-01' },
      { source: 'roster', step: 'insert into enrolments', reason: expect.stringContaining('1099511627776 is not a whole number') },
      { source: 'statements', step: 'readFact', reason: 'no fact is called Unheard' },
    ]);
    const rows = await warehouse.hashes();
    expect(rows.find(({ table }) => table === 'enrolments')).toMatchObject({ rows: 2 });
  });

  it('finds the one row that the engine refuses, and puts its fact aside as the log holds it', async () => {
    const log = await stores.log();
    const warehouse = await stores.warehouse();
    await log.append(['s1', 's2', 's3', 's4', 's5'].map((id) => statement(id, 'ann')));
    const refusing: Warehouse = {
      ...warehouse,
      writer: {
        ...warehouse.writer,
        insertEncoded: (rows) =>
          rows.table === 'statements' && rows.bytes.includes('s4')
            ? Promise.reject(new WarehouseRefused('data', 'not to be had'))
            : warehouse.writer.insertEncoded(rows),
      },
    };
    await fold(log, refusing);
    expect(await warehouse.tenant('uni').ask(liveIds)).toEqual(['s1', 's2', 's3', 's5']);
    await fold(log, warehouse);
    const [letter] = await warehouse.tenant('uni').ask(deadLetters({ limit: 10 }));
    expect(letter).toMatchObject({ source: 'statements', step: 'insert into statements', reason: 'not to be had' });
    expect(JSON.parse(letter!.bytes)).toMatchObject({ id: 's4', type: 'StatementRecorded' });
  });

  it('waits for a warehouse that is away, and loses nothing', async () => {
    const log = await stores.log();
    const warehouse = await stores.warehouse();
    await log.append([statement('s1', 'ann')]);
    let failures = 2;
    const flaky: Warehouse = {
      ...warehouse,
      writer: {
        ...warehouse.writer,
        insertEncoded: (rows) => (failures-- > 0 ? Promise.reject(new WarehouseUnavailable('away')) : warehouse.writer.insertEncoded(rows)),
      },
    };
    const told = await fold(log, flaky);
    expect(told.filter(({ kind }) => kind === 'unavailable')).toHaveLength(2);
    expect(await warehouse.tenant('uni').ask(liveIds)).toEqual(['s1']);
  });

  it('folds again after a crash between rows and positions, and changes nothing', async () => {
    const { log, warehouse } = await given([mathsDefined(), statement('s1', 'ann'), voided('s1', 'v', 'b'), statement('s2', 'ben')]);
    const before = await warehouse.hashes();
    await log.forget(PROJECTOR);
    await fold(log, warehouse);
    expect(await warehouse.hashes()).toEqual(before);
  });

  it('rebuilds into the same tables, and verifies that they are', async () => {
    const { log, warehouse } = await given([
      mathsDefined(),
      enrolled('ann'),
      statement('s1', 'ann'),
      statement('s2', 'ann'),
      voided('s2', 'v', 'b'),
    ]);
    const before = await warehouse.hashes();
    expect((await verify({ log, warehouse })).differing).toEqual([]);
    expect(await rebuild({ log, warehouse })).toEqual({ facts: 5 });
    expect(await warehouse.hashes()).toEqual(before);
    await log.append([statement('s3', 'ann')]);
    await fold(log, warehouse);
    expect(await warehouse.tenant('uni').ask(liveIds)).toEqual(['s1', 's3']);
    expect(await warehouse.tenant('uni').ask(keyedIds)).toEqual(['s1', 's2', 's3']);
  });

  it('verifies tables that are behind the log once they have caught up, and says how far behind they were', async () => {
    const { log, warehouse } = await given([enrolled('ann')]);
    await log.append([enrolled('ben'), enrolled('cem')]);
    const { differing, facts, tables } = await verify({ log, warehouse });
    expect(differing).toEqual([]);
    expect(facts).toContainEqual({ topic: 'roster', logged: 3, folded: 1 });
    expect(tables).toContainEqual(expect.objectContaining({ table: 'enrolments', rows: 3 }));
  });

  it('notices a row that the log does not tell of', async () => {
    const { log, warehouse } = await given([enrolled('ann')]);
    const stray = await stores.log();
    await stray.append([enrolled('ben')]);
    await fold(stray, warehouse);
    const { differing, facts } = await verify({ log, warehouse });
    expect(differing.map(({ table }) => table)).toEqual(['enrolments']);
    expect(facts).toContainEqual({ topic: 'roster', logged: 1, folded: 1 });
  });
});
