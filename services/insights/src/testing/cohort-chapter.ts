import { describe, expect, it } from '@jest/globals';
import { type LearnerProfile, type Overview, type RiskHistory, type Timeline } from '@pharos/contract';
import { token } from './district.js';
import { type World } from './world.js';

/** Cohorts as cells, and single learners for those who may see them. */
export function cohortChapter(world: () => World): void {
  describe('the overview', () => {
    it('tells an analyst how many are enrolled, active and at risk, and hides what is too few', async () => {
      const as = await world().signIn('north', 'analyst');
      const answer = await world().ask('GET', '/overview', { as });
      const overview: Overview = answer.body;
      expect(answer.status).toBe(200);
      expect(overview).toMatchObject({ by: 'course', term: { id: '2026S' }, minimumGroup: 10 });
      const week = overview.weeks.find(({ from }) => from === '2026-01-26');
      expect(week).toMatchObject({
        week: 4,
        enrolled: { is: 'value', value: 64 },
        active: { is: 'value', value: 40 },
        atRisk: { is: 'value', value: 19 },
        lastYear: null,
      });
      const [algebra, bio] = overview.rows;
      // 4 of 24 are too few to show; with 15 of 40 shown, the sum of 19 would give them away.
      expect([algebra, bio].map((row) => [row?.id, row?.enrolled.is, row?.atRisk.is])).toEqual([
        ['algebra', 'value', 'suppressed'],
        ['bio', 'value', 'suppressed'],
      ]);
      expect(algebra?.handedIn).toEqual({ is: 'value', value: 0.75 });
      expect(algebra?.attendance).toEqual({ is: 'value', value: 0.75 });
      expect(bio?.handedIn).toEqual({ is: 'missing' });
      expect(overview.rows.every(({ learnersShown }) => !learnersShown)).toBe(true);
    });

    it('names no learner, by name or token', async () => {
      const as = await world().signIn('north', 'analyst');
      const { text } = await world().ask('GET', '/overview?by=class', { as });
      expect(text).not.toMatch(/north-l1|Alvarez/);
    });

    it('is not for counselors', async () => {
      const as = await world().signIn('north', 'counselor');
      expect(await world().ask('GET', '/overview', { as })).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    });
  });

  describe('a learner', () => {
    const l1 = token('north', 'l1');

    it('is shown to their counselor with classes, risk and the open alert', async () => {
      const as = await world().signIn('north', 'counselor');
      const profile: LearnerProfile = (await world().ask('GET', `/learners/${l1}`, { as })).body;
      expect(profile.learner).toEqual({ token: l1, name: 'Ana Alvarez-north' });
      expect(profile.counselor?.name).toBe('Nora Nguyen-north');
      expect(profile.classes).toMatchObject([
        { class: { title: 'Algebra 1' }, risk: { probability: 0.8, sure: 'little-data' }, outcome: null },
      ]);
    });

    it('has a risk whose contributions add up', async () => {
      const as = await world().signIn('north', 'teacher');
      const { points }: RiskHistory = (await world().ask('GET', `/learners/${l1}/risk`, { as })).body;
      expect(points).toHaveLength(2);
      for (const { logOdds, intercept, contributions } of points) {
        expect(intercept + contributions.reduce((sum, each) => sum + each.logOdds, 0)).toBeCloseTo(logOdds, 9);
      }
    });

    it('has a story of activity, work, attendance and alerts on one axis', async () => {
      const as = await world().signIn('north', 'counselor');
      const timeline: Timeline = (await world().ask('GET', `/learners/${l1}/timeline`, { as })).body;
      expect(timeline.activity).toEqual([{ day: '2026-01-28', class: 'algebra', events: 1, amount: 3, kinds: { page: 3 } }]);
      expect(timeline.work).toMatchObject([{ title: 'Quadratics', state: 'missed', mark: null, dueOn: '2026-01-26' }]);
      expect(timeline.attendance).toEqual([{ day: '2026-01-28', class: null, status: 'absent' }]);
      expect(timeline.alerts[0]).toMatchObject({ alert: 'north-a1', step: { type: 'AlertRaised', by: null } });
    });

    it('is seen by themselves and their guardian, and by nobody else', async () => {
      const seen = async (user: string, learner: string) =>
        (await world().ask('GET', `/learners/${learner}`, { as: await world().signIn('north', user) })).status;
      expect(await seen('learner', l1)).toBe(200);
      expect(await seen('guardian', l1)).toBe(200);
      expect(await seen('teacher', l1)).toBe(200);
      expect(await seen('learner', token('north', 'l2'))).toBe(404);
      expect(await seen('guardian', token('north', 'l2'))).toBe(404);
      expect(await seen('teacher', token('north', 'l3'))).toBe(404);
      expect(await seen('counselor2', l1)).toBe(404);
      expect(await seen('analyst', l1)).toBe(403);
      expect(await seen('admin', token('south', 'l1'))).toBe(404);
    });

    it('is answered to a platform by the name that the platform knows, without a token or name of ours', async () => {
      const key = world().keys.get('north')!;
      const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
      const named = encodeURIComponent('mailto:l1@north.example');
      const answer = await world().ask('GET', `/learners/${named}`, { headers: { authorization } });
      expect(answer).toMatchObject({ status: 200, body: { learner: { token: 'mailto:l1@north.example', name: null }, alert: null } });
      expect(answer.text).not.toMatch(/north-l1|north-c1|Alvarez|Nguyen/);
      expect((await world().ask('GET', `/learners/${l1}`, { headers: { authorization } })).status).toBe(404);
      expect(
        (await world().ask('GET', `/learners/${encodeURIComponent('mailto:l1@south.example')}`, { headers: { authorization } })).status,
      ).toBe(404);
    });
  });
}
