import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import library, { type Agent, type Statement } from '@xapi/xapi';
import { openTestRecords } from '../testing/open-records.js';
import { basic } from '../testing/credentials.js';

// The class is the module itself, and names itself as its default.
const XAPI = library.default;

/** Two client libraries that platforms use, each through its whole range against a running server. */
let records: Awaited<ReturnType<typeof openTestRecords>>;
let endpoint: string;
beforeAll(async () => {
  records = await openTestRecords();
  endpoint = `${await records.server.listen({ host: '127.0.0.1', port: 0 })}/xapi/`;
}, 60_000);
afterAll(() => records.dispose());

const activityId = 'https://lms.example/library';
const person = (name: string): Agent => ({ objectType: 'Agent', account: { homePage: 'https://sis.example', name } });
const statementOf = (name: string): Statement => ({
  actor: person(name),
  verb: XAPI.Verbs.COMPLETED,
  object: { objectType: 'Activity', id: activityId },
});

/** The same object, which notes what is called of it. */
function noting<T extends object>(target: T, called: Set<string>): T {
  return new Proxy(target, {
    get(of, name) {
      if (typeof name === 'string' && typeof Reflect.get(of, name) === 'function') called.add(name);
      return Reflect.get(of, name) as unknown;
    },
  });
}

describe.each(['1.0.3', '2.0.0'] as const)('@xapi/xapi speaking %s', (version) => {
  const agent = person(`xapi.js.${version}`);
  let xapi: InstanceType<typeof XAPI>;
  const called = new Set<string>();
  beforeAll(() => {
    xapi = noting(new XAPI({ endpoint, auth: basic('lms', 's'), version: version as '1.0.3', adapter: 'fetch' }), called); // its types know no 2.0
  });

  it('sends, gets, queries, pages and voids statements', async () => {
    const name = `sender.${version}`;
    const [id] = (await xapi.sendStatement({ statement: statementOf(name) })).data;
    const ids = (await xapi.sendStatements({ statements: [statementOf(name), statementOf(name)] })).data;
    expect(ids).toHaveLength(2);
    expect((await xapi.getStatement({ statementId: id! })).data).toMatchObject({ id, actor: person(name) });
    const first = (await xapi.getStatements({ agent: person(name), limit: 2, ascending: true })).data;
    expect(first.statements.map((each) => each.id)).toEqual([id, ids[0]]);
    const rest = (await xapi.getMoreStatements({ more: first.more })).data as typeof first;
    expect([rest.statements.map((each) => each.id), rest.more]).toEqual([[ids[1]], '']);
    await xapi.voidStatement({ actor: person(name), statementId: id! });
    expect((await xapi.getVoidedStatement({ voidedStatementId: id! })).data).toMatchObject({ id });
    await expect(xapi.getStatement({ statementId: id! })).rejects.toThrow('"status":404');
    await xapi.voidStatements({ actor: person(name), statementIds: ids });
    for (const voidedStatementId of ids)
      expect((await xapi.getVoidedStatement({ voidedStatementId })).data).toHaveProperty('id', voidedStatementId);
  });

  it('sends an attachment and gets it back', async () => {
    const content = new TextEncoder().encode('an essay').buffer;
    const attached: Statement = {
      ...statementOf('essayist'),
      attachments: [
        {
          usageType: 'http://example.org/essay',
          display: { en: 'Essay' },
          contentType: 'text/plain',
          length: content.byteLength,
          sha2: hash('sha256', new Uint8Array(content), 'hex'),
        },
      ],
    };
    const [id] = (await xapi.sendStatement({ statement: attached, attachments: [content] })).data;
    const got = (await xapi.getStatement({ statementId: id!, attachments: true })).data;
    // The library hands out parts as text.
    expect([got[0].id, got[1]]).toEqual([id, 'an essay']);
    const other = { ...attached, actor: person(`essayist.${version}`) };
    await xapi.sendStatements({ statements: [other, { ...other, actor: person('another essayist') }], attachments: [content] });
    const found = (await xapi.getStatements({ agent: other.actor, attachments: true })).data;
    expect([found[0].statements.length, found[1]]).toEqual([1, 'an essay']);
  });

  it('keeps, lists, merges and deletes documents of all three kinds', async () => {
    const state = { agent, activityId, stateId: 'bookmark' };
    await xapi.createState({ ...state, state: { page: 1 } });
    await xapi.createState({ ...state, state: { mode: 'dark' } });
    const { data, headers } = await xapi.getState(state);
    expect(data).toEqual({ page: 1, mode: 'dark' });
    await xapi.setState({ ...state, state: { page: 2 }, etag: String(headers.etag), matchHeader: 'If-Match' });
    expect((await xapi.getStates({ agent, activityId })).data).toEqual(['bookmark']);
    await xapi.deleteState(state);
    await xapi.deleteStates({ agent, activityId });
    expect((await xapi.getStates({ agent, activityId })).data).toEqual([]);
    const ofActivity = { activityId, profileId: `settings.${version}` };
    await xapi.setActivityProfile({ ...ofActivity, profile: { a: 1 }, etag: '*', matchHeader: 'If-None-Match' });
    const profile = await xapi.getActivityProfile(ofActivity);
    expect(profile.data).toEqual({ a: 1 });
    expect((await xapi.getActivityProfiles({ activityId })).data).toContain(ofActivity.profileId);
    await xapi.createActivityProfile({ ...ofActivity, profile: { b: 2 } });
    const merged = await xapi.getActivityProfile(ofActivity);
    expect(merged.data).toEqual({ a: 1, b: 2 });
    expect(merged.headers.etag).not.toBe(profile.headers.etag);
    await xapi.deleteActivityProfile({ ...ofActivity, etag: String(merged.headers.etag) });
    const ofAgent = { agent, profileId: 'preferences' };
    await xapi.createAgentProfile({ ...ofAgent, profile: { b: 2 } });
    const kept = await xapi.getAgentProfile(ofAgent);
    expect(kept.data).toEqual({ b: 2 });
    await xapi.setAgentProfile({ ...ofAgent, profile: { c: 3 }, etag: String(kept.headers.etag), matchHeader: 'If-Match' });
    expect((await xapi.getAgentProfile(ofAgent)).data).toEqual({ c: 3 });
    expect((await xapi.getAgentProfiles({ agent })).data).toEqual(['preferences']);
    await xapi.deleteAgentProfile(ofAgent);
  });

  it('asks about the store, an activity and an agent', async () => {
    expect((await xapi.getAbout()).data.version).toContain(version);
    expect((await xapi.getActivity({ activityId })).data).toMatchObject({ id: activityId });
    expect((await xapi.getAgent({ agent })).data).toMatchObject({ objectType: 'Person', account: [agent.account] });
  });

  it('has nothing that was not called here', () => {
    const range = Object.getOwnPropertyNames(XAPI.prototype).filter((name) => /^(get|set|create|delete|send|void)/.test(name));
    expect(range.length).toBeGreaterThan(25);
    expect(range.filter((name) => !called.has(name))).toEqual([]);
  });
});

