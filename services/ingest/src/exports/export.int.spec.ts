import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statements } from '@pharos/xapi/testing';
import { importXapi } from '../imports/import-xapi.js';
import { openTestRecords } from '../testing/open-records.js';
import { exportFile } from './export-file.js';

type Records = Awaited<ReturnType<typeof openTestRecords>>;
type Stored = Record<string, unknown> & { readonly id: string };

const uuid = (n: number) => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ann = { account: { homePage: 'https://sis.example', name: 'ann' } };
const verb = { id: 'http://example.org/did' };
const ref = (n: number) => ({ objectType: 'StatementRef', id: uuid(n) });
const json = { 'content-type': 'application/json' };
const voided = { id: 'http://adlnet.gov/expapi/verbs/voided' };
const FIXED = [
  { id: uuid(1), actor: ann, verb, object: { id: 'https://lms.example/1' }, result: { score: { raw: 1 }, response: 'by Ann' } },
  { id: uuid(2), actor: { mbox: 'mailto:b@example.org' }, verb, object: ref(1) },
  { id: uuid(3), actor: ann, verb, object: { id: 'https://lms.example/2' } },
  { id: uuid(4), actor: { mbox: 'mailto:b@example.org' }, verb: voided, object: ref(3) },
];
/** Some of any kind; contents of attachments stay behind, so none are sent. */
const ANY = fc
  .sample(statements('2.0.0'), { numRuns: 40, seed: 7 })
  .map(({ attachments: _attachments, ...one }, n) => ({ ...one, id: uuid(100 + n), version: '2.0.0' }));

let from: Records;
let folder: string;
beforeAll(async () => {
  [from, folder] = await Promise.all([openTestRecords(), mkdtemp(path.join(tmpdir(), 'pharos-export-'))]);
  const send = (body: object, version: string) =>
    from.ask({ method: 'POST', url: '/xapi/statements', headers: json, payload: JSON.stringify(body) }, 'lms', version);
  for (const one of FIXED) expect((await send(one, '1.0.3')).statusCode).toBe(200);
  expect(
    (
      await send(
        ANY.map((one) => withoutAttachments(one)),
        '2.0.0',
      )
    ).statusCode,
  ).toBe(200);
}, 60_000);
afterAll(async () => {
  await Promise.all([from.dispose(), rm(folder, { recursive: true, force: true })]);
});

function withoutAttachments(one: object): object {
  const { object, ...rest } = one as { object: object };
  const { attachments: _attachments, ...inner } = object as { attachments?: unknown };
  return { ...rest, object: inner };
}

const lines = (payload: string) =>
  payload
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Stored);

async function pages(limit: number, who = 'lms'): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  for (let url: string | undefined = `/xapi/extensions/statements?limit=${limit}`; url !== undefined;) {
    const page = await from.ask({ url, headers: { 'accept-encoding': 'identity' } }, who);
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    found.push(...lines(page.payload));
    url = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
  }
  return found;
}

const all = async (records: Records, parameters: Record<string, string>, version = '2.0.0'): Promise<readonly Stored[]> => {
  const reply = await records.ask(
    { url: `/xapi/statements?${new URLSearchParams({ ...parameters, ascending: 'true' }).toString()}` },
    'lms',
    version,
  );
  return reply.json<{ statements: Stored[] }>().statements;
};

