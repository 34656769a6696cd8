import { hash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Forward } from '@pharos/registry';
import { exportStart, positionText } from '../exports/export-page.js';
import { multipartBody } from '../http/multipart.js';
import { openTestRecords } from '../testing/open-records.js';
import { Forwarder, type ForwarderOptions } from './forwarder.js';

interface Received {
  readonly id: string;
  readonly actor: { readonly account?: { readonly name: string }; readonly mbox?: string };
  readonly verb: { readonly id: string };
  readonly stored?: string;
  readonly authority?: object;
}
type Answer = 'take' | 'fail' | 'hang up after taking' | 'busy' | 'break over the unwanted';

/** A small receiving store: keeps what it takes in order, refuses one verb for good, and fails as it is told. */
class Receiver {
  readonly taken: Received[] = [];
  readonly requests: number[] = [];
  readonly bodies: string[] = [];
  next: Answer = 'take';
  private server: Server | undefined;
  private port = 0;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        this.bodies.push(text);
        const isParts = request.headers['content-type']!.startsWith('multipart/mixed');
        const read = JSON.parse(isParts ? text.slice(text.indexOf('['), text.indexOf('\r\n--', 2)) : text) as Received[];
        this.requests.push(read.length);
        const refuse = (status: number, headers = {}) => response.writeHead(status, headers).end();
        if (request.headers.authorization !== `Basic ${Buffer.from('key:secret').toString('base64')}`) return refuse(401);
        if (request.url !== '/xapi/statements' || request.headers['x-experience-api-version'] !== '1.0.3') return refuse(404);
        if (this.next === 'fail') return refuse(503);
        if (this.next === 'busy') return refuse(429, { 'retry-after': '30' });
        if (read.some(({ verb }) => verb.id.endsWith('/unwanted'))) return refuse(this.next === 'break over the unwanted' ? 500 : 400);
        this.taken.push(...read);
        if (this.next === 'hang up after taking') return response.destroy();
        return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(read.map(({ id }) => id)));
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}/xapi`;
  }

  stop = () => new Promise((resolve) => this.server!.close(resolve).closeAllConnections());
}

let records: Awaited<ReturnType<typeof openTestRecords>>;
let receiver: Receiver;
let url: string;
let time = Date.UTC(2026, 5, 1);
beforeAll(async () => {
  records = await openTestRecords();
}, 60_000);
afterAll(() => records.dispose());
beforeEach(async () => {
  receiver = new Receiver();
  url = await receiver.start();
});
afterEach(async () => {
  for (const { id } of await forwards().list()) await forwards().remove(id);
  await receiver.stop();
});

const forwards = () => records.registry.registry.tenant('t').forwards;
const posted: { readonly url: string; readonly body: string }[] = [];
/** As after a restart: nothing is remembered but what stands in the registry. */
const round = (more: Partial<ForwarderOptions> = {}) =>
  new Forwarder({
    door: { ...records.door, now: () => new Date(time) },
    registry: records.registry.registry,
    holder: String(Math.random()),
    sendWebhook: (call) => Promise.resolve(posted.push(call) > 0 ? { ok: true } : { ok: false, reason: '' }),
    ...more,
  }).forwardDue();
const add = async (more: Partial<Forward> = {}) =>
  forwards().create({
    name: 'warehouse', kind: 'xapi', url, version: '1.0.3', filter: {}, withIdentities: false,
    sealedSecret: await records.vault.sealForTenant('t', 'key:secret'),
    position: positionText({ ...exportStart(records.log), next: await records.log.heads('statements') }),
    ...more,
  }); // prettier-ignore
const standing = async () => (await forwards().list())[0]!;

let made = 0;
async function store(count: number, verb = 'did'): Promise<readonly string[]> {
  const statements = Array.from({ length: count }, () => ({
    actor: { mbox: `mailto:learner${(made += 1) % 3}@example.org` },
    verb: { id: `http://example.org/${verb}` },
    object: { id: `http://example.org/activity/${made}` },
  }));
  const reply = await records.ask({ method: 'POST', url: '/xapi/statements', headers: { 'content-type': 'application/json' }, payload: JSON.stringify(statements) }); // prettier-ignore
  return reply.json<string[]>();
}
const idsTaken = () => receiver.taken.map(({ id }) => id);

