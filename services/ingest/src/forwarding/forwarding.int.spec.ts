import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Forward } from '@pharos/registry';
import { exportStart, positionText } from '../exports/export-page.js';
import { openTestRecords } from '../testing/open-records.js';
import { Forwarder, type ForwarderOptions } from './forwarder.js';

interface Received {
  readonly id: string;
  readonly actor: { readonly account?: { readonly name: string }; readonly mbox?: string };
  readonly verb: { readonly id: string };
  readonly stored?: string;
  readonly authority?: object;
}
type Answer = 'take' | 'fail' | 'hang up after taking' | 'busy';

/** A small receiving store: keeps what it takes in order, refuses one verb for good, and fails as it is told. */
class Receiver {
  readonly taken: Received[] = [];
  readonly requests: number[] = [];
  next: Answer = 'take';
  private server: Server | undefined;
  private port = 0;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const read = JSON.parse(Buffer.concat(chunks).toString()) as Received[];
        this.requests.push(read.length);
        const refuse = (status: number, headers = {}) => response.writeHead(status, headers).end();
        if (request.headers.authorization !== `Basic ${Buffer.from('key:secret').toString('base64')}`) return refuse(401);
        if (request.url !== '/xapi/statements' || request.headers['x-experience-api-version'] !== '1.0.3') return refuse(404);
        if (this.next === 'fail') return refuse(503);
        if (this.next === 'busy') return refuse(429, { 'retry-after': '30' });
        if (read.some(({ verb }) => verb.id.endsWith('/unwanted'))) return refuse(400);
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

  it('are posted to webhooks as one body', async () => {
    await add({ kind: 'webhook', url: 'https://hooks.example/in' });
    const ids = await store(2);
    await round();
    const body = JSON.parse(posted.at(-1)!.body) as { statements: Received[] };
    expect(body.statements.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });
});
