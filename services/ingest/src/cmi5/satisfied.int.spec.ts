import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Cmi5Course } from '@pharos/registry';
import fastify, { type FastifyInstance } from 'fastify';
import { xapiRoutes } from '../http/xapi-routes.js';
import { basic } from '../testing/credentials.js';
import { openTestRecords } from '../testing/open-records.js';
import { statementFaults } from './rules.js';
import { CMI5_CATEGORY, CONTEXT, MOVE_ON_CATEGORY, REASON, TYPES, VERBS } from './vocabulary.js';

/** cmi5, Quartz 1st edition: what a learning management system says itself of a learner's way through a course. */
let records: Awaited<ReturnType<typeof openTestRecords>>;
let lms: string;
let server: FastifyInstance;
/** The next time that the registry should hear what was said, the process ends instead. */
let dies = false;

const x = (name: string) => `https://publisher.example/${name}`;
const courseOf = (name: string): Cmi5Course => ({
  course: x(`${name}/course`),
  title: { en: 'Sums' },
  parts: [
    { block: x(`${name}/block`), title: { en: 'Adding' }, parts: [{ unit: x(`${name}/a`), moveOn: 'Passed' }, { unit: x(`${name}/b`), moveOn: 'Completed', masteryScore: 0.5, launchParameters: 'p=1', entitlementKey: 'k' }] },
    { block: x(`${name}/free`), title: {}, parts: [{ unit: x(`${name}/c`), moveOn: 'NotApplicable' }] },
  ],
}); // prettier-ignore

beforeAll(async () => {
  records = await openTestRecords();
  const { registry } = records.registry;
  const { credential, secret } = await registry.tenant('t').credentials.create({ name: 'lms', scopes: ['all'] });
  lms = basic(credential.id, secret);
  server = fastify();
  const sessionsOf = (tenant: string) => {
    const sessions = registry.tenant(tenant).cmi5Sessions;
    const said: typeof sessions.said = async (...args) => {
      if (dies) throw new Error('the process ended');
      await sessions.said(...args);
    };
    return { ...sessions, said };
  };
  const cmi5 = { tokens: registry.cmi5Tokens, sessions: sessionsOf, courses: (tenant: string) => registry.tenant(tenant).cmi5Courses };
  const options = { door: records.door, credentials: registry.credentialCheck, store: records.store, cmi5 };
  await server.register((scope) => xapiRoutes(scope, options), { prefix: '/xapi' });
}, 60_000);
afterAll(async () => {
  await server.close();
  await records.dispose();
});

