import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFact } from '@pharos/facts';
import { knownTraces } from '@pharos/warehouse';
import { START } from './district.js';
import { type SignedIn, type World } from './world.js';

const target = 'not-passing';
const metric = { value: 0.9, low: 0.85, high: 0.95 };
const learned = (model: string, recipe: string) => ({
  model, recipe, target, week: 4, asOf: START, positions: { epoch: 'e', offsets: {} }, seed: 1, features: ['work_missed'], learned: {},
  window: { classes: ['then'], rows: 900, learners: 800, baseRate: 0.3 },
  validation: { method: 'later-classes', classes: ['later'], rows: 400, metrics: { precisionAt10: metric }, reliability: [], courses: [{ course: 'x', rows: 400, failed: 120, metrics: { precisionAt10: metric } }, { course: 'y', rows: 12, failed: 2, metrics: {} }] },
}); // prettier-ignore
const group = (name: string, all: number) => ({ attribute: 'gender', group: name, n: all, precision: 0.5, falseNegativeRate: 0.2, people: { all, right: 9, wrong: 9, missed: 9, passed: all - 18 }, figures: null }); // prettier-ignore
const observed = {
  model: 'gate-m1', recipe: 'logistic', target, asOf: START, classes: ['then'],
  report: { version: 1, rows: 900, threshold: 0.5, named: 90, figures: [], groups: [group('f', 400), group('m', 380), group('x', 12)], withheld: 0, concern: true },
}; // prettier-ignore

/** A person's say about a model, and what is told of models while they serve. */
export function gateChapter(world: () => World): void {
  describe('a person and the gate', () => {
    let admin: SignedIn;
    let analyst: SignedIn;
    const decide = (model: string, body: object, as = admin) => world().ask('POST', `/models/${model}/decision`, { as, body });
    const inUse = async () => ((await world().ask('GET', '/gate/standing', { as: admin })).body as { model: string | null }).model;

    beforeAll(async () => {
      [admin, analyst] = await Promise.all([world().signIn('south', 'admin'), world().signIn('south', 'analyst')]);
      const meta = { tenant: 'south', target, occurred_at: START, known_at: START, recorded_at: START, log_partition: 0 };
      const rows = [
        ...[learned('gate-m1', 'logistic'), learned('gate-m2', 'glass-box')].map((data) => ({ type: 'ModelTrained', data })),
        { type: 'ModelObserved', data: observed },
      ];
      await world().warehouse.writer.insert(
        'models',
        rows.map(({ type, data }, at) => ({ ...meta, model: data.model, recipe: data.recipe, id: `gate-${at}`, type, log_offset: 900 + at, body: JSON.stringify(data) })), // prettier-ignore
      );
    });

    it('promotes and rejects with a reason, as an admin who saw what is in use, and it is a fact with their name on it', async () => {
      const seen = await inUse();
      const promoted = { outcome: 'promoted', reason: 'The board asked for it', inUse: seen };
      expect((await decide('gate-m1', promoted, analyst)).status).toBe(403);
      expect((await decide('gate-m1', { ...promoted, reason: ' ' })).status).toBe(400);
      expect((await decide('unknown', promoted)).status).toBe(404);
      expect((await decide('gate-m1', { ...promoted, inUse: 'another' })).status).toBe(409);
      const taken = await decide('gate-m1', promoted);
      expect([taken.status, taken.body]).toMatchObject([
        200,
        {
          outcome: 'promoted',
          model: 'gate-m1',
          recipe: 'logistic',
          reason: 'The board asked for it',
          evidence: { kind: 'person', verdict: 'by-person' },
        },
      ]);
      // who looked before that is told so, though nothing is folded yet
      expect((await decide('gate-m2', { ...promoted, outcome: 'rejected' })).status).toBe(409);
      const rejected = await decide('gate-m2', { outcome: 'rejected', reason: 'Too hard to explain', inUse: 'gate-m1' });
      expect(rejected.status).toBe(200);
      await world().registry.outbox.relayOnce(world().log);
      const heads = await world().log.heads('models');
      const stored = (await Promise.all(heads.map((_, partition) => world().log.read('models', partition, 0)))).flat();
      const facts = stored
        .flatMap(({ stored: each }) => {
          const read = readFact(each);
          return read.ok && String(read.fact.key).startsWith('gate-') ? [read.fact] : [];
        })
        .sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
      expect(facts.map(({ type, key, data }) => [type, key, (data as { reason: string }).reason])).toEqual([
        ['ModelPromoted', 'gate-m1', 'The board asked for it'],
        ['ModelRejected', 'gate-m2', 'Too hard to explain'],
      ]);
      for (const { data } of facts) expect((data as { by: string }).by).not.toBe('gate');
    });

    it('reads what its tenant has begun to send: what is there is not told as missing', async () => {
      const { missing } = (await world().ask('GET', '/gate/standing', { as: analyst })).body as { missing: string[] };
      const [traces] = await world().warehouse.tenant('south').ask(knownTraces());
      expect([missing.includes('activity'), missing.includes('due-work')]).toEqual([!traces!.activity, !traces!.dueWork]);
      // and one that has sent nothing is told both
      expect(await world().warehouse.tenant('nobody').ask(knownTraces())).toEqual([{ activity: false, dueWork: false }]);
    });

    it('reads a card that is made from the facts, with the presentations that may be told of', async () => {
      const { markdown } = (await world().ask('GET', '/models/gate-m1/card', { as: analyst })).body as { markdown: string };
      expect(markdown).toContain('900 enrolments of 800 learners');
      expect(markdown).toMatch(/## By presentation[^#]*withheld, too few people/);
      expect((await world().ask('GET', '/models/none/card', { as: analyst })).status).toBe(404);
    });

    it('is told what came of it by group, and of no group of a few', async () => {
      const { items } = (await world().ask('GET', '/gate/observations', { as: analyst })).body as { items: { model: string; concern: boolean; withheld: number; groups: { group: string }[] }[] }; // prettier-ignore
      const one = items.find(({ model }) => model === 'gate-m1')!;
      expect(one).toMatchObject({ concern: true, withheld: 2 });
      expect(one.groups.map((each) => each.group)).toEqual(['f']);
      expect(JSON.stringify(one)).not.toContain('"x"');
    });
  });
}