describe('statements that are forwarded', () => {
  it('come once, in the order of each learner, as tokens, without what is the target’s to say', async () => {
    await add();
    const first = await store(150);
    expect(await round()).toBe(150);
    const second = await store(5);
    expect(await round()).toBe(5);
    expect(await round()).toBe(0);
    expect([...idsTaken()].sort()).toEqual([...first, ...second].sort());
    const byLearner = Map.groupBy(receiver.taken, ({ actor }) => actor.account!.name);
    expect(byLearner.size).toBe(3);
    const order = [...first, ...second];
    for (const some of byLearner.values()) {
      const places = some.map(({ id }) => order.indexOf(id));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
    expect(JSON.stringify(receiver.taken)).not.toMatch(/mailto|"stored"|"authority"/);
    expect(await standing()).toMatchObject({ sent: 155, setAside: 0, failures: 0 });
  });

  it('name people only where the target may know them, and leave a trace then', async () => {
    await add({ withIdentities: true });
    await store(1);
    await round();
    expect(receiver.taken[0]!.actor.mbox).toMatch(/^mailto:learner/);
    expect(
      (await records.facts()).filter(({ type, data }) => type === 'IdentityRead' && JSON.stringify(data).includes('forward ')),
    ).toHaveLength(1);
  });

  it('are those that the filter names', async () => {
    await add({ filter: { verbs: ['http://example.org/finished'], platforms: ['lms'] } });
    await store(3);
    const wanted = await store(2, 'finished');
    await round();
    expect([...idsTaken()].sort()).toEqual([...wanted].sort());
    await add({ filter: { platforms: ['nobody'] } });
    await store(2, 'finished');
    expect(await round()).toBe(2);
  });

  it('wait for a target that fails, is busy or away, ever longer, and go on where they were', async () => {
    await add();
    const first = await store(3);
    receiver.next = 'fail';
    expect(await round()).toBe(0);
    const failed = await standing();
    expect([failed.failures, failed.lastError, failed.nextAttemptAt!.getTime() - time]).toEqual([1, 'the target answered 503', 1_000]);
    receiver.next = 'take';
    expect(await round()).toBe(0); // not due yet
    time += 1_000;
    receiver.next = 'busy';
    await round();
    expect((await standing()).nextAttemptAt!.getTime() - time).toBe(30_000);
    time += 30_000;
    await receiver.stop();
    await round();
    expect((await standing()).lastError).toContain('ECONNREFUSED');
    await receiver.start();
    receiver.next = 'take';
    const second = await store(2);
    time += 4_000;
    expect(await round()).toBe(5);
    expect([...idsTaken()].sort()).toEqual([...first, ...second].sort());
    expect(await standing()).toMatchObject({ failures: 0, lastError: null, nextAttemptAt: null });
  });

  it('come again under the same ids where the answer was lost, and only then', async () => {
    await add();
    const ids = await store(2);
    receiver.next = 'hang up after taking';
    await round();
    receiver.next = 'take';
    time += 1_000;
    await round();
    await round();
    expect([...idsTaken()].sort()).toEqual([...ids, ...ids].sort());
  });

  it('that the target refuses for good are set aside one by one, and keep nobody back', async () => {
    await add();
    const before = await store(2);
    await store(1, 'unwanted');
    const after = await store(2);
    expect(await round()).toBe(4);
    expect([...idsTaken()].sort()).toEqual([...before, ...after].sort());
    expect(await standing()).toMatchObject({ sent: 4, setAside: 1, failures: 0 });
    const [letter, ...others] = (await records.facts()).filter(({ type }) => type === 'DeadLettered');
    expect([others, letter!.data]).toEqual([
      [],
      expect.objectContaining({ source: 'forward', reason: 'the target answered 400', sealed: true }),
    ]);
    await store(120);
    await round();
    expect(receiver.requests.at(-1)).toBeGreaterThan(1);
  });

  it('are sent by one process at a time, and not while paused', async () => {
    const { id } = await add();
    await store(20);
    const both = await Promise.all([round(), round()]);
    expect(both.sort((a, b) => a - b)).toEqual([0, 20]);
    await forwards().setActive(id, false);
    await store(1);
    expect(await round()).toBe(0);
    await forwards().setActive(id, true);
    expect(await round()).toBe(1);
  });

  it('wait for somebody where the position is of another log, and say so', async () => {
    await add({ position: positionText({ ...exportStart(records.log), epoch: 'another' }) });
    await store(1);
    expect(await round()).toBe(0);
    expect(await standing()).toMatchObject({ failures: 1, lastError: 'the position belongs to another log' });
  });

  it('that the target breaks over for ever are set aside after a bounded time, and those after them wait no second time', async () => {
    await add();
    const [first] = await store(1);
    await store(1, 'unwanted');
    receiver.next = 'break over the unwanted';
    const begun = time;
    let rounds = 0;
    for (; (await standing()).setAside === 0 && rounds < 30; rounds++) {
      await round();
      time = (await standing()).nextAttemptAt?.getTime() ?? time;
    }
    expect([idsTaken(), rounds]).toEqual([[first], 15]);
    expect((time - begun) / 3_600_000).toBeLessThan(2);
    await store(1, 'unwanted');
    const [last] = await store(1);
    expect(await round()).toBe(1);
    expect([idsTaken(), await standing()]).toEqual([[first, last], expect.objectContaining({ sent: 2, setAside: 2, failures: 14 })]);
    await store(1);
    expect(await round()).toBe(1);
    expect(await standing()).toMatchObject({ sent: 3, failures: 0, lastError: null });
    expect(
      (await records.facts()).filter(({ type, data }) => type === 'DeadLettered' && JSON.stringify(data).includes('answered 500')),
    ).toHaveLength(2);
  });

  it('bring the contents of their attachments to a store that may know people, and to no other', async () => {
    const content = 'what Ann wrote on the essay';
    const sha2 = hash('sha256', content, 'hex');
    const attachment = {
      usageType: 'http://example.org/essay',
      display: { en: 'Essay' },
      contentType: 'text/plain',
      length: content.length,
      sha2,
    };
    const statement = {
      actor: { mbox: 'mailto:ann@example.org' },
      verb: { id: 'http://example.org/wrote' },
      object: { id: 'http://example.org/essay' },
      attachments: [attachment],
    };
    const { id } = await add({ withIdentities: true });
    const parts = multipartBody(JSON.stringify(statement), [{ contentType: 'text/plain', sha2, bytes: Buffer.from(content) }]);
    const reply = await records.ask({
      method: 'POST',
      url: '/xapi/statements',
      headers: { 'content-type': parts.contentType },
      payload: parts.body,
    });
    expect(reply.statusCode).toBe(200);
    expect(await round()).toBe(1);
    expect(receiver.bodies.at(-1)).toContain(content);
    expect(receiver.bodies.at(-1)).toContain(`X-Experience-API-Hash: ${sha2}`);
    expect(idsTaken()).toEqual(reply.json());
    await forwards().remove(id);
    await add({ position: positionText(exportStart(records.log)) });
    await round();
    expect(receiver.bodies.slice(1).join()).not.toContain(content);
  });

  it('that a webhook refuses are set aside, and those that it does not answer wait', async () => {
    await add({ kind: 'webhook', url: 'https://hooks.example/in' });
    await store(2);
    await round({ sendWebhook: () => Promise.resolve({ ok: false, reason: 'the receiver could not be reached: ECONNREFUSED' }) });
    expect(await standing()).toMatchObject({ setAside: 0, failures: 1 });
    time += 3_600_000;
    await round({ sendWebhook: () => Promise.resolve({ ok: false, reason: 'the receiver answered 422', status: 422 }) });
    expect(await standing()).toMatchObject({ setAside: 2, failures: 0 });
  });

  it('are posted to webhooks as one body', async () => {
    await add({ kind: 'webhook', url: 'https://hooks.example/in' });
    const ids = await store(2);
    await round();
    const body = JSON.parse(posted.at(-1)!.body) as { statements: Received[] };
    expect(body.statements.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });
});
