import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogUnavailable } from '@pharos/event-log';
import { markByKey } from '@pharos/xapi/open-answers';
import fastify, { type FastifyInstance } from 'fastify';
import { createDoor, type Door } from '../door/door.js';
import { xapiRoutes } from '../http/xapi-routes.js';
import { basic, keysOf } from '../testing/credentials.js';
import { openTestDoor } from '../testing/open-door.js';
import { threadInSource } from '../testing/thread-in-source.js';
import { type BatchThreads, batchThreads, type SentBatch } from './batch-threads.js';

const thread = threadInSource(path.join(import.meta.dirname, 'batch-thread.ts'));
const credentials = keysOf({
  lms: { secret: 's', tenant: 't', scopes: ['all'] },
  reader: { secret: 's', tenant: 't', scopes: ['statements/read'] },
  linted: { secret: 's', tenant: 't', scopes: ['all'], settings: { lint: true } },
  lenient: { secret: 's', tenant: 't', scopes: ['all'], settings: { lenient: true } },
  cmi5: { secret: 's', tenant: 't', scopes: ['all'], settings: { cmi5: true } },
});
const id = (n: number) => `0a000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const did = (n: number, more: object = {}) => ({
  id: id(n),
  actor: { mbox: `mailto:learner${n % 3}@example.org` },
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
  object: { id: 'https://lms.example/items/1' },
  timestamp: '2026-01-01T10:00:00Z',
  ...more,
});

interface Served {
  readonly opened: Awaited<ReturnType<typeof openTestDoor>>;
  readonly server: FastifyInstance;
  readonly address: string;
}

const marking = (door: Door): Door => ({
  ...door,
  ...createDoor({
    ...door,
    markAnswers: (_tenant, answers) =>
      Promise.resolve(
        answers.map(({ item, response }) =>
          item.endsWith('/speed') ? markByKey({ kind: 'number', value: 9.81, unit: 'm/s^2', tolerance: 0.01 }, response) : undefined,
        ),
      ),
  }),
});

async function serve(threadsOf?: (door: Door) => BatchThreads): Promise<Served> {
  const opened = await openTestDoor();
  const door = marking(opened.door);
  const server = fastify();
  await server.register((scope) => xapiRoutes(scope, { door, credentials, threads: threadsOf?.(door) }), { prefix: '/xapi' });
  return { opened, server, address: `${await server.listen({ host: '127.0.0.1', port: 0 })}/xapi/statements` };
}

async function post({ address }: Served, body: string | Buffer, as = 'lms', more: Record<string, string> = {}) {
  const headers = { authorization: basic(as, 's'), 'x-experience-api-version': '1.0.3', 'content-type': 'application/json', ...more };
  const answer = await fetch(address, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) });
  return { status: answer.status, body: (await answer.json()) };
}

const unexpected: Error[] = [];
const fail = (error: Error) => void unexpected.push(error);

/** Tries until a thread takes it: they start with the first batch that one could take. */
async function untilTaken(threads: BatchThreads, batch: SentBatch) {
  const until = Date.now() + 30_000;
  for (;;) {
    if (Date.now() > until) throw new Error(`no thread took it: ${unexpected.map(String).join('; ')}`);
    const taken = threads.take(batch);
    if (taken !== undefined) return taken;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const sent = (statements: unknown, version: SentBatch['version'] = '1.0.3'): SentBatch => ({
  tenant: 't',
  sender: { credential: 'lms', scopes: ['all'] },
  version,
  bytes: Buffer.from(JSON.stringify(statements)),
});

describe('a batch that a thread takes', () => {
  let here: Served;
  let apart: Served;
  let threads: BatchThreads;
  let taken = 0;
  beforeAll(async () => {
    here = await serve();
    apart = await serve((door) => {
      const own = batchThreads({ door, threads: 1, fromBytes: 0, thread, onError: fail });
      threads = { ...own, take: (batch) => own.take(batch)?.finally(() => (taken += 1)) };
      return threads;
    });
    await untilTaken(threads, sent([]));
  }, 60_000);
  afterAll(async () => {
    await threads.close();
    for (const { server, opened } of [here, apart]) {
      await server.close();
      await opened.dispose();
    }
  });

  const attachment = {
    usageType: 'https://example.org/a', display: { en: 'a' }, contentType: 'text/plain', length: 1, sha2: 'a'.repeat(64),
  }; // prettier-ignore
  const answered = { object: { id: 'https://lms.example/items/speed' }, result: { response: '9,81 m/s²' } };
  const CASES: readonly (readonly [string, string | Buffer, number])[] = [
    ['statements', JSON.stringify([did(1), did(2), did(3)]), 200],
    ['the same again', JSON.stringify([did(1), did(4)]), 200],
    ['one by itself', JSON.stringify(did(5)), 200],
    ['none', '[]', 200],
    ['other content under a known id', JSON.stringify([did(6), did(1, { timestamp: '2026-01-01T11:00:00Z' })]), 409],
    ['bad ones among good', JSON.stringify([did(7), { ...did(8), verb: { id: 'no' } }, { ...did(9), more: 1 }]), 400],
    ['the same id twice', JSON.stringify([did(10), did(10)]), 400],
    ['what is no JSON', '[{"id":', 400],
    ['a key twice', `[{"id":"${id(11)}","id":"${id(12)}"}]`, 400],
    ['bytes that are no text', Buffer.from([0x5b, 0xff, 0x5d]), 400],
    ['an attachment without contents', JSON.stringify([did(13, { attachments: [attachment] })]), 400],
    ['an attachment elsewhere', JSON.stringify([did(14, { attachments: [{ ...attachment, fileUrl: 'https://a.example/b' }] })]), 200],
    ['numbers that no double holds', JSON.stringify([did(15, { result: { score: { raw: 1 } } })]).replace('"raw":1', '"raw":0.12345678901234567890'), 200],
    ['open answers, marked by the catalogue', JSON.stringify([did(16, answered), did(17, { ...answered, result: { response: '12 m/s²' } })]), 200],
    ['a void', JSON.stringify([did(18, { verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: { objectType: 'StatementRef', id: id(2) } })]), 200],
  ]; // prettier-ignore

  it.each(CASES)('is answered as without threads: %s', async (_name, body, status) => {
    const before = taken;
    const [plain, threaded] = [await post(here, body), await post(apart, body)];
    expect(plain.status).toBe(status);
    expect(threaded).toEqual(plain);
    expect(taken).toBe(before + 1);
  });

  it('makes the same facts', async () => {
    const [plain, threaded] = [await here.opened.facts(), await apart.opened.facts()];
    expect(plain.length).toBeGreaterThan(9);
    // Each vault has keys of its own, so hashes and what is sealed differ.
    const keyed = new Set(['hash', 'pharos:sealed', 'exactNumbers']);
    const shown = (facts: readonly Record<string, unknown>[]) =>
      JSON.parse(JSON.stringify(facts, (key, value: unknown) => (keyed.has(key) ? 'keyed' : value))) as unknown;
    expect(shown(threaded)).toEqual(shown(plain));
  });

  it('which was stored without timestamp is known when it comes back with the one that was set', async () => {
    const { timestamp: _timestamp, ...without } = did(30);
    expect(await post(apart, JSON.stringify([without]))).toMatchObject({ status: 200 });
    // The log's clock of this test.
    const again = { ...without, timestamp: '2026-01-01T00:00:00.000Z' };
    expect(await post(apart, JSON.stringify([again]))).toEqual({ status: 200, body: [id(30)] });
  });

  it('may not be stored by who may only read', async () => {
    expect(await post(apart, JSON.stringify([did(31)]), 'reader')).toMatchObject({ status: 403 });
  });

  it('is not taken there where more is done with it than to store it: linted, leniently, by the rules of cmi5', async () => {
    const before = taken;
    for (const as of ['linted', 'cmi5']) expect(await post(apart, JSON.stringify([did(32)]), as)).toMatchObject({ status: 200 });
    const lenient = await post(apart, JSON.stringify([did(32), { ...did(33), verb: 1 }]), 'lenient', { prefer: 'handling=lenient' });
    expect(lenient).toMatchObject({ status: 200, body: { stored: [id(32)], setAside: [{ index: 1 }] } });
    expect(taken).toBe(before);
  });

  it('tells of a log that does not take it now', async () => {
    const full = new LogUnavailable('disk-full', 'no room');
    const { log } = apart.opened;
    const failing = { ...apart.opened.door, log: { ...log, appendEncoded: () => Promise.reject(full) } } as unknown as Door;
    const own = batchThreads({ door: failing, threads: 1, fromBytes: 0, thread, onError: fail });
    await untilTaken(own, sent([]));
    expect(await own.take(sent([did(40)]))).toMatchObject({ ok: false, refused: { status: 507 } });
    await own.close();
  });
});

afterAll(() => {
  expect(unexpected).toEqual([]);
});

describe('threads of the door', () => {
  it('take no small body, start with the first large one, and end when they are idle', async () => {
    const { door, dispose } = await openTestDoor();
    const threads = batchThreads({ door, threads: 1, fromBytes: 1_000, idleMs: 200, thread, onError: fail });
    expect(threads.take(sent([did(1)]))).toBeUndefined();
    const large = sent(Array.from({ length: 20 }, (_, n) => did(n)));
    expect(threads.take(large)).toBeUndefined();
    expect(await untilTaken(threads, large)).toMatchObject({ ok: true, ids: { length: 20 } });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // It has gone: the next one has to be started.
    expect(threads.take(large)).toBeUndefined();
    await threads.close();
    await dispose();
  }, 60_000);

  it('that end by themselves say so to who waits, and others come in their place', async () => {
    const { door, dispose } = await openTestDoor();
    const errors: string[] = [];
    const dies = { file: path.join(import.meta.dirname, '../testing/dying-thread.ts'), options: thread.options! };
    const threads = batchThreads({ door, threads: 1, fromBytes: 0, thread: dies, onError: ({ message }) => errors.push(message) });
    await expect(untilTaken(threads, sent([did(1)]))).rejects.toThrow('planted');
    expect(errors).toEqual([expect.stringContaining('planted')]);
    await expect(untilTaken(threads, sent([did(1)]))).rejects.toThrow('planted');
    await threads.close();
    await dispose();
  }, 60_000);
});
