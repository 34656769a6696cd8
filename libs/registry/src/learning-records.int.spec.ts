import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fact } from '@pharos/facts';
import { type FoldBatch } from './folds.js';
import { type NewLearningFact } from './learning-steps.js';
import { type Registry, type TenantRegistry } from './registry.js';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
let registry: Registry;
let own: TenantRegistry;
const at = '2026-03-01T10:00:00.000Z';

beforeAll(async () => {
  home = await startTestRegistry(() => new Date(at));
  ({ registry } = home);
  await registry.tenants.put({ id: 't', name: 'Test' });
  await registry.tenants.put({ id: 'other', name: 'Other' });
  own = registry.tenant('t');
});
afterAll(async () => {
  await home.stop();
  expect(home.errors).toEqual([]);
});

let last = 0;
const fact = (type: NewLearningFact['type'], data: object, id = `f${++last}`): NewLearningFact =>
  ({ id, type, version: 1, tenant: 't', key: 'ana', occurredAt: at, data: { by: 'u1', learner: 'ana', ...data } }) as NewLearningFact;
const goal = (id: string, dueOn: string | null = null) =>
  fact('GoalSet', { goal: id, target: { kind: 'skill', name: 'add' }, skills: ['add'], level: 'proficient', dueOn });

describe('what people decide about learning', () => {
  it('given a goal, when it is changed, then its latest words hold and its history stays', async () => {
    await own.learning.record([goal('g1')]);
    const changed = await own.learning.record([goal('g1', '2026-05-01')], 1);
    expect(changed).toMatchObject({ ok: true, records: [{ kind: 'goal', id: 'g1', version: 2, status: 'open', data: { dueOn: '2026-05-01' } }] });
    expect((await own.learning.history('goal', 'g1')).map(({ type }) => type)).toEqual(['GoalSet', 'GoalSet']);
  });

  it('refuses what was changed since, what is closed, and what is not there; then nothing is written', async () => {
    await own.learning.record([goal('g2')]);
    expect(await own.learning.record([goal('g2')], 7)).toMatchObject({ ok: false, code: 'conflict' });
    await own.learning.record([fact('GoalDropped', { goal: 'g2' })]);
    expect(await own.learning.record([goal('g3'), goal('g2')])).toMatchObject({ ok: false, code: 'exists' });
    expect(await own.learning.record([fact('GoalDropped', { goal: 'g2' })])).toMatchObject({ ok: false, code: 'closed' });
    expect(await own.learning.record([fact('GoalDropped', { goal: 'nowhere' })])).toMatchObject({ ok: false, code: 'unknown' });
    expect(await own.learning.get('goal', 'g3')).toBeUndefined();
  });

  it('lets one of two who act at once win', async () => {
    await own.learning.record([goal('g4')]);
    const both = await Promise.all([own.learning.record([goal('g4', '2026-06-01')], 1), own.learning.record([goal('g4', '2026-07-01')], 1)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('takes the same fact once, and gathers the answers of a test in order', async () => {
    const start = fact('AssessmentStarted', { assessment: 'a1', subject: 'Sums', seed: 1 });
    await own.learning.record([start]);
    expect(await own.learning.record([start])).toMatchObject({ ok: true, records: [{ version: 1 }] });
    for (const item of ['i1', 'i2']) await own.learning.record([fact('AssessmentAnswered', { assessment: 'a1', item, correct: item === 'i1' })]);
    expect((await own.learning.get('assessment', 'a1'))!.data.given).toEqual([{ item: 'i1', correct: true }, { item: 'i2', correct: false }]);
  });

  it('finds records of a learner under every token that stands for them, of one tenant only', async () => {
    const place = (type: string, data: object, offset: number) => ({ partition: 0, offset, fact: { id: `r${offset}`, type, version: 1, tenant: 't', key: 'k', occurredAt: at, knownAt: at, recordedAt: at, data } as unknown as Fact });
    await registry.folds.apply({ consumer: 'x', topic: 'roster', partition: 0, facts: [place('LearnersLinked', { learner: 'ana', canonical: 'ana-2', linked: true, because: 'mail' }, 0)], nextOffset: 1 });
    expect((await own.learning.list('goal', { learners: ['ana-2'], statuses: ['open'] })).map(({ id }) => id).sort()).toEqual(['g1', 'g4']);
    expect(await registry.tenant('other').learning.list('goal', {})).toEqual([]);
  });

  it('is folded from the log again to the same rows, and twice changes nothing', async () => {
    await registry.outbox.relayOnce({ append: (facts) => Promise.resolve(moved.push(...(facts as unknown as Fact[]))) });
    const facts = moved.map((each, offset) => ({ partition: 0, offset, fact: { ...each, knownAt: at, recordedAt: at } }));
    expect(facts.length).toBeGreaterThan(8);
    const batch: FoldBatch = { consumer: 'fold', topic: 'learning', partition: 0, facts, nextOffset: facts.length };
    const tables = async () => { const print = await registry.folds.fingerprint(); return [print.learning_records, print.learning_history]; };
    const before = await tables();
    await registry.folds.apply(batch);
    expect(await tables()).toEqual(before);
    async function* batches() { yield await Promise.resolve(batch); }
    await registry.folds.rebuild(batches());
    expect(await tables()).toEqual(before);
  });
  const moved: Fact[] = [];

  it('gives a calendar an address that ends when it is revoked or made anew', async () => {
    const first = await own.calendarFeeds.open('ana', 'es');
    expect(await registry.calendarFeed(first)).toEqual({ tenant: 't', learner: 'ana', locale: 'es' });
    const second = await own.calendarFeeds.open('ana', 'en');
    expect(await registry.calendarFeed(first)).toBeUndefined();
    await own.calendarFeeds.revoke('ana');
    expect([await registry.calendarFeed(second), await own.calendarFeeds.has('ana')]).toEqual([undefined, false]);
    const { rows } = await home.query('SELECT * FROM calendar_feeds');
    expect(JSON.stringify(rows)).not.toContain(second);
  });

  it('keeps the first key for signing, whoever comes second', async () => {
    const key = (kid: string) => ({ kid, publicJwk: { kty: 'EC' }, privateSealed: kid });
    const both = await Promise.all([own.signingKeys.addFirst(key('k1')), own.signingKeys.addFirst(key('k2'))]);
    expect(both[0]).toEqual(both[1]);
    expect(await own.signingKeys.all()).toHaveLength(1);
  });
}); // prettier-ignore
