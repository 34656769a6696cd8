import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Scope } from '@pharos/registry';
import fastify, { type FastifyInstance } from 'fastify';
import { xapiRoutes } from '../http/xapi-routes.js';
import { basic } from '../testing/credentials.js';
import { openTestRecords } from '../testing/open-records.js';
import { CMI5_CATEGORY, CONTEXT, VERBS } from './vocabulary.js';

// Made for browsers: it names no entry for Node, and asks by what browsers ask with, which another client library brings along.
const load = createRequire(import.meta.url);
Object.assign(globalThis, { XMLHttpRequest: createRequire(load.resolve('tincanjs'))('xhr2') as unknown });
const Cmi5 = load('@xapi/cmi5/dist/Cmi5.umd.js') as new (parameters: LaunchParameters) => Client;

type LaunchParameters = Readonly<Record<'endpoint' | 'fetch' | 'registration' | 'activityId', string>> & { readonly actor: object };
/** Its own types do not resolve outside of a bundler. */
type Client = Readonly<Record<Speaking, (...args: readonly unknown[]) => Promise<unknown>>> & {
  readonly isAuthenticated: boolean;
  getLaunchData(): object;
  getLaunchParameters(): LaunchParameters;
  getLearnerPreferences(): object;
  getInitializedDate(): Date;
  getAuthToken(): string;
};
type Speaking =
  | 'initialize' | 'complete' | 'pass' | 'fail' | 'terminate' | 'progress' | 'moveOn' | 'interaction' | 'sendXapiStatement'
  | `interaction${Interaction}`; // prettier-ignore
type Interaction =
  'TrueFalse' | 'Choice' | 'FillIn' | 'LongFillIn' | 'Likert' | 'Matching' | 'Performance' | 'Sequencing' | 'Numeric' | 'Other';

/** cmi5, Quartz 1st edition: a learning management system launches units, and a client library speaks for them. */
let records: Awaited<ReturnType<typeof openTestRecords>>;
let server: FastifyInstance;
let address: string;
let lms: string;
let lax: string;
beforeAll(async () => {
  records = await openTestRecords();
  const { registry } = records.registry;
  const keyOf = async (scopes: readonly Scope[], settings = {}) => {
    const { credential, secret } = await registry.tenant('t').credentials.create({ name: 'lms', scopes, settings });
    return basic(credential.id, secret);
  };
  lms = await keyOf(['all'], { cmi5: true });
  lax = await keyOf(['all']);
  server = fastify();
  const cmi5 = {
    tokens: registry.cmi5Tokens,
    sessions: (tenant: string) => registry.tenant(tenant).cmi5Sessions,
    courses: (tenant: string) => registry.tenant(tenant).cmi5Courses,
  };
  const options = { door: records.door, credentials: registry.credentialCheck, store: records.store, cmi5 };
  await server.register((scope) => xapiRoutes(scope, options), { prefix: '/xapi' });
  address = `${await server.listen({ host: '127.0.0.1', port: 0 })}/xapi`;
}, 60_000);
afterAll(async () => {
  await server.close();
  await records.dispose();
});

