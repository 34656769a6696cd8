import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFact } from '@pharos/facts';
import { START } from './district.js';
import { type SignedIn, type World } from './world.js';

const metric = { value: 0.9, low: 0.85, high: 0.95 };
/** What south learned: two weeks of the recipe that serves there, and a rule beside the second. */
const learned = (model: string, recipe: string, week: number, asOf: string) => ({
  model, recipe, target: 'not-passing', week, asOf, positions: { epoch: 'e', offsets: {} }, seed: 1, features: ['work_missed'], learned: { of: model },
  window: { classes: ['south-secret'], rows: 900, learners: 800, baseRate: 0.3 },
  validation: { method: 'later-classes', classes: ['south-secret'], rows: 400, metrics: { precisionAt10: metric }, reliability: [], courses: [{ course: 'south-course', rows: 400, failed: 120, metrics: {} }] },
  ...(recipe === 'rule' ? {} : { inputs: [{ feature: 'work_missed', missing: 0, quantiles: [0, 1, 2] }] }),
}); // prettier-ignore

/** A tenant without outcomes starts from another's model: offered there, chosen here. */
export function lendingChapter(world: () => World): void {
  describe('starting from another tenant’s model', () => {
    let north: SignedIn;
    let south: SignedIn;
    const offers = async (as: SignedIn) => (await world().ask('GET', '/gate/offers', { as })).body as { items: { from: string; weeks: unknown[] }[] }; // prettier-ignore
    const borrow = (inUse: string | null, as = north) =>
      world().ask('POST', '/gate/borrowings', { as, body: { from: 'south', reason: 'Same courses, same platform', inUse } });
    const standing = async () => (await world().ask('GET', '/gate/standing', { as: north })).body as { model: string | null };
    const lend = (value: object, version: number) => world().ask('PUT', '/policies/lending', { as: south, body: { version, value } });

    beforeAll(async () => {
      [north, south] = await Promise.all([world().signIn('north', 'admin'), world().signIn('south', 'admin')]);
      const models = [learned('s-w2', 'blend', 2, START), learned('s-w6', 'blend', 6, START), learned('s-rule', 'rule', 6, START)];
      const meta = { tenant: 'south', target: 'not-passing', occurred_at: START, known_at: START, recorded_at: START, log_partition: 0 };
      await world().warehouse.writer.insert(
        'models',
        models.map((data, at) => ({ ...meta, model: data.model, recipe: data.recipe, id: `lent-${at}`, type: 'ModelTrained', log_offset: 10 + at, body: JSON.stringify(data) })), // prettier-ignore
      );
      const data = { model: 's-w6', recipe: 'blend', target: 'not-passing', by: 'gate', reason: 'better', evidence: {} };
      const fact = { id: 'lent-promoted', type: 'ModelPromoted', version: 1, tenant: 'south', key: 's-w6', occurredAt: START, knownAt: START, recordedAt: START, data } as never; // prettier-ignore
      await world().registry.folds.apply({ consumer: 'test-lent', topic: 'models', partition: 0, facts: [{ partition: 0, offset: 0, fact }], nextOffset: 1 }); // prettier-ignore
    });

    it('is offered only where its admin named the tenant, with a reason', async () => {
      expect((await offers(north)).items).toEqual([]);
      expect((await borrow(null)).status).toBe(404);
      expect((await lend({ to: ['north'], reason: ' ' }, 0)).status).toBe(422);
      expect((await lend({ to: ['south'], reason: 'myself' }, 0)).status).toBe(422);
      const strange = await lend({ to: ['nroth'], reason: 'Our neighbours begin' }, 0);
      expect([strange.status, strange.body]).toMatchObject([422, { detail: expect.stringContaining('nroth') }]);
      expect((await lend({ to: ['north'], reason: 'Our neighbours begin' }, 0)).status).toBe(200);
      const { items } = await offers(north);
      expect(items).toMatchObject([{ from: 'south', recipe: 'blend', reason: 'Our neighbours begin', learners: 800 }]);
      expect(items[0]!.weeks).toMatchObject([{ week: 2, rule: null }, { week: 6, model: 's-w6', precisionAt10: metric, rule: metric }]); // prettier-ignore
      expect((await offers(south)).items).toEqual([]);
    });

    it('is chosen by an admin who saw what is in use, and stands in the log with the reason, as it was learned', async () => {
      const analyst = await world().signIn('north', 'analyst');
      expect((await borrow(null, analyst)).status).toBe(403);
      const { model } = await standing();
      expect((await borrow('another')).status).toBe(409);
      const taken = await borrow(model);
      expect([taken.status, taken.body]).toMatchObject([200, { outcome: 'promoted', model: 's-w2', evidence: { kind: 'cold-start' } }]);
      await world().registry.outbox.relayOnce(world().log);
      const heads = await world().log.heads('models');
      const stored = (await Promise.all(heads.map((_, partition) => world().log.read('models', partition, 0)))).flat();
      const facts = stored.flatMap(({ stored: each }) => {
        const read = readFact(each);
        return read.ok && read.fact.tenant === 'north' && String(read.fact.key).startsWith('s-') ? [read.fact] : [];
      });
      expect(facts.map(({ type }) => type).sort()).toEqual(['ModelPromoted', 'ModelTrained', 'ModelTrained']);
      const trained = facts.filter(({ type }) => type === 'ModelTrained');
      for (const { data } of trained)
        expect(data).toMatchObject({ borrowed: { from: 'south', reason: 'Same courses, same platform' }, window: { classes: [], learners: 800 }, validation: { classes: [] } }); // prettier-ignore
      expect(JSON.stringify(trained)).not.toMatch(/south-secret|south-course/);
      const promoted = facts.find(({ type }) => type === 'ModelPromoted')!;
      expect(promoted.data).toMatchObject({
        model: 's-w2',
        reason: 'Same courses, same platform',
        by: expect.not.stringMatching(/^gate$/),
      });
    });
  });
}
