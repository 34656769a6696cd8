import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { askPharos, endAll, environment, servePharos, temporaryFolder } from './pharos-process.js';

const preload = fileURLToPath(new URL('./kill-point.mjs', import.meta.url));

const open: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  await endAll();
  for (const one of open.splice(0)) await one.dispose();
}, 60_000);

/** Guarantees 1 and 2: what a crash leaves open is settled by the sender's retry. */
describe('kill -9 while one statement is put', () => {
  it('between its claim and its append, or after it and before the answer: the retry is told 204, and there is one', async () => {
    const folder = await temporaryFolder();
    open.push(folder);
    const env = environment(path.join(folder.path, 'data'));
    const nothing = path.join(folder.path, 'nothing.ndjson');
    await writeFile(nothing, '');
    await askPharos(['import', 'xapi', nothing, '--tenant', 'faults'], env);
    const made = await askPharos<{ id: string; secret: string }>(['key', 'create', '--name', 'lms', '--scopes', 'all'], env);
    const headers = {
      authorization: `Basic ${Buffer.from(`${made.id}:${made.secret}`).toString('base64')}`,
      'x-experience-api-version': '1.0.3',
      'content-type': 'application/json',
    };
    const ask = (address: string, query: Record<string, string>, body?: unknown) =>
      fetch(`${address}/xapi/statements?${new URLSearchParams(query).toString()}`, {
        method: body === undefined ? 'GET' : 'PUT',
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const armed = path.join(folder.path, 'armed');
    const faulty = (point: string) => servePharos({ ...env, NODE_OPTIONS: `--import=${preload}`, FAULT_POINT: point, FAULT_ARMED: armed });
    const one = (verb: string) => ({
      actor: { mbox: 'mailto:ann@example.org' },
      verb: { id: verb },
      object: { id: 'http://example.org/quiz' },
    });

    /** Puts a statement into a server that dies of it; answers what the next server says of it, before and after the retry. */
    const killedAt = async (server: Awaited<ReturnType<typeof faulty>>, next: () => ReturnType<typeof faulty>) => {
      const [id, verb] = [randomUUID(), `http://example.org/verbs/${randomUUID()}`];
      await writeFile(armed, '');
      await expect(ask(server.address, { statementId: id }, one(verb))).rejects.toThrow();
      expect((await server.ended).signal).toBe('SIGKILL');
      await rm(armed);
      const again = await next();
      const before = (await ask(again.address, { statementId: id })).status;
      const retried = (await ask(again.address, { statementId: id }, one(verb))).status;
      const found = (await (await ask(again.address, { verb })).json()) as { statements: { id: string }[] };
      return { again, told: [before, retried, found.statements.map((each) => each.id === id)] };
    };

    const first = await killedAt(await faulty('claimed'), () => faulty('appended'));
    expect(first.told).toEqual([404, 204, [true]]);
    const second = await killedAt(first.again, () => servePharos(env));
    expect(second.told).toEqual([200, 204, [true]]);
  }, 180_000);
});
