import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Problem, type Role, routeList, type RouteShape, roles } from '@pharos/contract';
import { bodyOf, CAUSE, paramsOf } from './probe-samples.js';
import { type Answered, type SignedIn, type World } from './world.js';

type Identity = Role | 'nobody';
const identities: readonly Identity[] = [...roles, 'nobody'];

const fill = (route: RouteShape, params: Readonly<Record<string, string>>) =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** Roles that may never be told of a single learner. */
const cellsOnly: readonly Identity[] = ['analyst', 'privacy-officer', 'platform', 'nobody'];

/** Made from the routes: every one of them, as every role, with what belongs to another tenant. */
export function probeChapter(world: () => World): void {
  describe('every route', () => {
    const sessions = new Map<Identity, SignedIn>();
    let foreign: { readonly id: string };
    let untouched: string;

    const southern = async () => {
      const south = world().registry.tenant('south');
      const [users, keys, hooks, policy, history, findings, forwards] = await Promise.all([
        south.users.list(), south.credentials.list(), south.webhooks.list(), south.policies.get('alerts'), south.alertCases.history('south-a3'),
        south.findings.list(), south.forwards.list(),
      ]); // prettier-ignore
      return JSON.stringify({ users, keys: keys.map(({ id, revokedAt }) => [id, revokedAt]), hooks, policy, history, findings, forwards });
    };
    const ask = (name: string, route: RouteShape, who: Identity, params: Readonly<Record<string, string>>): Promise<Answered> => {
      const key = world().keys.get('north')!;
      const basic = who === 'platform' ? { authorization: `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}` } : {};
      const body = bodyOf(name, 'south');
      return world().ask(route.method, fill(route, params), {
        as: sessions.get(who),
        headers: basic,
        ...(body === undefined ? {} : { body }),
      });
    };

    beforeAll(async () => {
      for (const role of roles) if (role !== 'platform') sessions.set(role, await world().signIn('north', role));
      const [user] = await world().registry.tenant('south').users.list();
      foreign = { id: user!.id };
      for (const tenant of ['north', 'south'] as const) {
        const seen = {
          ...CAUSE,
          credential: `${tenant}-lms`,
          count: 1,
          at: new Date(world().clock.now),
          example: Buffer.from(`${tenant}/{}`).toString('base64'),
        };
        await world().registry.tenant(tenant).findings.add([seen]);
      }
      untouched = await southern();
    });
    afterAll(async () => {
      // Whatever was tried from the north, nothing of the south has changed.
      expect(await southern()).toBe(untouched);
    });

    it.each(routeList.filter(({ route }) => route.body).map(({ name }) => name))('%s has a body to be probed with', (name) => {
      const { route } = routeList.find((each) => each.name === name)!;
      expect(route.body!.safeParse(bodyOf(name, 'south')).success).toBe(true);
    });

    // Without it, a route that finds nothing at all would pass the probe.
    const readable = routeList.filter(({ route }) => route.method === 'GET' && route.params && route.roles.includes('admin'));
    it.each(readable)('$name finds what is the caller’s own', async ({ name, route }) => {
      const answer = await ask(name, route, 'admin', paramsOf('north', foreign));
      expect([name, answer.status]).toEqual([name, 200]);
    });

    // Signing out last: it ends the sessions that the others need.
    const inOrder = [...routeList].sort((a, b) => Number(a.name === 'session.signOut') - Number(b.name === 'session.signOut'));
    for (const { name, route } of inOrder) {
      it.each(identities)(`${name} as %s`, async (who) => {
        const answer = await ask(name, route, who, paramsOf('south', foreign));
        const allowed = route.roles === 'public' || (who !== 'nobody' && route.roles.includes(who));
        if (!allowed) {
          expect([answer.status, (answer.body as Problem).code]).toEqual(who === 'nobody' ? [401, 'signed-out'] : [403, 'not-allowed']);
        } else if (route.params) {
          expect([answer.status, (answer.body as Problem).code]).toEqual([404, 'not-found']);
        } else {
          expect(answer.status).toBeLessThan(500);
          expect([401, 403]).not.toContain(name === 'session.signIn' ? 200 : answer.status);
        }
        if (answer.status >= 400) expect(Problem.safeParse(answer.body).success).toBe(true);
        expect(answer.text).not.toMatch(/south/);
        if (cellsOnly.includes(who)) expect(answer.text).not.toMatch(/north-(l\d|algebra-|bio-)|Alvarez|Brook|Castro/);
      });
    }
  });
}
