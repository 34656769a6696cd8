import { beforeAll, describe, expect, it } from '@jest/globals';
import { token } from './district.js';
import { type SignedIn, type World } from './world.js';

/** Goals, contests, paths and what else people decide about learning, over HTTP. */
export function learningChapter(world: () => World): void {
  describe('learning, as people decide about it', () => {
    const l1 = token('north', 'l1');
    let learner: SignedIn;
    let guardian: SignedIn;
    let teacher: SignedIn;
    let counselor2: SignedIn;
    const skill = (id: string, prerequisites: string[] = []) => ({ skill: id, title: { en: id, es: `${id}-es` }, subject: 'Sums', level: '5', prerequisites });
    const item = (id: string, of: string, key: object = { kind: 'number', value: 7 }) => ({
      item: `https://practice.example/${id}`, skill: of, difficulty: 0, topics: ['boats'], question: { en: '3 + 4?' }, key, hints: [], misconceptions: [], tell: true,
    });
    const ask = <T = never>(method: string, address: string, as: SignedIn, body?: unknown) =>
      world().ask(method, address, { as, ...(body === undefined ? {} : { body }) }) as Promise<{ status: number; text: string; body: T }>;

    beforeAll(async () => {
      const admin = await world().signIn('north', 'admin');
      [learner, guardian, teacher, counselor2] = await Promise.all(['learner', 'guardian', 'teacher', 'counselor2'].map((user) => world().signIn('north', user))) as [SignedIn, SignedIn, SignedIn, SignedIn];
      const put = await ask('PUT', '/practice/content', admin, {
        skills: [skill('plus'), skill('times', ['plus'])],
        items: [item('p1', 'plus'), item('t1', 'times'), item('open', 'plus', { kind: 'text', accept: ['because both are even'] })],
      });
      expect(put.status).toBe(204);
      world().clock.now += 3_000;
    });

    it('a learner sets a goal, sees the way to it, changes and drops it', async () => {
      const set = await ask<{ goal: string; version: number; steps: { skill: string; ready: boolean }[]; standing: string }>('POST', `/learners/${l1}/goals`, learner, { target: { kind: 'skill', name: 'times' }, level: 'proficient', dueOn: '2026-04-01' });
      expect(set.status).toBe(201);
      expect(set.body).toMatchObject({ reached: 0, of: 1, standing: 'no-pace', likely: null });
      expect(set.body.steps.map(({ skill: id, ready }) => [id, ready])).toEqual([['plus', true], ['times', false]]);
      const path = `/learners/${l1}/goals/${set.body.goal}`;
      expect((await ask('PUT', path, guardian, { version: 1, level: 'mastered', dueOn: null })).status).toBe(200);
      expect((await ask('PUT', path, learner, { version: 1, level: 'familiar', dueOn: null })).status).toBe(409);
      const list = await ask<{ items: { level: string }[]; choices: { target: { kind: string } }[] }>('GET', `/learners/${l1}/goals`, teacher);
      expect(list.body.items).toMatchObject([{ level: 'mastered', dueOn: null }]);
      expect(new Set(list.body.choices.map(({ target }) => target.kind))).toEqual(new Set(['subject', 'level', 'skill']));
      expect((await ask('DELETE', path, learner)).status).toBe(204);
      expect((await ask('DELETE', path, learner)).status).toBe(409);
      expect((await ask<{ items: unknown[] }>('GET', `/learners/${l1}/goals`, learner)).body.items).toEqual([]);
    });

    it('a goal lies ahead and aims at something that is there', async () => {
      const target = { kind: 'skill', name: 'times' };
      expect((await ask('POST', `/learners/${l1}/goals`, learner, { target, dueOn: '2020-01-01' })).status).toBe(422);
      expect((await ask('POST', `/learners/${l1}/goals`, learner, { target: { kind: 'skill', name: 'nothing' }, dueOn: null })).status).toBe(422);
      expect((await ask('POST', `/learners/${token('north', 'l2')}/goals`, learner, { target, dueOn: null })).status).toBe(404);
    });

    it('“this looks wrong” is answered by a person, and the learner reads the answer', async () => {
      const body = { skill: 'plus', reason: 'know-it', note: 'I learned it with Ana last year' };
      const said = await ask<{ contest: string }>('POST', `/learners/${l1}/contests`, learner, body);
      expect(said.status).toBe(201);
      expect((await ask('POST', `/learners/${l1}/contests`, learner, body)).status).toBe(409);
      const stored = JSON.stringify(await world().registry.tenant('north').learning.list('contest', {}));
      expect(stored).not.toContain('Ana');
      interface Open { items: { contest: string; note: string; version: number; learner: { name: string } }[] }
      expect((await ask<Open>('GET', '/contests', counselor2)).body.items).toEqual([]);
      const [waiting] = (await ask<Open>('GET', '/contests', teacher)).body.items;
      expect(waiting).toMatchObject({ contest: said.body.contest, note: body.note, learner: { name: 'Ana Alvarez-north' } });
      const answer = `/learners/${l1}/contests/${said.body.contest}/answer`;
      expect((await ask('POST', answer, counselor2, { version: 1, answer: 'stands' })).status).toBe(404);
      expect((await ask('POST', answer, teacher, { version: 1, answer: 'agreed', reply: 'We will try again on Friday.' })).status).toBe(200);
      expect((await ask('POST', answer, teacher, { version: 2, answer: 'stands' })).status).toBe(409);
      const read = await ask<{ items: unknown[] }>('GET', `/learners/${l1}/contests`, learner);
      expect(read.body.items).toMatchObject([{ status: 'done', answer: 'agreed', reply: 'We will try again on Friday.', answeredBy: { name: 'Tess Tran-north' } }]);
      expect((await ask<Open>('GET', '/contests', teacher)).body.items).toEqual([]);
    });

    it('interests and “too hard” are the learner’s word, and a teacher’s choice comes next, with its reason', async () => {
      expect((await ask('PUT', `/learners/${l1}/interests`, learner, { interests: ['boats'] })).status).toBe(204);
      expect((await ask('POST', `/learners/${l1}/words`, learner, { item: 'https://practice.example/p1', say: 'too-hard' })).status).toBe(204);
      expect((await ask('PUT', `/learners/${l1}/preferences`, learner, { streaks: false, nudges: true })).status).toBe(204);
      expect((await ask('GET', `/learners/${l1}/voice`, learner)).body).toMatchObject({ interests: ['boats'], choices: ['Sums', 'boats'], streaks: false, words: [{ say: 'too-hard', skill: 'plus' }] });
      interface Next { items: { item: { skill: string }; reason: { code: string }; because: string }[] }
      const next = async () => (await ask<Next>('GET', `/learners/${l1}/next`, learner)).body.items;
      expect((await next()).map(({ item: { skill: id } }) => id)).toEqual(['plus']);
      const put = await ask('PUT', `/learners/${l1}/next/override`, teacher, { skill: 'times', until: '2026-03-01', reason: 'Ben showed you already' });
      expect(put.body).toMatchObject({ current: { skill: 'times', by: { name: 'Tess Tran-north' }, reason: 'Ben showed you already' } });
      expect((await next())[0]).toMatchObject({ item: { skill: 'times' }, reason: { code: 'teacher' }, because: 'Your teacher chose “times” for you.' });
      const [fact] = await world().registry.tenant('north').learning.history('override', l1);
      expect(fact).toMatchObject({ type: 'NextOverridden', data: { instead: 'plus' } });
      expect(JSON.stringify(fact)).not.toContain('Ben');
      expect((await ask('DELETE', `/learners/${l1}/next/override`, teacher)).status).toBe(204);
      expect((await next())[0]!.item.skill).toBe('plus');
    });

    it('a teacher assigns a path to some of a class, edits and withdraws it', async () => {
      const body = { title: 'For Cleo', skills: ['times'], learners: [l1], dueOn: '2026-05-01', locked: true };
      const assigned = await ask<{ path: string }>('POST', '/teaching/classes/algebra/paths', teacher, body);
      expect(assigned).toMatchObject({ status: 201, body: { title: 'For Cleo', progress: [{ learner: l1, reached: 0 }], version: 1 } });
      const next = await ask<{ items: unknown[] }>('GET', `/learners/${l1}/next`, learner);
      expect(next.body.items).toMatchObject([{ item: { skill: 'plus' }, reason: { code: 'assigned', path: 'For Cleo' } }]);
      expect((await ask<{ items: { reason: { code: string } }[] }>('GET', `/learners/${token('north', 'l2')}/next`, teacher)).body.items[0]!.reason.code).toBe('ready');
      const path = `/teaching/classes/algebra/paths/${assigned.body.path}`;
      expect((await ask('PUT', path, teacher, { ...body, version: 1, learners: null, locked: false })).body).toMatchObject({ version: 2, learners: null });
      expect((await ask('PUT', path, teacher, { ...body, version: 1 })).status).toBe(409);
      expect((await ask('POST', '/teaching/classes/algebra/paths', teacher, { ...body, learners: [token('north', 'l3')] })).status).toBe(422);
      expect((await ask('POST', '/teaching/classes/bio/paths', teacher, body)).status).toBe(404);
      expect(JSON.stringify(await world().registry.tenant('north').learning.list('path', {}))).not.toContain('Cleo');
      expect((await ask('DELETE', path, teacher)).status).toBe(204);
      expect((await ask<{ items: unknown[] }>('GET', '/teaching/classes/algebra/paths', teacher)).body.items).toEqual([]);
    });

    it('groups stay as the teacher left them', async () => {
      const groups = [{ id: 'g', name: 'With Ana', skill: null, learners: [l1] }];
      expect((await ask('PUT', '/teaching/classes/algebra/groups', teacher, { version: 0, groups })).status).toBe(200);
      expect((await ask('GET', '/teaching/classes/algebra/groups', teacher)).body).toMatchObject({ version: 1, groups });
      expect((await ask('PUT', '/teaching/classes/algebra/groups', teacher, { version: 0, groups: [] })).status).toBe(409);
      expect((await ask('PUT', '/teaching/classes/algebra/groups', teacher, { version: 1, groups: [...groups, { ...groups[0]!, id: 'h' }] })).status).toBe(422);
    });

    it('a week is planned, kept, and read by a calendar program until its address is revoked', async () => {
      interface Week { week: string; kept: boolean; version: number; entries: { on: string; kind: string; what: string; minutes: number }[] }
      const week = (await ask<Week>('GET', `/learners/${l1}/plan`, learner)).body;
      expect(week).toMatchObject({ week: '2026-02-02', kept: false, version: 0, done: { entries: 0 } });
      const entries = week.entries.filter(({ kind }) => kind === 'practice').slice(0, 1).map(({ on, kind, what, minutes }) => ({ on, kind, what, minutes }));
      expect((await ask('PUT', `/learners/${l1}/plan`, learner, { week: week.week, version: 0, entries })).body).toMatchObject({ kept: true, version: 1, planned: { entries: 1 } });
      expect((await ask('PUT', `/learners/${l1}/plan`, learner, { week: week.week, version: 0, entries })).status).toBe(409);
      expect((await ask('PUT', `/learners/${l1}/plan`, learner, { week: '2026-02-03', version: 1, entries })).status).toBe(422);
      const { url } = (await ask<{ url: string }>('POST', `/learners/${l1}/plan/feed`, learner, {})).body;
      const address = new URL(url).pathname.replace('/api', '');
      const feed = await world().ask('GET', address);
      expect([feed.status, feed.headers['content-type']]).toEqual([200, 'text/calendar']);
      expect(feed.text).toMatch(/BEGIN:VEVENT[\s\S]*plus/);
      expect(feed.text).not.toMatch(/Ana|Alvarez|north-l1/);
      expect((await ask('DELETE', `/learners/${l1}/plan/feed`, learner)).status).toBe(204);
      expect((await world().ask('GET', address)).status).toBe(404);
    });
  });
} // prettier-ignore
