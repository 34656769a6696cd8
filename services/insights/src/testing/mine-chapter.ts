import { beforeAll, describe, expect, it } from '@jest/globals';
import { token } from './district.js';
import { type SignedIn, type World } from './world.js';

const DAY = 86_400_000;

/** What learners ask about themselves, over HTTP. Comes after the chapters on learning, whose catalogue it uses. */
export function mineChapter(world: () => World): void {
  describe('what learners ask about themselves', () => {
    const l1 = token('north', 'l1');
    let learner: SignedIn;
    const ask = async <T>(address: string, as: SignedIn) => (await world().ask('GET', address, { as })) as unknown as { status: number; text: string; body: T };
    const placed = (id: string, at: string, offset: number) => ({ tenant: 'north', id, occurred_at: at, known_at: at, recorded_at: at, log_partition: 0, log_offset: offset });

    beforeAll(async () => {
      learner = await world().signIn('north', 'learner');
    });

    it('who looked at their data, by role and purpose; their own looks and other people’s are left out', async () => {
      const at = (daysAgo: number) => new Date(world().clock.now - daysAgo * DAY).toISOString();
      const users = new Map((await world().registry.tenant('north').users.list()).map(({ id, login }) => [login.split('@')[0]!, id]));
      const read = (n: number, by: string, why: string, daysAgo: number, whom = [l1, 'north-x']) => ({ ...placed(`read-${n}`, at(daysAgo), 700 + n), type: 'IdentityRead', learner: '', body: JSON.stringify({ by, why, whom, at: at(daysAgo) }) });
      await world().warehouse.writer.insert('governance_facts', [
        read(1, users.get('teacher')!, 'teaching.skills', 3), read(2, users.get('teacher')!, 'assigning.groups', 1), read(3, users.get('counselor')!, 'caseload.list', 2),
        read(4, users.get('learner')!, 'learners.get', 1), read(5, 'insights-deliveries', 'deliver nudges', 4), read(6, world().keys.get('north')!.id, 'xapi/statements', 5),
        read(7, users.get('teacher')!, 'teaching.skills', 200), read(8, users.get('admin')!, 'learners.get', 1, ['north-x']),
      ]);
      interface Reads { items: { who: string; why: string; times: number; last: string }[] } // prettier-ignore
      const { body, text } = await ask<Reads>(`/learners/${l1}/reads`, learner);
      expect(body.items).toEqual([
        { who: 'teacher', why: 'class', times: 2, last: at(1) },
        { who: 'counselor', why: 'caseload', times: 1, last: at(2) },
        { who: 'pharos', why: 'message', times: 1, last: at(4) },
        { who: 'platform', why: 'platform', times: 1, last: at(5) },
      ]);
      expect(text).not.toMatch(/Tran|Nguyen|north\.example/);
      expect((await world().ask('GET', `/learners/${l1}/reads`, { as: await world().signIn('north', 'teacher') })).status).toBe(403);
    });

    it('what may help where practice does not: the skill, and what it stands on; no verdict', async () => {
      expect((await ask<{ items: unknown[] }>(`/learners/${l1}/encouragement`, learner)).body.items).toEqual([]);
      const answer = (n: number) => {
        const when = new Date(world().clock.now - DAY + n * 60_000).toISOString();
        return { ...placed(`stuck-${n}`, when, 720 + n), learner: l1, activity: 'https://practice.example/t1', skills: [], correct: n === 5 ? 1 : 0, duration_seconds: 20, hints: 0, attempt: null };
      };
      await world().warehouse.writer.insert('answers', Array.from({ length: 12 }, (_, n) => answer(n)));
      const { body } = await ask<{ items: { code: string; skill: { skill: string } | null; before: { skill: string }[] }[] }>(`/learners/${l1}/encouragement`, learner);
      expect(body.items).toEqual([{ code: 'wheel-spinning', skill: { skill: 'times', title: { en: 'times', es: 'times-es' } }, before: [{ skill: 'plus', title: { en: 'plus', es: 'plus-es' } }] }]);
    });

    it('where they are likely to end, with a range, the same at each look; a teacher reads it too', async () => {
      interface Outlooks { test: number; items: { subject: string; skills: number; now: number; likely: number; low: number; high: number; endsOn: string; perWeek: number }[] } // prettier-ignore
      const { body, status } = await ask<Outlooks>(`/learners/${l1}/outlook`, learner);
      expect(status).toBe(200);
      for (const { now, likely, low, high } of body.items) {
        expect([low <= likely && likely <= high, [now, low, high].every((share) => share >= 0 && share <= 1)]).toEqual([true, true]);
      }
      const teacher = await ask<Outlooks>(`/learners/${l1}/outlook`, await world().signIn('north', 'teacher'));
      expect(teacher.body.items).toEqual(body.items);
      expect(body.items.map(({ subject, skills }) => [subject, skills])).toEqual([['Sums', 2]]);
    });
  });
} // prettier-ignore
