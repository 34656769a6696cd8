import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { token } from './district.js';
import { type SignedIn, type World } from './world.js';

/** Placement tests, kept answers, marks, badges, over HTTP. Comes after the chapter on learning, whose catalogue it uses. */
export function growthChapter(world: () => World): void {
  describe('growth', () => {
    const l1 = token('north', 'l1');
    let learner: SignedIn;
    let teacher: SignedIn;
    const ask = async <T>(method: string, address: string, as: SignedIn | undefined, body?: unknown) =>
      (await world().ask(method, address, { as, ...(body === undefined ? {} : { body }) })) as { status: number; text: string; body: T };
    const number = (id: number) => ({
      item: `https://practice.example/n${id}`, skill: id % 2 === 0 ? 'plus' : 'times', difficulty: (id - 6) / 4, question: { en: `${id} + 0?` },
      key: { kind: 'number', value: id }, hints: [], misconceptions: [], tell: true,
    }); // prettier-ignore

    beforeAll(async () => {
      const admin = await world().signIn('north', 'admin');
      [learner, teacher] = await Promise.all([world().signIn('north', 'learner'), world().signIn('north', 'teacher')]);
      const items = Array.from({ length: 14 }, (_, id) => number(id));
      expect((await ask('PUT', '/practice/content', admin, { skills: [], items })).status).toBe(204);
      world().clock.now += 3_000;
    });

    interface Test { assessment: string; asked: number; next: { item: string; question: { en: string } } | null; report: { known: { skill: string }[] } | null } // prettier-ignore

    it('a placement test goes on where it was left, gives no verdict on the way, and opens what stands on what it found', async () => {
      const path = `/learners/${l1}/placement`;
      expect((await ask('POST', path, learner, { subject: 'Nothing' })).status).toBe(422);
      let now = (await ask<Test>('POST', path, learner, { subject: 'Sums' })).body;
      const { assessment } = now;
      expect((await ask<Test>('POST', path, learner, { subject: 'Sums' })).body).toEqual(now);
      expect((await ask('POST', `${path}/${assessment}/answers`, learner, { item: 'https://practice.example/p1', response: '7', seconds: 3 })).status).toBe(409);
      const before = world().sent.length;
      for (let turn = 0; turn < 20 && now.next !== null; turn += 1) {
        const answer = await ask<Test>('POST', `${path}/${assessment}/answers`, learner, { item: now.next.item, response: /[pt]1$/.test(now.next.item) && !now.next.item.endsWith('n1') ? '7' : String(parseInt(now.next.question.en)), seconds: 3 });
        if (answer.status !== 200) throw new Error(answer.text);
        expect([answer.status, /"verdict"|"correct"/.test(answer.text)]).toEqual([200, false]);
        now = answer.body;
      }
      expect(now.asked).toBeLessThanOrEqual(15);
      expect(world().sent.length - before).toBe(now.asked);
      expect(now.report!.known.map(({ skill }) => skill)).toEqual(['plus', 'times']);
      expect((await ask<Test>('GET', path, teacher)).body.report!.known).toHaveLength(2);
      const next = await ask<{ items: { item: { skill: string } }[] }>('GET', `/learners/${l1}/next`, learner);
      expect(next.body.items.map(({ item }) => item.skill)).toContain('times');
      expect((await ask('POST', `${path}/${assessment}/answers`, learner, { item: 'https://practice.example/n1', response: '1', seconds: 1 })).status).toBe(409);
    });

    it('answers that were kept come as one batch, with their own time and id; one that cannot be taken keeps no other', async () => {
      const kept = (n: number, item: string, at: string) => ({ id: `0b8c6f0e-1111-4000-8000-00000000000${n}`, item, at, response: '2', seconds: 4 });
      const known = 'https://practice.example/n2';
      const answers = [kept(1, known, '2026-02-01T08:00:00.000Z'), kept(2, 'https://nowhere.example/x', '2026-02-01T08:00:00.000Z'), kept(3, known, '2025-01-01T08:00:00.000Z'), kept(4, known, '2027-01-01T08:00:00.000Z')];
      const taken = await ask<{ items: { id: string; kept: boolean; because: string | null }[] }>('POST', '/practice/kept-answers', learner, { answers });
      const by = new Map(taken.body.items.map(({ id, because }) => [id.at(-1), because]));
      expect([by.get('1'), by.get('2'), by.get('3'), by.get('4')]).toEqual([null, 'unknown-item', 'too-old', 'not-yet']);
      expect(world().sent.at(-1)).toMatchObject({ id: answers[0]!.id, timestamp: answers[0]!.at, result: { success: true } });
    });

    it('what cannot be graded surely waits for the teacher, whose mark is a fact and a statement', async () => {
      const response = 'as Ana said, they are both even numbers';
      const answered = await ask<{ feedback: { verdict: string }; statement: string }>('POST', '/practice/answers', learner, { item: 'https://practice.example/open', response, seconds: 9 });
      expect(answered.body.feedback.verdict).toBe('unsure');
      interface Queue { items: { answer: string; version: number; response: string; learner: { name: string } }[]; waiting: number } // prettier-ignore
      expect(JSON.stringify(await world().registry.tenant('north').learning.list('answer', {}))).not.toContain('Ana');
      const [waiting] = (await ask<Queue>('GET', '/teaching/queue', teacher)).body.items;
      expect(waiting).toMatchObject({ answer: answered.body.statement, response, learner: { name: 'Ana Alvarez-north' } });
      const mark = `/learners/${l1}/queue/${waiting!.answer}/mark`;
      expect((await ask('POST', mark, teacher, { version: 1, share: 1 })).status).toBe(204);
      expect((await ask('POST', mark, teacher, { version: 2, share: 0 })).status).toBe(409);
      expect(world().sent.at(-1)).toMatchObject({ verb: { id: 'http://adlnet.gov/expapi/verbs/scored' }, result: { success: true, score: { scaled: 1 } }, context: { statement: { id: waiting!.answer } } });
      expect((await ask<Queue>('GET', '/teaching/queue', teacher)).body.waiting).toBe(0);
    });

    it('open answers of any platform wait for the teacher too, and nothing that has a verdict, is a survey, or is another’s', async () => {
      const { warehouse, vault, clock, sent } = world();
      const other = token('north', 'l3');
      let offset = 900;
      interface Given { readonly id: string; readonly response: string; readonly type?: string; readonly activity?: string; readonly by?: string; readonly correct?: number; readonly later?: number } // prettier-ignore
      const given = async ({ id, response, type = 'long-fill-in', activity = `https://lms.example/${id}`, by = l1, correct, later = 0 }: Given) => {
        const at = new Date(clock.now - 3_600_000 + later).toISOString();
        const [sealed] = await vault.seal('north', [{ learner: by, text: JSON.stringify(response) }]);
        const fact = { tenant: 'north', id, learner: by, occurred_at: at, known_at: at, recorded_at: at, log_partition: 0, log_offset: (offset += 1) };
        const row = { ...fact, activity, kind: 'practice', action: 'answered', context: [], scaled: null, correct: correct ?? null, duration_seconds: null } as const;
        const definition = { name: { 'en-GB': 'Essay one' }, description: { en: 'Why?', es: '¿Por qué?' }, interactionType: type };
        await warehouse.writer.insert('attempts', [row]);
        await warehouse.writer.insert('statements', [{ ...row, verb: 'v', activity_type: '', registration: '', amount: 1, refers_to: '', credential: 'lms', xapi: '1.0.3', hash: '', body: JSON.stringify({ object: { id: activity, definition }, result: { response: { 'pharos:sealed': sealed } } }) }]);
        if (correct !== undefined) await warehouse.writer.insert('answers', [{ ...fact, activity, skills: [], correct, duration_seconds: null, hints: null, attempt: null }]);
        return fact;
      };
      await given({ id: 'essay', response: 'Ben thinks so' });
      await given({ id: 'near', response: 'becuase both are evn', activity: 'https://practice.example/open', type: 'fill-in', later: 1 });
      await given({ id: 'survey', response: 'often', type: 'likert' });
      await given({ id: 'judged', response: '3 kg', type: 'numeric', correct: 1 });
      await given({ id: 'tried-again', response: 'hm', type: 'other', activity: 'https://lms.example/again' });
      await given({ id: 'right-then', response: 'ha', type: 'other', activity: 'https://lms.example/again', correct: 1, later: 60_000 });
      await given({ id: 'not-mine', response: 'mine', by: other });
      const taken = await given({ id: 'taken-back', response: 'oh' });
      await warehouse.writer.insert('voids', [{ tenant: 'north', id: 'v-taken', occurred_at: taken.occurred_at, known_at: taken.known_at, recorded_at: taken.recorded_at, log_partition: 0, log_offset: 999, target: 'taken-back', voider: 'x' }]);
      interface Queue { items: { answer: string; version: number; response: string; question: object; suggestion: number | null; because: string; learner: { token: string } }[]; waiting: number } // prettier-ignore
      const queue = async () => (await ask<Queue>('GET', '/teaching/queue', teacher)).body;
      const { items, waiting } = await queue();
      expect([items.map(({ answer }) => answer), waiting]).toEqual([['essay', 'near'], 2]);
      expect(items[0]).toMatchObject({ response: 'Ben thinks so', question: { en: 'Why?', es: '¿Por qué?' }, suggestion: null, because: 'no-key', learner: { token: l1 } });
      expect(items[1]).toMatchObject({ response: 'becuase both are evn', suggestion: 1, because: 'key-came-later' });
      const mark = (answer: string, share: number) => ask('POST', `/learners/${l1}/queue/${answer}/mark`, teacher, { version: 1, share });
      expect([(await mark('essay', 0.5)).status, (await mark('essay', 1)).status]).toEqual([204, 409]);
      expect([(await mark('judged', 1)).status, (await mark('not-mine', 1)).status, (await mark('nowhere', 1)).status]).toEqual([404, 404, 404]);
      expect(sent.at(-1)).toMatchObject({ object: { id: 'https://lms.example/essay' }, result: { score: { scaled: 0.5 } }, context: { statement: { id: 'essay' } }, timestamp: new Date(clock.now - 3_600_000).toISOString() });
      expect((await queue()).items.map(({ answer }) => answer)).toEqual(['near']);
      expect(JSON.stringify(await world().registry.tenant('north').learning.list('answer', {}))).not.toContain('Ben thinks');
      expect((await mark('near', 0)).status).toBe(204);
    });

    it('a badge is given for a mastered set, checked by anybody at its address, and taken back', async () => {
      const path = `/learners/${l1}/badges`;
      expect((await ask('POST', path, learner, { subject: 'Sums' })).status).toBe(422);
      const at = new Date(world().clock.now).toISOString();
      await world().warehouse.writer.insert('masteries', ['plus', 'times'].map((skill) => ({ tenant: 'north', learner: l1, skill, probability: 0.97, low: 0.9, high: 0.99, evidence: 12, trend: 0, run: 6, last_at: at, stability: 10, difficulty: 5, review_at: at, version: 'v' })));
      interface List { ready: { subject: string }[]; items: { url: string; revoked: boolean }[]; streak: object | null; milestones: { kind: string; reached: number }[] } // prettier-ignore
      const list = (await ask<List>('GET', path, learner)).body;
      // The learner turned streaks off in the chapter before.
      expect([list.ready.map(({ subject }) => subject), list.streak, list.milestones]).toEqual([['Sums'], null, []]);
      const taken = await ask<{ badge: string; url: string }>('POST', path, learner, { subject: 'Sums' });
      expect([taken.status, (await ask('POST', path, learner, { subject: 'Sums' })).status]).toEqual([201, 409]);
      const address = new URL(taken.body.url).pathname.replace('/api', '');
      const shown = await ask<{ jwt: string; credential: { issuer: { id: string } }; revoked: boolean }>('GET', address, undefined);
      expect([shown.status, shown.body.revoked]).toEqual([200, false]);
      expect(shown.text).not.toMatch(/Ana|Alvarez|north-l1/);
      const issuer = await ask<{ jwks: JSONWebKeySet }>('GET', new URL(shown.body.credential.issuer.id).pathname.replace('/api', ''), undefined);
      const { payload } = await jwtVerify(shown.body.jwt, createLocalJWKSet(issuer.body.jwks), { issuer: shown.body.credential.issuer.id });
      expect(payload).toMatchObject({ jti: taken.body.url, name: 'Sums' });
      expect((await ask('POST', `${path}/${taken.body.badge}/revoke`, teacher, { reason: 'mistake' })).status).toBe(204);
      expect((await ask<{ revoked: boolean }>('GET', address, undefined)).body.revoked).toBe(true);
      expect((await ask('GET', '/badges/south', undefined)).status).toBe(404);
    });
  });
} // prettier-ignore