const ask = async (method: 'GET' | 'POST', path: string, body?: object, authorization = lms) => {
  const headers = { authorization, 'x-experience-api-version': '1.0.3', ...(body && { 'content-type': 'application/json' }) };
  const answer = await server.inject({ method, url: `/xapi${path}`, headers, ...(body && { payload: JSON.stringify(body) }) });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
const actorOf = (name: string) => ({ objectType: 'Agent', account: { homePage: 'https://lms.example', name } });

interface Said {
  readonly id: string;
  readonly verb: { readonly id: string };
  readonly actor: object;
  readonly timestamp: string;
  readonly object: { readonly id: string; readonly definition?: { readonly type?: string; readonly name?: object } };
  readonly result?: object;
  readonly context: {
    readonly contextActivities: Record<string, readonly { readonly id: string }[]>;
    readonly extensions: Record<string, unknown>;
  };
}
const saidIn = async (registration: string) =>
  (await ask('GET', `/statements?registration=${registration}&ascending=true`)).body.statements as readonly Said[];
const nameOf = ({ verb }: Said) => verb.id.split('/').at(-1)!;
const satisfiedIn = async (registration: string) => (await saidIn(registration)).filter((said) => nameOf(said) === 'satisfied');
const aboutOf = ({ context }: Said) => context.contextActivities.grouping!.map(({ id }) => id);

/** A course of its own for a test, and a learner registered for it. */
async function registered(name: string) {
  await records.registry.registry.tenant('t').cmi5Courses.put(courseOf(name));
  const { status, body } = await ask('POST', '/extensions/cmi5/registrations', { actor: actorOf(name), course: x(`${name}/course`) });
  expect(status).toBe(200);
  return body as { readonly registration: string; readonly satisfied: readonly string[] };
}

/** A unit that is launched and has begun; says what it is told to. */
async function launched(name: string, unit: string, registration: string, more: object = {}) {
  const asked = { actor: actorOf(name), activityId: `https://lms.example/${name}/${unit}`, publisherId: x(`${name}/${unit}`), url: 'https://content.example/', registration, ...more }; // prettier-ignore
  const { status, body } = await ask('POST', '/extensions/cmi5/launches', asked);
  expect([status, body]).toEqual([200, expect.anything()]);
  const { session, fetch } = body as { readonly session: string; readonly fetch: string };
  const { body: token } = await ask('POST', fetch.slice(fetch.indexOf('/extensions')));
  const authorization = `Basic ${String(token['auth-token'])}`;
  const statementOf = (verb: 'initialized' | 'passed' | 'completed' | 'terminated', result?: object) => ({
    id: randomUUID(), actor: actorOf(name), verb: { id: VERBS[verb] }, object: { id: asked.activityId }, timestamp: new Date().toISOString(),
    ...(result && { result: { duration: 'PT1S', ...result } }),
    context: {
      registration, extensions: { [CONTEXT.sessionId]: session },
      contextActivities: { grouping: [{ id: asked.publisherId }], category: [{ id: CMI5_CATEGORY }, ...(verb === 'passed' || verb === 'completed' ? [{ id: MOVE_ON_CATEGORY }] : [])] },
    },
  }); // prettier-ignore
  const say = (...statements: readonly object[]) => ask('POST', '/statements', statements, authorization);
  await say(statementOf('initialized'));
  return {
    session,
    say,
    passed: () => statementOf('passed', { success: true }),
    completed: () => statementOf('completed', { completion: true }),
  };
}

describe('9.6.1, a registration', () => {
  it('is evaluated at once: a block of which nothing is asked is satisfied in a session of its own', async () => {
    const { registration, satisfied } = await registered('begin');
    const said = await saidIn(registration);
    expect([said.map(nameOf), said.map(({ id }) => id)]).toEqual([['satisfied'], satisfied]);
    expect(aboutOf(said[0]!)).toEqual([x('begin/free')]);
    const again = await ask('POST', '/extensions/cmi5/registrations', { actor: actorOf('begin'), course: x('begin/course'), registration });
    expect([again.status, again.body.satisfied]).toEqual([200, []]);
    expect(await saidIn(registration)).toHaveLength(1);
  });

  it('is of one learner and one course that was imported', async () => {
    const { registration } = await registered('one');
    const of = (actor: object, course: string) => ask('POST', '/extensions/cmi5/registrations', { actor, course, registration });
    expect((await of(actorOf('another'), x('one/course'))).status).toBe(409);
    expect((await of(actorOf('one'), x('nowhere'))).status).toBe(404);
    const bad = await of({ mbox: 'mailto:a@example.org' }, 'no iri');
    expect([bad.status, JSON.stringify(bad.body.errors)]).toEqual([400, expect.stringMatching(/actor.*course/)]);
  });
});

describe('9.3.9, satisfied', () => {
  it('is said of a block and of the course when their units are, in the session that did it, once', async () => {
    const { registration } = await registered('way');
    const a = await launched('way', 'a', registration);
    await a.say(a.passed());
    expect((await satisfiedIn(registration)).flatMap(aboutOf)).toEqual([x('way/free')]);
    const b = await launched('way', 'b', registration);
    const completed = b.completed();
    expect(await b.say(completed)).toEqual({ status: 200, body: [completed.id] });
    const [, ...here] = await satisfiedIn(registration);
    expect(here.map(aboutOf).sort()).toEqual([[x('way/block')], [x('way/course')]]);
    for (const said of here) {
      expect(statementFaults(said as never)).toEqual([]);
      expect(said).toMatchObject({ actor: actorOf('way'), timestamp: completed.timestamp });
      expect(said.context.extensions).toEqual({ [CONTEXT.sessionId]: b.session });
      expect(said.object.id.startsWith('https://publisher.example/')).toBe(false);
      expect(said).not.toHaveProperty('result');
    }
    expect(here.map(({ object }) => object.definition?.type).sort()).toEqual([TYPES.block, TYPES.course]);
    expect(here.find(({ object }) => object.definition?.type === TYPES.block)!.object.definition!.name).toEqual({ en: 'Adding' });

    expect((await b.say(completed)).status).toBe(200);
    const c = await launched('way', 'c', registration);
    await c.say(c.completed(), c.passed());
    expect(await satisfiedIn(registration)).toHaveLength(3);
  });

  it('goes by the moveOn of the launch where that says another (10), and by the structure’s where it says none', async () => {
    const { registration } = await registered('rule');
    const b = await launched('rule', 'b', registration, { moveOn: 'NotApplicable' });
    const state = new URLSearchParams({ activityId: 'https://lms.example/rule/b', agent: JSON.stringify(actorOf('rule')), registration, stateId: 'LMS.LaunchData' });
    expect((await ask('GET', `/activities/state?${state.toString()}`)).body).toMatchObject({
      moveOn: 'NotApplicable', masteryScore: 0.5, launchParameters: 'p=1', entitlementKey: { courseStructure: 'k' },
    });
    const a = await launched('rule', 'a', registration);
    expect(a.session).not.toBe(b.session);
    await a.say(a.completed());
    expect(await satisfiedIn(registration)).toHaveLength(1);
    await a.say(a.passed());
    expect((await satisfiedIn(registration)).slice(1).map(aboutOf).sort()).toEqual([[x('rule/block')], [x('rule/course')]]);
  }); // prettier-ignore

  it('a registration that nobody made begins with its first launch', async () => {
    await records.registry.registry.tenant('t').cmi5Courses.put(courseOf('first'));
    const registration = randomUUID();
    await launched('first', 'a', registration);
    const said = await satisfiedIn(registration);
    expect(said.map(aboutOf)).toEqual([[x('first/free')]]);
    const [launch] = (await saidIn(registration)).filter((each) => nameOf(each) === 'launched');
    expect(said[0]!.context.extensions[CONTEXT.sessionId]).not.toBe(launch!.context.extensions[CONTEXT.sessionId]);
  });

  it('a unit of two courses needs the course to be named', async () => {
    const { registration } = await registered('twin');
    await records.registry.registry.tenant('t').cmi5Courses.put({ ...courseOf('twin'), course: x('twin/other') });
    const asked = { actor: actorOf('twin'), activityId: 'https://lms.example/twin', publisherId: x('twin/a'), url: 'https://content.example/', registration };
    const vague = await ask('POST', '/extensions/cmi5/launches', asked);
    expect([vague.status, vague.body.errors]).toEqual([400, [expect.objectContaining({ path: 'publisherId' })]]);
    expect((await ask('POST', '/extensions/cmi5/launches', { ...asked, course: x('twin/course') })).status).toBe(200);
    expect((await ask('POST', '/extensions/cmi5/launches', { ...asked, course: x('twin/other') })).status).toBe(409);
  }); // prettier-ignore

  it('is stored once, with what satisfied it, when the process ends before the registry heard of it', async () => {
    const { registration } = await registered('kill');
    const a = await launched('kill', 'a', registration);
    const passed = a.passed();
    dies = true;
    expect((await a.say(passed)).status).toBe(500);
    dies = false;
    expect((await a.say(passed)).status).toBe(200);
    const b = await launched('kill', 'b', registration);
    const completed = b.completed();
    dies = true;
    expect((await b.say(completed)).status).toBe(500);
    dies = false;
    // Nobody sent it again, and all of it is there.
    const said = await saidIn(registration);
    const counted = (name: string) => said.filter((each) => nameOf(each) === name).length;
    expect(['passed', 'completed', 'satisfied'].map(counted)).toEqual([1, 1, 3]);
    expect((await b.say(completed)).status).toBe(200);
    // What was said counts: a unit says completed once.
    expect((await b.say(b.completed())).status).toBe(400);
    expect(await satisfiedIn(registration)).toHaveLength(3);
  });
});

describe('9.3.7, waived', () => {
  const waive = (name: string, unit: string, registration: string, more: object = {}) =>
    ask('POST', '/extensions/cmi5/waivers', { actor: actorOf(name), activityId: `https://lms.example/${name}/${unit}`, publisherId: x(`${name}/${unit}`), registration, ...more }); // prettier-ignore

  it('is said once of a unit, with its reason, in a session of its own, and counts as satisfied', async () => {
    const { registration } = await registered('waive');
    const a = await launched('waive', 'a', registration);
    await a.say(a.passed());
    const first = await waive('waive', 'b', registration, { reason: 'Tested Out' });
    expect([first.status, (first.body.satisfied as unknown[]).length]).toEqual([200, 2]);
    const again = await waive('waive', 'b', registration);
    expect(again.body).toEqual({ waived: first.body.waived, satisfied: [] });
    const said = await saidIn(registration);
    const waived = said.filter((each) => nameOf(each) === 'waived');
    expect(waived).toHaveLength(1);
    expect(waived[0]).toMatchObject({
      object: { id: 'https://lms.example/waive/b' },
      result: { success: true, completion: true, extensions: { [REASON]: 'Tested Out' } },
      context: { contextActivities: { grouping: [{ id: x('waive/b') }], category: [{ id: CMI5_CATEGORY }, { id: MOVE_ON_CATEGORY }] } },
    });
    expect(statementFaults(waived[0] as never)).toEqual([]);
    const session = waived[0]!.context.extensions[CONTEXT.sessionId];
    const ofSession = said.filter(({ context }) => context.extensions[CONTEXT.sessionId] === session);
    expect(ofSession.map(nameOf).sort()).toEqual(['satisfied', 'satisfied', 'waived']);
  });

  it('a unit that was waived stays so for what comes later', async () => {
    const { registration } = await registered('later');
    expect((await waive('later', 'b', registration)).body.satisfied).toEqual([]);
    const a = await launched('later', 'a', registration);
    await a.say(a.passed());
    expect((await satisfiedIn(registration)).slice(1).map(aboutOf).sort()).toEqual([[x('later/block')], [x('later/course')]]);
  });

  it('is not for a unit to say, nor for whoever may not write', async () => {
    const { registration } = await registered('may');
    const other = await records.registry.registry.tenant('t').credentials.create({ name: 'r', scopes: ['statements/read'] });
    const asked = { actor: actorOf('may'), activityId: x('may/a'), publisherId: x('may/a'), registration };
    expect((await ask('POST', '/extensions/cmi5/waivers', asked, basic(other.credential.id, other.secret))).status).toBe(403);
    expect((await waive('may', 'a', 'no uuid')).status).toBe(400);
  });
});

describe('9.3.6, abandoned', () => {
  it('names the unit, and lasted until the unit spoke last (9.5.4.2, 9.6.2.3)', async () => {
    const { registration } = await registered('leave');
    await launched('leave', 'a', registration);
    await launched('leave', 'b', registration);
    const [said] = (await saidIn(registration)).filter((each) => nameOf(each) === 'abandoned');
    expect([aboutOf(said!), statementFaults(said as never)]).toEqual([[x('leave/a')], []]);
  });
});
