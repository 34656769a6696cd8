import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ForwardTarget, type Key, type PlatformsLive, type StatementDetail, type StatementRows } from '@pharos/contract';
import { ACTIVITY, statementId } from './statements-of-test.js';
import { type SignedIn, type World } from './world.js';

/** As the vault of these tests seals. */
const sealedHere = (text: string) => Buffer.from(`north/${text}`).toString('base64');

/** An integrator looks at what platforms send. */
export function platformsChapter(world: () => World): void {
  describe('an integrator', () => {
    let admin: SignedIn;
    beforeAll(async () => {
      admin = await world().signIn('north', 'admin');
    });
    const get = async <T>(address: string): Promise<T> => (await world().ask('GET', address, { as: admin })).body;
    const reads = async () => (await world().facts('IdentityRead')).map(({ data }) => data as { whom: string[]; why: string });

    it('makes a key that is shown once, changes what it may do, and revokes it', async () => {
      const body = { name: 'Moodle', scopes: ['statements/write'], settings: { lint: true, limits: { statementsPerSecond: 50 } } };
      const made = (await world().ask('POST', '/keys', { as: admin, body })).body as Key & { secret: string };
      expect(made).toMatchObject({ ...body, revokedAt: null });
      expect(made.secret.length).toBeGreaterThan(40);
      expect(JSON.stringify(await get('/keys'))).not.toContain(made.secret);
      const changed = await world().ask('PATCH', `/keys/${made.id}`, {
        as: admin,
        body: { scopes: ['statements/write', 'state'], settings: {} },
      });
      expect(changed.body).toMatchObject({ name: 'Moodle', scopes: ['statements/write', 'state'], settings: {} });
      expect((await world().ask('DELETE', `/keys/${made.id}`, { as: admin })).status).toBe(204);
      expect(await world().registry.credentialCheck.verify(made.id, made.secret)).toBeUndefined();
    });

    it('sends statements on to another store, whose secret nobody is shown, pauses it and forgets it', async () => {
      const body = { name: 'State store', kind: 'xapi', url: 'https://lrs.example/xapi', secret: 'key:s3cret', filter: { verbs: ['http://e.org/did'] }, fromNow: true }; // prettier-ignore
      const made = await world().ask('POST', '/forwards', { as: admin, body });
      expect([made.status, made.body]).toEqual([201, expect.objectContaining({ name: 'State store', version: '1.0.3', withIdentities: false, active: true, sent: 0 })]); // prettier-ignore
      const { id } = made.body as ForwardTarget;
      const [kept] = await world().registry.tenant('north').forwards.list();
      expect([kept!.position, kept!.sealedSecret]).toEqual(['now', sealedHere('key:s3cret')]);
      expect(JSON.stringify(await get('/forwards'))).not.toMatch(/s3cret|sealed/);
      expect((await world().ask('PATCH', `/forwards/${id}`, { as: admin, body: { active: false } })).body).toMatchObject({
        id,
        active: false,
      });
      expect((await world().ask('DELETE', `/forwards/${id}`, { as: admin })).status).toBe(204);
      expect(await get('/forwards')).toEqual({ items: [] });
      for (const wrong of [{ secret: 'no-colon' }, { url: 'ftp://lrs.example' }, { filter: { verbs: [] } }, { kind: 'mail' }])
        expect((await world().ask('POST', '/forwards', { as: admin, body: { ...body, ...wrong } })).status).toBe(400);
      expect((await world().ask('POST', '/forwards', { as: admin, body: { ...body, kind: 'webhook', secret: 'no-colon' } })).status).toBe(
        201,
      );
    });

    it('sees what came in each of the last 60 minutes', async () => {
      const { items } = await get<PlatformsLive>('/platforms/live');
      const { id } = world().keys.get('north')!;
      const lms = items.find(({ credential }) => credential === id)!;
      expect(lms.lastStatementAt).toBe('2026-02-02T07:53:00.000Z');
      expect(lms.minutes.slice(-10)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    });

    it('sees what a platform gets wrong, opens an example on record, and counts anew', async () => {
      const cause = { credential: 'lms', kind: 'refused', status: 400, path: 'verb', message: 'is required' } as const;
      await world().registry.tenant('north').findings.add([{ ...cause, count: 4, at: new Date(world().clock.now), example: sealedHere('{"actor":"Quill"}') }]); // prettier-ignore
      const { findings } = await get<PlatformsLive>('/platforms/live');
      expect(findings).toMatchObject([{ ...cause, count: 4, hasExample: true }]);
      const address = `/platforms/lms/findings/${findings[0]!.finding}`;
      expect(await get(address)).toEqual({ text: '{"actor":"Quill"}' });
      expect(await reads()).toContainEqual(expect.objectContaining({ whom: [], why: expect.stringContaining('example lms/') }));
      expect((await world().ask('DELETE', '/platforms/lms/findings', { as: admin })).status).toBe(204);
      expect((await get<PlatformsLive>('/platforms/live')).findings).toEqual([]);
    });

    it('reads statements, the latest first, page by page, by what they filter', async () => {
      const first = await get<StatementRows>('/statements?limit=2');
      expect(first.items.map(({ id }) => id)).toEqual([statementId('north', 3), statementId('north', 2)]);
      expect(first.items).toMatchObject([
        { verb: { words: 'answered' }, object: { words: 'Quiz one' }, correct: true, voided: false },
        { voided: true },
      ]);
      const second = await get<StatementRows>(`/statements?limit=2&cursor=${first.next}`);
      expect([second.items.map(({ id }) => id), second.next]).toEqual([[statementId('north', 1)], null]);
      const of = async (query: string) => (await get<StatementRows>(`/statements?${query}`)).items.length;
      const { id } = world().keys.get('north')!;
      expect(await of(`platform=${id}&activity=${encodeURIComponent(ACTIVITY)}`)).toBe(3);
      expect(await of('platform=nobody')).toBe(0);
      expect(await of('since=2026-02-02T07:52:00.000Z')).toBe(1);
    });

    it('is told who acted only when they ask, and each time that is recorded', async () => {
      const quiet = await get<StatementRows>('/statements');
      expect(quiet.items.every(({ actor }) => actor.name === null)).toBe(true);
      const before = (await reads()).length;
      const named = await get<StatementRows>('/statements?names=true');
      expect(named.items[0]!.actor.name).toBe('Ana Alvarez-north');
      expect((await reads()).slice(before)).toMatchObject([{ whom: ['north-l1'], why: 'statements.list' }]);
    });

    it('sees what was made of a statement', async () => {
      const address = `/statements/${statementId('north', 3)}`;
      const detail = await get<StatementDetail>(address);
      expect(JSON.parse(detail.json)).toMatchObject({ actor: { account: { name: 'north-l1' } } });
      expect(detail.derived).toMatchObject({
        action: 'answered', kind: 'practice', attempt: false,
        skills: [{ skill: 'fractions', probability: null }],
        levels: [{ skill: 'fractions', from: 'attempted', to: 'familiar' }],
        alerts: [{ alert: 'north-a1', reasons: [{ code: 'work-missed' }, { code: 'silent-days' }] }],
      }); // prettier-ignore
      const before = (await reads()).length;
      expect((await get<StatementDetail>(`${address}?names=true`)).json).toContain('Ana');
      expect((await reads()).slice(before)).toMatchObject([{ whom: ['north-l1'], why: 'statements.get' }]);
    });

    it('who answers for one school only is shown no statements of all', async () => {
      const { users } = world().registry.tenant('north');
      const created = await users.create({
        login: 'one-school@north.example',
        password: 'a long enough password',
        roles: ['admin'],
        person: null,
        schools: ['s1'],
      });
      expect(created.ok).toBe(true);
      const head = await world().signIn('north', 'one-school');
      for (const address of ['/statements', `/statements/${statementId('north', 3)}`])
        expect((await world().ask('GET', address, { as: head })).status).toBe(403);
    });
  });
}
