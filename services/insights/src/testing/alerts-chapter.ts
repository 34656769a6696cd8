import { describe, expect, it } from '@jest/globals';
import { type ActionDone, type AlertDetail, type Caseload, type Problem } from '@pharos/contract';
import { token } from './district.js';
import { type World } from './world.js';

/** The caseload, and acting on an alert. */
export function alertsChapter(world: () => World): void {
  describe('the caseload', () => {
    it('shows a counselor their own learners, by name, highest risk first, with words to check', async () => {
      const as = await world().signIn('north', 'counselor');
      const caseload: Caseload = (await world().ask('GET', '/caseload', { as })).body;
      expect(caseload.items.map(({ learner, rank, section }) => [learner.name, rank, section])).toEqual([
        ['Ana Alvarez-north', 1, 'needs-you'],
        ['Ben Brook-north', 2, 'needs-you'],
      ]);
      expect(caseload.counts).toMatchObject({ active: 2, overdue: 0, learners: 2 });
      expect(caseload.items[0]).toMatchObject({
        school: { id: 's1', title: 'North High' },
        reasons: [{ code: 'work-missed', class: { id: 'algebra', title: 'Algebra 1' }, params: { missed: 3, due: 4, classMedian: 0 } }, {}],
        nextSteps: [{ intervention: 'work-plan', title: 'Agree a plan for missed work' }],
        risk: { probability: 0.74, sure: 'model', heldOut: { n: 312 } },
      });
    });

    it('words next steps in the language that the page asks for, whatever the account’s is', async () => {
      const as = await world().signIn('north', 'counselor');
      const caseload: Caseload = (await world().ask('GET', '/caseload', { as, headers: { 'accept-language': 'es' } })).body;
      expect(caseload.items[0]!.nextSteps).toMatchObject([{ title: 'Acordar un plan para las entregas pendientes' }]);
    });

    it('records whose identity was read, by whom and why, in one fact per request', async () => {
      const as = await world().signIn('north', 'counselor');
      const before = (await world().facts('IdentityRead')).length;
      await world().ask('GET', '/caseload', { as });
      const facts = (await world().facts('IdentityRead')).slice(before);
      expect(facts.map(({ data, tenant }) => [tenant, data])).toEqual([
        [
          'north',
          expect.objectContaining({
            by: as.session.user,
            whom: [token('north', 'c1'), token('north', 'l1'), token('north', 'l2')],
            why: 'caseload.list',
          }),
        ],
      ]);
    });

    it('is searched by name within the caseload only, and paged without gap or repeat', async () => {
      const as = await world().signIn('north', 'counselor');
      const names = (caseload: Caseload) => caseload.items.map(({ learner }) => learner.name);
      expect(names((await world().ask('GET', '/caseload?search=bro', { as })).body)).toEqual(['Ben Brook-north']);
      expect(names((await world().ask('GET', '/caseload?search=cleo', { as })).body)).toEqual([]);
      const first: Caseload = (await world().ask('GET', '/caseload?limit=1', { as })).body;
      const second: Caseload = (await world().ask('GET', `/caseload?limit=1&cursor=${first.next!}`, { as })).body;
      expect([...names(first), ...names(second)]).toEqual(['Ana Alvarez-north', 'Ben Brook-north']);
      expect([second.items[0]?.rank, second.next]).toEqual([2, null]);
      expect((await world().ask('GET', '/caseload?cursor=nonsense', { as })).status).toBe(400);
    });

    it('is answered with 304 while nothing changed', async () => {
      const as = await world().signIn('north', 'counselor');
      const { headers } = await world().ask('GET', '/caseload', { as });
      const again = await world().ask('GET', '/caseload', { as, headers: { 'if-none-match': String(headers.etag) } });
      expect([again.status, again.text]).toEqual([304, '']);
    });
  });

  describe('an alert', () => {
    it('of somebody else’s caseload or another tenant looks as if it did not exist', async () => {
      const as = await world().signIn('north', 'counselor');
      for (const alert of ['north-a3', 'south-a1', 'nothing']) {
        expect(await world().ask('GET', `/alerts/${alert}`, { as })).toMatchObject({ status: 404, body: { code: 'not-found' } });
      }
    });

    it('keeps a note sealed in its fact and opens it in the history', async () => {
      const as = await world().signIn('north', 'counselor');
      const { version } = (await world().ask('GET', '/alerts/north-a2', { as })).body as AlertDetail;
      const body = { version, intervention: 'talk', followUpOn: '2026-02-20', note: 'Spoke with his aunt Maria' };
      const done = await world().ask('POST', '/alerts/north-a2/interventions', { as, body });
      expect(done.status).toBe(200);
      const stored = await world().registry.tenant('north').alertCases.history('north-a2');
      expect(JSON.stringify(stored)).not.toContain('Maria');
      const detail: AlertDetail = (await world().ask('GET', '/alerts/north-a2', { as })).body;
      expect(detail.history.at(-1)).toMatchObject({
        type: 'InterventionLogged',
        by: { name: 'Nora Nguyen-north' },
        note: body.note,
        intervention: { title: 'Talk with the learner' },
      });
      expect(detail.lastContact).toMatchObject({ intervention: 'talk', followUpOn: '2026-02-20' });
      const teacher = await world().signIn('north', 'teacher');
      const seen: AlertDetail = (await world().ask('GET', '/alerts/north-a2', { as: teacher })).body;
      expect(seen.history.map(({ note }) => note)).toEqual(seen.history.map(() => null));
    });

    it('has one winner of two who act at once; the other is told what, who and when', async () => {
      const first = await world().signIn('north', 'counselor');
      const second = await world().signIn('north', 'admin');
      const { version } = (await world().ask('GET', '/alerts/north-a1', { as: first })).body as AlertDetail;
      const answers = await Promise.all([
        world().ask('POST', '/alerts/north-a1/acknowledge', { as: first, body: { version } }),
        world().ask('POST', '/alerts/north-a1/override', { as: second, body: { version, reason: 'already-supported' } }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const won = answers.findIndex(({ status }) => status === 200);
      const lost: Problem = answers[1 - won]!.body;
      expect(lost).toMatchObject({
        code: 'conflict',
        conflict: {
          what: won === 0 ? 'AlertAcknowledged' : 'AlertOverridden',
          by: { name: won === 0 ? 'Nora Nguyen-north' : 'admin@north.example' },
          at: new Date(world().clock.now).toISOString(),
          version: version + 1,
        },
      });
    });

    it('can be put back as it was for 10 s, by its author only', async () => {
      const as = await world().signIn('south', 'counselor');
      const other = await world().signIn('south', 'admin');
      const act = async () => {
        const { version } = (await world().ask('GET', '/alerts/south-a1', { as })).body as AlertDetail;
        return (await world().ask('POST', '/alerts/south-a1/acknowledge', { as, body: { version } })).body as ActionDone;
      };
      const undo = (who: typeof as, action: string) => world().ask('POST', '/alerts/south-a1/withdraw', { as: who, body: { action } });
      const done = await act();
      expect(done.undoUntil).toBe(new Date(world().clock.now + 10_000).toISOString());
      expect((await undo(other, done.action)).status).toBe(403);
      expect(await undo(as, done.action)).toMatchObject({ status: 200, body: { alert: { status: 'open' } } });
      const again = await act();
      world().clock.now += 10_001;
      expect(await undo(as, again.action)).toMatchObject({ status: 409, body: { code: 'too-late' } });
    });
  });
}
