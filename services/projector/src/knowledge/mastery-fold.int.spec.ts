import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventLog } from '@pharos/event-log';
import { type NewFact } from '@pharos/facts';
import { BoostedKnowledge, Elo, learnedHash, type LearnerAttempts } from '@pharos/learner-models';
import { masteriesOf, scoped, sql, type Warehouse } from '@pharos/warehouse';
import { linked, statement, voided } from '../facts-of-test.js';
import { createProjector, PROJECTOR, verify } from '../index.js';
import { openStores, type Stores } from '../stores-of-test.js';

const ALWAYS = '1970-01-01T00:00:00.000Z';
/** The logs of these stores begin here and count milliseconds. */
const logTime = (ms: number): string => new Date(Date.UTC(2015, 0, 1) + ms).toISOString();

const answer = (id: string, learner: string, correct: boolean, day = 0, item = 'sum-1'): NewFact =>
  statement(id, learner, day, { activity: `https://practice/add/${item}`, action: 'answered', correct });
const placed = (items: Record<string, string[]>, holdsFrom = ALWAYS, difficulty = 0): NewFact => ({
  id: `placed-${holdsFrom}-${JSON.stringify(items)}`, type: 'ItemsPlaced', version: 1, tenant: 'uni', key: 'uni', occurredAt: logTime(0),
  data: { holdsFrom, items: Object.entries(items).map(([item, skills]) => ({ item: `https://practice/add/${item}`, prefix: false, skills, subject: 'maths', difficulty })) },
}); // prettier-ignore
const history: LearnerAttempts[] = Array.from({ length: 12 }, (_, learner) => ({
  learner: String(learner),
  attempts: Array.from({ length: 20 }, (__, at) => ({ item: 'i', skills: ['add'], at: at * 60, correct: (at * 7 + learner) % 3 > 0 })),
}));
const modelSet = (model: Elo | BoostedKnowledge, holdsFrom: string): NewFact => {
  const learned = model.toLearned();
  return {
    id: `set-${model.kind}-${holdsFrom}`, type: 'KnowledgeSet', version: 1, tenant: 'uni', key: 'uni', occurredAt: logTime(0),
    data: { model: learnedHash(learned), kind: model.kind, subject: 'maths', holdsFrom, answers: 240, learners: 12, evaluation: [], learned },
  };
}; // prettier-ignore
const told = { name: 'told', sql: sql`SELECT learner, skill, level FROM ${scoped('mastery')} ORDER BY recorded_at, log_offset`, answer: (row: Record<string, unknown>) => `${String(row.skill)}: ${String(row.level)}` }; // prettier-ignore

