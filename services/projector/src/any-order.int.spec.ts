import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventLog } from '@pharos/event-log';
import { type NewFact, topicNames } from '@pharos/facts';
import { sentDefinitions, type Warehouse } from '@pharos/warehouse';
import fc from 'fast-check';
import { enrolled, linked, mathsDefined, statement, voided } from './facts-of-test.js';
import { createProjector } from './index.js';
import { RowBatch } from './row-batch.js';
import { openStores, type Stores } from './stores-of-test.js';
import { writeBatch } from './write-batch.js';

const learner = fc.constantFrom('ann', 'ben', 'cleo');
const tenant = fc.constantFrom('uni', 'school');
/** Few activities with few definitions, so that the same is said again and by others. */
const defined = fc.tuple(fc.constantFrom('quiz', 'page'), fc.constantFrom('A', 'B', 'C'));
const id = fc.integer({ min: 0, max: 12 }).map(String);

/** Facts that meet each other: few ids, few learners, voids of what may or may not come. */
const anyFact: fc.Arbitrary<NewFact> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(id, learner, fc.integer({ min: 0, max: 2 }), tenant).map(([s, l, day, t]) => statement(`s${s}${l}${day}`, l, day, {}, t)) },
  { weight: 4, arbitrary: fc.tuple(fc.uuid(), learner, defined, tenant).map(([s, l, [activity, name], t]) => defining(s, l, activity, name, t)) },
  { weight: 3, arbitrary: fc.tuple(id, learner, learner, tenant).map(([s, l, key, t]) => voided(`s${s}${l}0`, `${s}${l}${key}`, key, t)) },
  { weight: 1, arbitrary: fc.tuple(learner, tenant).map(([l, t]) => enrolled(l, {}, t)) },
  { weight: 1, arbitrary: tenant.map((t) => mathsDefined(t)) },
  { weight: 1, arbitrary: fc.tuple(learner, fc.boolean(), fc.integer({ min: 0, max: 5 })).map(([l, on, day]) => linked(l, 'ann', on, day)) },
); // prettier-ignore

/** A statement that says what an activity is. */
function defining(id: string, by: string, activity: string, name: string, inTenant = 'uni'): NewFact {
  const object = { id: `https://lms/${activity}`, definition: { name: { en: name } } };
  return statement(id, by, 0, { statement: { id, verb: { id: 'https://verbs/viewed' }, object } }, inTenant);
}

/** One delivery: which partition, from how far back, how many facts. */
interface Delivery {
  readonly lane: number;
  readonly back: number;
  readonly count: number;
}
const delivery = fc.record({ lane: fc.nat(100), back: fc.nat(6), count: fc.integer({ min: 1, max: 9 }) });

/** Folds by a script of deliveries, in any order and again and again, then whatever is left. */
async function foldBy(script: readonly Delivery[], log: EventLog, warehouse: Warehouse): Promise<void> {
  const lanes = topicNames.flatMap((topic) =>
    Array.from({ length: log.partitions(topic) }, (_, partition) => ({ topic, partition, next: 0 })),
  );
  const known = new Set<string>();
  const patience = { signal: new AbortController().signal, onUnavailable: () => undefined };
  const rest = lanes.map((_, lane) => ({ lane, back: 0, count: 10_000 }));
  for (const { lane, back, count } of [...script, ...rest]) {
    const at = lanes[lane % lanes.length]!;
    const stored = await log.read(at.topic, at.partition, Math.max(0, at.next - back), { maxFacts: count });
    if (stored.length === 0) continue;
    at.next = Math.max(at.next, stored.at(-1)!.position.offset + 1);
    const batch = new RowBatch(warehouse.writer, known);
    for (const each of stored) batch.add(each);
    expect(await writeBatch(warehouse.writer, batch, patience)).toEqual([]);
    await warehouse.writer.rollUp(batch.touched.all());
  }
}

describe('folding in any order', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores();
  });
  afterAll(() => stores.dispose());

  it('gives the same tables for any order between partitions, any redelivery and any cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFact, { minLength: 1, maxLength: 60 }), fc.array(delivery, { maxLength: 12 }), async (facts, script) => {
        const log = await stores.log();
        await log.append(facts);
        const [straight, scripted] = [await stores.warehouse(), await stores.warehouse()];
        await createProjector({ log, warehouse: straight }).runUntilCaughtUp();
        await foldBy(script, log, scripted);
        expect(await scripted.hashes()).toEqual(await straight.hashes());
      }),
      { numRuns: 8 },
    );
  }, 300_000);

  it('keeps each definition of an activity where it was said last, whichever partition is folded first', async () => {
    const log = await stores.log();
    // One after the other, so that the log stamps them in this order: A, B and A again, by learners of several partitions.
    const said = [...'ABABA'].flatMap((name, round) =>
      ['ann', 'ben', 'cleo', 'dora', 'eve'].map((by) => ({ by, name, id: `${by}-${round}` })),
    );
    for (const { by, name, id: own } of said) await log.append([defining(own, by, 'quiz', name)]);
    const partitions = Array.from({ length: log.partitions('statements') }, (_, partition) => partition);
    const answers: unknown[] = [];
    const hashes: unknown[] = [];
    for (const order of [partitions, [...partitions].reverse()]) {
      const warehouse = await stores.warehouse();
      for (const partition of order) {
        for (const each of await log.read('statements', partition, 0)) {
          const batch = new RowBatch(warehouse.writer, new Set());
          batch.add(each);
          await writeBatch(warehouse.writer, batch, { signal: new AbortController().signal, onUnavailable: () => undefined });
        }
      }
      const found = await warehouse.tenant('uni').ask(sentDefinitions(['https://lms/quiz']));
      answers.push(
        [...found]
          .sort((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1))
          .map(({ definition }) => JSON.parse(definition) as unknown),
      );
      hashes.push(await warehouse.hashes());
    }
    expect(answers[0]).toEqual([{ name: { en: 'B' } }, { name: { en: 'A' } }]);
    expect(answers[1]).toEqual(answers[0]);
    expect(hashes[1]).toEqual(hashes[0]);
  });
});