type Callback = (error: unknown, result: unknown) => void;

describe('tincanjs', () => {
  const TinCan = createRequire(import.meta.url)('tincanjs') as Record<string, new (settings: object) => never>;
  const lrs = () =>
    new TinCan.LRS!({ endpoint, username: 'lms', password: 's', version: '1.0.2', allowFail: false }) as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
  const called = new Set<string>();
  /** The library calls back with an error and a result. */
  const calling = <T>(method: string, ...args: readonly unknown[]) =>
    new Promise<T>((resolve, reject) => {
      const callback: Callback = (error, result) => {
        if (error === null || error === undefined) resolve(result as T);
        else reject(new Error(`${method}: ${JSON.stringify(error)}`));
      };
      const options = args.at(-1) as object;
      called.add(method);
      lrs()[method]!.call(lrs(), ...args.slice(0, -1), { ...options, callback });
    });
  interface Found {
    readonly statements: readonly { readonly id: string }[];
    readonly more: string;
  }
  const agent = (name = 'tin.can.1') => new TinCan.Agent!({ account: { homePage: 'https://sis.example', name } });
  const statementBy = (name: string, more: object = {}) =>
    new TinCan.Statement!({ actor: { account: { homePage: 'https://sis.example', name } }, verb: { id: 'http://example.org/did' }, target: { id: activityId }, ...more }) as { readonly id: string }; // prettier-ignore
  const activity = () => new TinCan.Activity!({ id: activityId });

  it('saves and retrieves statements', async () => {
    const statement = statementBy('tin.can.1');
    await calling('saveStatement', statement, {});
    expect(await calling('retrieveStatement', statement.id, {})).toMatchObject({ id: statement.id });
    const found = await calling<Found>('queryStatements', { params: { agent: agent(), limit: 1 } });
    expect(found.statements.map(({ id }) => id)).toEqual([statement.id]);
    await calling('saveStatements', [statementBy('tin.can.2'), statementBy('tin.can.2')], {});
    const first = await calling<Found>('queryStatements', { params: { agent: agent('tin.can.2'), limit: 1 } });
    const rest = await calling<Found>('moreStatements', { url: first.more });
    expect([first.statements.length, rest.statements.length, rest.more]).toEqual([1, 1, '']);
    const voiding = new TinCan.Statement!({
      actor: { account: { homePage: 'https://sis.example', name: 'tin.can.1' } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      target: { objectType: 'StatementRef', id: statement.id },
    });
    await calling('saveStatement', voiding, {});
    expect(await calling('retrieveVoidedStatement', statement.id, {})).toMatchObject({ id: statement.id });
  });

  it('sends an attachment and gets it back', async () => {
    const attachment = new TinCan.Attachment!({
      usageType: 'http://example.org/essay', display: { en: 'Essay' }, contentType: 'text/plain', content: 'an essay',
    }); // prettier-ignore
    const statement = statementBy('tin.can.3', { attachments: [attachment] });
    await calling('saveStatement', statement, {});
    const got = await calling<{ attachments: readonly { getContentAsString(): string }[] }>('retrieveStatement', statement.id, {
      params: { attachments: true },
    });
    expect(got.attachments.map((each) => each.getContentAsString())).toEqual(['an essay']);
  });

  it('saves, lists, retrieves and drops documents', async () => {
    const of = () => ({ agent: agent(), activity: activity() });
    await calling('saveState', 'resume', 'page 7', { ...of(), contentType: 'text/plain' });
    expect(await calling('retrieveState', 'resume', of())).toMatchObject({ contents: 'page 7' });
    expect(await calling('retrieveStateIds', of())).toEqual(['resume']);
    await calling('dropState', 'resume', of());
    expect(await calling('retrieveStateIds', of())).toEqual([]);
    await calling('saveAgentProfile', 'p', { a: 1 }, { agent: agent(), contentType: 'application/json' });
    expect(await calling('retrieveAgentProfile', 'p', { agent: agent() })).toMatchObject({ contents: { a: 1 } });
    expect(await calling('retrieveAgentProfileIds', { agent: agent() })).toEqual(['p']);
    await calling('dropAgentProfile', 'p', { agent: agent() });
    expect(await calling('retrieveAgentProfileIds', { agent: agent() })).toEqual([]);
    await calling('saveActivityProfile', 'tin', 'text', { activity: activity(), contentType: 'text/plain' });
    expect(await calling('retrieveActivityProfile', 'tin', { activity: activity() })).toMatchObject({ contents: 'text' });
    expect(await calling('retrieveActivityProfileIds', { activity: activity() })).toContain('tin');
    await calling('dropActivityProfile', 'tin', { activity: activity() });
  });

  it('asks about the store and an activity', async () => {
    expect(await calling('about', {})).toMatchObject({ version: expect.arrayContaining(['1.0.3']) });
    expect(await calling('retrieveActivity', activityId, {})).toMatchObject({ id: activityId });
  });

  it('has nothing that was not called here', () => {
    const range = Object.keys(TinCan.LRS!.prototype as object).filter((name) => /^(about|save|retrieve|query|more|drop)/.test(name));
    expect(range.length).toBeGreaterThan(18);
    expect(range.filter((name) => !called.has(name))).toEqual([]);
  });
});

describe('many at once', () => {
  it('a hundred that put other content under one id: one is taken, the others are refused', async () => {
    const url = '/xapi/statements?statementId=0e000000-0000-4000-8000-000000000001';
    const put = (n: number) =>
      records.ask({ method: 'PUT', url, headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ ...statementOf('racer'), object: { id: `${activityId}/${n}` } }) }); // prettier-ignore
    const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => put(n)));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([204, ...Array.from({ length: 99 }, () => 409)]);
  });
});