describe('an export over HTTP', () => {
  it('has every statement once, taken-back ones too, in the order of storing, whatever the size of its pages', async () => {
    const whole = await pages(1_000);
    expect(whole).toHaveLength(FIXED.length + ANY.length);
    expect(whole.slice(0, FIXED.length)).toMatchObject(FIXED);
    expect(await pages(7)).toEqual(whole);
    expect(whole.map(({ stored }) => stored)).toEqual([...whole.map(({ stored }) => stored)].sort());
  });

  it('goes on from a position with what was stored since', async () => {
    const first = await from.ask({ url: '/xapi/extensions/statements' });
    const more = { id: uuid(5), actor: ann, verb, object: { id: 'https://lms.example/3' } };
    await from.ask({
      method: 'PUT',
      url: `/xapi/statements?statementId=${more.id}`,
      headers: json,
      payload: JSON.stringify(more),
    });
    const next = await from.ask({ url: `/xapi/extensions/statements?after=${String(first.headers['x-pharos-position'])}` });
    expect([lines(next.payload).map(({ id }) => id), next.headers.link]).toEqual([[more.id], undefined]);
  });

  it('names people to those who may know, with a trace; is for those who may read all; and tenants never meet', async () => {
    expect(JSON.stringify(await pages(1_000, 'reader'))).not.toContain('"ann"');
    expect(
      (await from.facts()).filter(({ type, data }) => type === 'IdentityRead' && JSON.stringify(data).includes('extensions/statements'))
        .length,
    ).toBeGreaterThan(0);
    expect((await from.ask({ url: '/xapi/extensions/statements' }, 'mine')).statusCode).toBe(403);
    expect((await from.ask({ url: '/xapi/extensions/statements' }, 'other')).payload).toBe('');
    for (const query of ['after=x', 'after=e30', 'limit=0', 'limit=-1', 'more=1'])
      expect((await from.ask({ url: `/xapi/extensions/statements?${query}` })).statusCode).toBe(400);
  });

  it('is sent packed to whoever asks', async () => {
    expect(
      (await from.ask({ url: '/xapi/extensions/statements', headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding'],
    ).toBe('gzip');
  });
});

const AGENT = JSON.stringify(ann);
const QUERIES: readonly Record<string, string>[] = [
  {},
  { agent: AGENT },
  { agent: AGENT, related_agents: 'true' },
  { verb: verb.id },
  { activity: 'https://lms.example/1' },
  { activity: 'https://lms.example/2' },
  { verb: voided.id },
];

describe('an export to a file, imported into an empty store', () => {
  it('answers every query as before, but for the time of storing', async () => {
    const file = path.join(folder, 'all.ndjson.gz');
    const first = await exportFile({ door: from.door, tenant: 't', file, by: 'test', withIdentities: true });
    await expect(exportFile({ door: from.door, tenant: 't', file, by: 'test', withIdentities: true })).rejects.toThrow('EEXIST');
    const last = { id: uuid(6), actor: ann, verb, object: { id: 'https://lms.example/4' } };
    await from.ask({ method: 'PUT', url: `/xapi/statements?statementId=${last.id}`, headers: json, payload: JSON.stringify(last) });
    const more = await exportFile({ door: from.door, tenant: 't', file, by: 'test', withIdentities: true, after: first.position });
    expect(more.statements).toBe(1);

    const expected: (readonly Stored[])[] = [];
    for (const query of QUERIES) expected.push(await all(from, query));
    // The engine of the warehouse opens one folder at a time.
    await from.dispose();
    from = await openTestRecords();
    const sender = { credential: 'import', scopes: ['statements/write', 'authority/write'] };
    const imported = () => importXapi({ file, tenant: 't', door: from.door, sender, inOrder: true });
    const count = first.statements + 1;
    expect(await imported()).toEqual({ appended: count, known: 0, deadLetters: 0 });
    expect(await imported()).toEqual({ appended: 0, known: count, deadLetters: 0 });
    const untimed = (found: readonly Stored[]) => found.map(({ stored: _stored, ...rest }) => rest).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const [at, query] of QUERIES.entries()) {
      expect(expected[at]!.length).toBeGreaterThan(0);
      expect(untimed(await all(from, query))).toEqual(untimed(expected[at]!));
    }
    const gone = await from.ask({ url: `/xapi/statements?voidedStatementId=${uuid(3)}` });
    expect(gone.json()).toMatchObject(FIXED[2]!);
  }, 60_000);
});