const ask = async (method: string, path: string, authorization: string, body?: unknown) => {
  const headers = { authorization, 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' };
  const answer = await fetch(`${address}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> };
};
const account = (name: string) => ({ homePage: 'https://lms.example', name });
const activityId = 'https://lms.example/au/1';
const unit = { activityId, publisherId: 'https://publisher.example/au/intro', url: 'https://content.example/au/index.html?lang=en' };

/** Launches and reads the address as a unit does. */
async function launched(name: string, more: object = {}) {
  const answer = await ask('POST', '/extensions/cmi5/launches', lms, { actor: { account: account(name) }, ...unit, ...more });
  expect(answer.status).toBe(200);
  const told = answer.body as { session: string; registration: string; launchUrl: string; fetch: string };
  const query = new URL(told.launchUrl).searchParams;
  const parameters: LaunchParameters = {
    endpoint: query.get('endpoint')!,
    fetch: query.get('fetch')!,
    actor: JSON.parse(query.get('actor')!) as LaunchParameters['actor'],
    registration: query.get('registration')!,
    activityId: query.get('activityId')!,
  };
  return { ...told, query, parameters, client: new Cmi5(parameters) };
}
const statementsOf = async (registration: string) => {
  const { body } = await ask('GET', `/statements?registration=${registration}&ascending=true`, lms);
  return body.statements as {
    id: string;
    verb: { id: string };
    context: { extensions: Record<string, unknown> };
    result?: { duration: string };
  }[];
};

describe('a launch', () => {
  it('8.1, 9.3.1, 10: tells the unit by five names, records launched, and writes how it was launched', async () => {
    const { query, registration, session } = await launched('one', { masteryScore: 0.8, moveOn: 'Passed', launchParameters: '{"a":1}' });
    expect([...query.keys()]).toEqual(['lang', 'endpoint', 'fetch', 'actor', 'registration', 'activityId']);
    const [said, ...others] = await statementsOf(registration);
    expect([said!.verb.id, others]).toEqual([VERBS.launched, []]);
    expect(said!.context.extensions).toEqual({
      [CONTEXT.sessionId]: session,
      [CONTEXT.launchMode]: 'Normal',
      [CONTEXT.launchUrl]: unit.url,
      [CONTEXT.moveOn]: 'Passed',
      [CONTEXT.launchParameters]: '{"a":1}',
      [CONTEXT.masteryScore]: 0.8,
    });
    const agent = JSON.stringify({ account: account('one') });
    const state = new URLSearchParams({ activityId, agent, registration, stateId: 'LMS.LaunchData' });
    expect((await ask('GET', `/activities/state?${state.toString()}`, lms)).body).toEqual({
      contextTemplate: { contextActivities: { grouping: [{ id: unit.publisherId }] }, extensions: { [CONTEXT.sessionId]: session } },
      launchMode: 'Normal', launchParameters: '{"a":1}', masteryScore: 0.8, moveOn: 'Passed',
    }); // prettier-ignore
  });

  it('8.2: hands its token out once, and nothing to whoever guesses', async () => {
    const { fetch: url } = await launched('two');
    const fetched = async (at: string) => {
      const answer = await fetch(at, { method: 'POST' });
      return [answer.status, Object.keys((await answer.json()) as object)];
    };
    const both = await Promise.all([fetched(url), fetched(url)]);
    expect(both.map(([, keys]) => String(keys)).sort()).toEqual(['auth-token', 'error-code,error-text']);
    expect(both.map(([status]) => status)).toEqual([200, 200]);
    expect(await fetched(url.replace(/secret=.*/, 'secret=guess'))).toEqual([200, ['error-code', 'error-text']]);
    expect((await fetch(url)).status).toBe(405);
  });

  it('is refused with what is wrong, and to whoever may not', async () => {
    const bad = await ask('POST', '/extensions/cmi5/launches', lms, { ...unit, actor: { mbox: 'mailto:a@example.org' }, masteryScore: 2 });
    expect([bad.status, JSON.stringify(bad.body.errors)]).toEqual([400, expect.stringMatching(/actor.*masteryScore/)]);
    const other = await records.registry.registry.tenant('t').credentials.create({ name: 'r', scopes: ['statements/read'] });
    const may = await ask('POST', '/extensions/cmi5/launches', basic(other.credential.id, other.secret), unit);
    expect(may.status).toBe(403);
  });
});

describe('@xapi/cmi5', () => {
  it('goes through its whole range in one session', async () => {
    const preferences = { languagePreference: 'es-MX,en-US', audioPreference: 'off' };
    const agent = JSON.stringify({ account: account('client') });
    await ask('PUT', `/agents/profile?${new URLSearchParams({ agent, profileId: 'cmi5LearnerPreferences' }).toString()}`, lms, preferences);
    const { client, registration, session, parameters } = await launched('client', { masteryScore: 0.5, moveOn: 'CompletedAndPassed' });
    await client.initialize();
    expect(client.getLaunchParameters()).toEqual(parameters);
    expect(client.getLearnerPreferences()).toEqual(preferences);
    expect([client.getInitializedDate() <= new Date(), client.getAuthToken().length > 20]).toEqual([true, true]);
    expect(client.isAuthenticated).toBe(true);
    expect(client.getLaunchData()).toMatchObject({ masteryScore: 0.5, launchMode: 'Normal' });
    await client.progress(50);
    await client.interactionTrueFalse('test', 'q1', true, true);
    await client.interactionChoice('test', 'q2', ['a'], ['a', 'b'], [{ id: 'a' }, { id: 'b' }]);
    await client.interactionFillIn('test', 'q3', ['Bob'], ['Bob']);
    await client.interactionLongFillIn('test', 'q4', ['An essay.'], []);
    await client.interactionLikert('test', 'q5', 'l1', 'l1', [{ id: 'l1' }]);
    await client.interactionMatching('test', 'q6', { s: 't' }, { s: 't' }, [{ id: 's' }], [{ id: 't' }]);
    await client.interactionPerformance('test', 'q7', { step: 3 }, [{ id: 'step', exact: 3 }], [{ id: 'step' }]);
    await client.interactionSequencing('test', 'q8', ['a', 'b'], ['a', 'b'], [{ id: 'a' }, { id: 'b' }]);
    await client.interactionNumeric('test', 'q9', 4, { exact: 4 });
    await client.interactionOther('test', 'q10', 'x', 'x');
    await client.interaction('test', 'q11', 'x', { type: 'http://adlnet.gov/expapi/activities/cmi.interaction', interactionType: 'other' });
    await client.sendXapiStatement({
      actor: parameters.actor, verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' }, object: { id: 'https://content.example/page/1' },
      context: { registration, extensions: { [CONTEXT.sessionId]: session } },
    }); // prettier-ignore
    await client.complete();
    await client.pass(0.75);
    await client.terminate();
    const said = await statementsOf(registration);
    expect(said.map(({ verb }) => verb.id.split('/').at(-1))).toEqual([
      'launched', 'initialized', 'progressed', ...Array.from({ length: 11 }, () => 'answered'), 'experienced', 'completed', 'passed', 'terminated',
    ]); // prettier-ignore
    expect(new Set(said.map(({ context }) => context.extensions[CONTEXT.sessionId]))).toEqual(new Set([session]));
  });

  it('moves on by what the launch asks, fails below the mastery score, and says nothing after the end', async () => {
    const failing = await launched('failing', { masteryScore: 0.8, moveOn: 'Passed' });
    await failing.client.initialize();
    await failing.client.fail(0.2);
    await failing.client.terminate();
    await expect(failing.client.complete()).rejects.toMatchObject({ response: { status: 400 } });
    const moving = await launched('moving', { moveOn: 'CompletedOrPassed', masteryScore: 0.5 });
    await moving.client.initialize();
    await moving.client.moveOn({ score: 0.9 });
    expect((await statementsOf(moving.registration)).map(({ verb }) => verb.id.split('/').at(-1))).toEqual([
      'launched', 'initialized', 'passed', 'completed', 'terminated',
    ]); // prettier-ignore
    // Without a mastery score the library would tell the score with completed, which 9.5.1 does not allow.
    const scored = await launched('scored');
    await scored.client.initialize();
    await expect(scored.client.moveOn({ score: 0.9 })).rejects.toMatchObject({
      response: { data: { errors: [{ path: 'result.score' }] } },
    });
  });

  it('9.3.6: a session that was left is abandoned when the next of the registration begins', async () => {
    const first = await launched('leaver');
    await first.client.initialize();
    const second = await launched('leaver', { registration: first.registration });
    const said = await statementsOf(first.registration);
    expect(said.map(({ verb }) => verb.id.split('/').at(-1)).sort()).toEqual(['abandoned', 'initialized', 'launched', 'launched']);
    expect(said.find(({ verb }) => verb.id === VERBS.abandoned)?.result?.duration).toMatch(/^PT[\d.]+S$/);
    await expect(first.client.complete()).rejects.toMatchObject({ response: { status: 400 } });
    await second.client.initialize();
    await second.client.terminate();
  });
});

describe('the token of a unit', () => {
  const tokenOf = async (url: string) =>
    `Basic ${((await (await fetch(url, { method: 'POST' })).json()) as { 'auth-token': string })['auth-token']}`;

  it('opens the documents of its learner and activity, nobody else’s, and not how it was launched', async () => {
    const { fetch: url, registration } = await launched('keeper');
    const token = await tokenOf(url);
    const state = (name: string, stateId: string) =>
      `/activities/state?${new URLSearchParams({ activityId, agent: JSON.stringify({ account: account(name) }), registration, stateId }).toString()}`;
    expect((await ask('PUT', state('keeper', 'page'), token, { page: 3 })).status).toBe(204);
    expect((await ask('GET', state('keeper', 'page'), token)).body).toEqual({ page: 3 });
    const refused = [
      await ask('PUT', state('keeper', 'LMS.LaunchData'), token, {}),
      await ask('DELETE', state('keeper', 'LMS.LaunchData'), token),
      await ask('GET', state('somebody else', 'page'), token),
      await ask('PUT', state('somebody else', 'page'), token, {}),
      await ask('GET', state('keeper', 'page').replace('au%2F1', 'au%2F2'), token),
      await ask('GET', '/statements', token),
      await ask('POST', '/extensions/cmi5/launches', token, { actor: { account: account('x') }, ...unit }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
  });

  it('a statement that was sent is known when it comes again, also as the last', async () => {
    const { fetch: url, registration, session } = await launched('again');
    const token = await tokenOf(url);
    const statement = (verb: string, result?: object) => ({
      id: randomUUID(), actor: { objectType: 'Agent', account: account('again') }, verb: { id: verb }, object: { id: activityId },
      timestamp: new Date().toISOString(), ...(result && { result }),
      context: { registration, contextActivities: { category: [{ id: CMI5_CATEGORY }] }, extensions: { [CONTEXT.sessionId]: session } },
    }); // prettier-ignore
    const [initialized, terminated] = [statement(VERBS.initialized), statement(VERBS.terminated, { duration: 'PT1S' })];
    expect((await ask('POST', '/statements', token, [terminated])).status).toBe(400);
    expect((await ask('POST', '/statements', token, [initialized, terminated])).status).toBe(200);
    expect((await ask('POST', '/statements', token, [initialized, terminated])).status).toBe(200);
    expect((await ask('POST', '/statements', token, statement(VERBS.completed, { completion: true, duration: 'PT1S' }))).status).toBe(400);
  });

  it('ends with the key of the platform that launched it', async () => {
    const { registry } = records.registry;
    const made = await registry.tenant('t').credentials.create({ name: 'short', scopes: ['all'] });
    const key = basic(made.credential.id, made.secret);
    const answer = await ask('POST', '/extensions/cmi5/launches', key, { actor: { account: account('short') }, ...unit });
    const token = await tokenOf((answer.body as { fetch: string }).fetch);
    const profile = `/activities/profile?${new URLSearchParams({ activityId }).toString()}`;
    expect((await ask('GET', profile, token)).status).toBe(200);
    await registry.tenant('t').credentials.revoke(made.credential.id);
    expect((await ask('GET', profile, token)).status).toBe(401);
  });
});

it('a platform whose key says so is held to the rules of cmi5, and others are not', async () => {
  const statement = {
    actor: { account: account('direct') }, verb: { id: VERBS.passed }, object: { id: activityId },
    context: { contextActivities: { category: [{ id: CMI5_CATEGORY }] } },
  }; // prettier-ignore
  const refused = await ask('POST', '/statements', lms, [statement]);
  expect([refused.status, (refused.body.errors as { path: string }[]).map(({ path }) => path)]).toEqual([
    400,
    expect.arrayContaining(['[0].id', '[0].timestamp', '[0].result.success', '[0].context.registration']),
  ]);
  expect((await ask('POST', '/statements', lax, [statement])).status).toBe(200);
});