describe('what learners know, folded', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores();
  });
  afterAll(() => stores.dispose());

  const given = async (facts: readonly NewFact[]) => {
    const [log, warehouse] = [await stores.log(), await stores.warehouse()];
    const fold = async (more: readonly NewFact[] = []) => {
      for (const fact of more) await log.append([fact]);
      await createProjector({ log, warehouse }).runUntilCaughtUp();
    };
    await fold(facts);
    const of = (...learners: string[]) => warehouse.tenant('uni').ask(masteriesOf(learners));
    return { log, warehouse, fold, of };
  };
  const sameAgain = async (log: EventLog, warehouse: Warehouse) => {
    await createProjector({ log, warehouse }).runUntilCaughtUp();
    expect((await verify({ log, warehouse })).differing).toEqual([]);
    const before = await warehouse.hashes();
    await log.forget(PROJECTOR);
    await createProjector({ log, warehouse }).runUntilCaughtUp();
    expect(await warehouse.hashes()).toEqual(before);
  };

  it('takes an answer whose statement names a skill for the same skill as an answer to a placed item', async () => {
    const named = (id: string) =>
      statement(id, 'fay', 1, {
        activity: 'https://elsewhere/free-play', action: 'answered', correct: true,
        statement: { context: { contextActivities: { category: [{ id: 'add', definition: { type: 'http://id.tincanapi.com/activitytype/skill' } }] } } },
      } as never); // prettier-ignore
    const { of, fold, log, warehouse } = await given([named('n1'), answer('n2', 'fay', true, 0, 'sum-n'), named('n3')]);
    expect((await of('fay')).map(({ skill, evidence }) => [skill, evidence])).toEqual([['add', 2]]);
    await fold([placed({ 'sum-n': ['add'] })]);
    expect((await of('fay')).map(({ skill, evidence }) => [skill, evidence])).toEqual([['add', 3]]);
    await sameAgain(log, warehouse);
  });

  it('keeps which try an answer was and what help was asked for before it, as Open edX says it; what is answered while looking through is no answer', async () => {
    const item = 'https://practice/add/sum-1';
    const mode = 'https://w3id.org/xapi/cmi5/context/extensions/launchmode';
    const tried = (id: string, attempt: number) =>
      statement(id, 'gus', attempt, { activity: item, correct: attempt > 1, statement: { object: { id: item, definition: { extensions: { 'http://id.tincanapi.com/extension/attempt-id': attempt } } } } });
    const hint = statement('h1', 'gus', 1, { activity: `${item}/hint/1`, activityType: 'https://w3id.org/xapi/acrossx/extensions/supplemental-info', verb: 'http://adlnet.gov/expapi/verbs/asked' });
    const looked = statement('r1', 'gus', 2, { activity: item, action: 'answered', correct: true, statement: { context: { extensions: { [mode]: 'Review' } } } } as never);
    const { of, log, warehouse } = await given([placed({ 'sum-1': ['add'] }), tried('t1', 1), hint, tried('t2', 2), looked]);
    expect((await of('gus')).map(({ evidence }) => evidence)).toEqual([2]);
    const attempts = { name: 'attempts', sql: sql`SELECT attempt FROM ${scoped('answers', {}, sql` AND learner = 'gus'`)} ORDER BY attempt`, answer: (row: Record<string, unknown>) => row.attempt };
    const help = { name: 'help', sql: sql`SELECT activity FROM ${scoped('help_asked', {}, sql` AND learner = 'gus'`)}`, answer: (row: Record<string, unknown>) => row.activity };
    expect([await warehouse.tenant('uni').ask(attempts), await warehouse.tenant('uni').ask(help)]).toEqual([[1, 2], [item]]);
    await sameAgain(log, warehouse);
  }); // prettier-ignore

  it('knows a skill better with each right answer, and only from answers to it', async () => {
    const { of, fold, log, warehouse } = await given([
      placed({ 'sum-1': ['add'] }),
      answer('a1', 'ann', true),
      answer('b1', 'ann', true, 0, 'other'),
    ]);
    const [first, ...rest] = await of('ann');
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ learner: 'ann', skill: 'add', evidence: 1, run: 1, version: 'prior' });
    await fold([answer('a2', 'ann', true, 1), answer('a3', 'ann', true, 2)]);
    const [later] = await of('ann');
    expect(later).toMatchObject({ evidence: 3, run: 3 });
    expect(later!.probability).toBeGreaterThan(first!.probability);
    await sameAgain(log, warehouse);
  });

  it('takes an answer back with its void, whichever comes first, and forgets a skill without answers', async () => {
    const facts = [placed({ 'sum-1': ['add'] }), answer('a1', 'ann', true), answer('a2', 'ann', false, 1)];
    const { of, fold, log, warehouse } = await given([voided('a2', 'v', 'someone'), ...facts]);
    const alone = await given(facts.slice(0, 2));
    expect(await of('ann')).toEqual(await alone.of('ann'));
    await fold([voided('a1', 'w', 'someone')]);
    expect(await of('ann')).toEqual([]);
    await sameAgain(log, warehouse);
  });

  it('reads what two linked tokens answered as one learner, and as two when the link is undone', async () => {
    const { of, fold, log, warehouse } = await given([
      placed({ 'sum-1': ['add'] }),
      answer('a1', 'ann', true),
      answer('a2', 'ann-2', true, 1),
    ]);
    const apart = await of('ann', 'ann-2');
    await fold([linked('ann-2', 'ann', true, 2)]);
    expect((await of('ann', 'ann-2')).map(({ learner, evidence }) => [learner, evidence])).toEqual([['ann', 2]]);
    await sameAgain(log, warehouse);
    await fold([linked('ann-2', 'ann', false, 3)]);
    expect(await of('ann', 'ann-2')).toEqual(apart);
    await sameAgain(log, warehouse);
  });

  it('reads each answer with the placement in force when it was recorded, also one that comes after it', async () => {
    // The log's clock counts facts: the fifth and later are recorded at 4 ms and later.
    const { of, fold, log, warehouse } = await given([answer('a1', 'ann', true), answer('a2', 'ann', false, 1)]);
    expect(await of('ann')).toEqual([]);
    await fold([placed({ 'sum-1': ['add'] }), placed({ 'sum-1': ['add', 'carry'] }, logTime(60_000))]);
    expect((await of('ann')).map(({ skill, evidence }) => [skill, evidence])).toEqual([['add', 2]]);
    await sameAgain(log, warehouse);
  });

  it('reads skills that a statement names itself, and a mark without skills not at all', async () => {
    const category = [{ id: 'https://skills/add', definition: { type: 'http://adlnet.gov/expapi/activities/objective' } }];
    const scored = (id: string, scaled: number, context: object): NewFact => statement(id, 'ben', 0, { activity: 'https://quiz', action: 'scored', scaled, statement: { id, context } });
    const { of } = await given([
      scored('s1', 0.9, { contextActivities: { category } }),
      scored('s2', 0.7, { contextActivities: { category }, extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': 0.8 } }),
      scored('s3', 0.9, {}),
    ]);
    expect((await of('ben')).map(({ skill, evidence, run }) => [skill, evidence, run])).toEqual([['https://skills/add', 2, 0]]);
  }); // prettier-ignore

  it('takes up a fitted model from the moment it holds, of whatever kind, and stays the same when built again', async () => {
    const elo = new Elo().fit(history);
    const boosted = new BoostedKnowledge({ rounds: 5, seed: 1 }).fit(history);
    const { of, fold, log, warehouse } = await given([
      placed({ 'sum-1': ['add'] }),
      answer('a1', 'ann', true),
      modelSet(elo, logTime(3)),
      answer('a2', 'ann', false, 1),
    ]);
    expect((await of('ann'))[0]).toMatchObject({ evidence: 2, version: learnedHash(elo.toLearned()) });
    await fold([modelSet(boosted, logTime(5)), answer('a3', 'ann', true, 2), answer('a4', 'ann', true, 3)]);
    expect((await of('ann'))[0]).toMatchObject({ evidence: 4, version: learnedHash(boosted.toLearned()) });
    await sameAgain(log, warehouse);
  });

  it('tells a change of level once, and nothing within a level', async () => {
    const { fold, warehouse, log } = await given([placed({ 'sum-1': ['add'] }), answer('a1', 'ann', true)]);
    await fold(Array.from({ length: 4 }, (_, at) => answer(`b${at}`, 'ann', true, 1 + at)));
    await fold();
    const levels = await warehouse.tenant('uni').ask(told);
    expect(levels[0]).toBe('add: attempted');
    expect(new Set(levels).size).toBe(levels.length);
    await fold(Array.from({ length: 5 }, (_, at) => answer(`c${at}`, 'ann', false, 6)));
    await fold();
    expect(await warehouse.tenant('uni').ask(told)).toEqual([...levels, 'add: attempted']);
    await sameAgain(log, warehouse);
  });
});
