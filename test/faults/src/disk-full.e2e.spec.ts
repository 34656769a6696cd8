import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { askPharos, endAll, environment, servePharos, temporaryFolder } from './pharos-process.js';
import { mayMount, mountSmallDisk } from './small-disk.js';
import { xapiClient } from './xapi-client.js';

if (!mayMount) process.stderr.write('Filling the disk of a running server is skipped: this user may not mount a small tmpfs here.\n');
const itWithMount = mayMount ? it : it.skip;

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await endAll();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}, 60_000);

/** Random letters: nothing that packing makes small. */
const noise = (length: number) => Array.from({ length }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('');

const largeStatement = () => ({
  id: randomUUID(),
  actor: { account: { homePage: 'https://lms.example', name: `student-${Math.floor(Math.random() * 20)}` } },
  verb: { id: 'https://w3id.org/xapi/video/verbs/played' },
  object: { id: `https://lms.example/videos/${noise(30_000)}` },
});

describe('a disk that becomes full under the log', () => {
  itWithMount(
    'is told to the sender as 507 or 503; nothing acknowledged is lost, nothing refused is there, and it goes on when there is room',
    async () => {
      const folder = await temporaryFolder();
      cleanUps.push(() => folder.dispose());
      const data = path.join(folder.path, 'data');
      const disk = await mountSmallDisk(path.join(data, 'log'), 12);
      cleanUps.push(() => Promise.resolve(disk.unmount()));
      await disk.fill(9 * 1024 * 1024);
      const env = environment(data);
      const first = path.join(folder.path, 'first.ndjson');
      await writeFile(first, `${JSON.stringify(largeStatement())}\n`);
      await askPharos(['import', 'xapi', first, '--tenant', 'faults'], env);
      const made = await askPharos<{ id: string; secret: string }>(['key', 'create', '--name', 'lms', '--scopes', 'statements/write,statements/read'], env); // prettier-ignore
      const other = await askPharos<{ id: string; secret: string }>(
        ['key', 'create', '--name', 'analyst', '--scopes', 'statements/read'],
        env,
      );
      const server = await servePharos(env);
      const client = xapiClient(server.address, `${made.id}:${made.secret}`);
      const reader = xapiClient(server.address, `${other.id}:${other.secret}`);

      const taken: string[] = [];
      let refused: { readonly status: number; readonly body: string; readonly ids: readonly string[] } | undefined;
      for (let batch = 0; batch < 200 && refused === undefined; batch += 1) {
        const statements = Array.from({ length: 10 }, largeStatement);
        const ids = statements.map(({ id }) => id);
        const answer = await client.send(statements);
        if (answer.status === 200) taken.push(...ids);
        else refused = { ...answer, ids };
      }
      expect([503, 507]).toContain(refused?.status);
      expect(JSON.parse(refused!.body)).toMatchObject({ status: refused!.status, title: expect.any(String) });
      expect(taken.length).toBeGreaterThan(10);
      // A reader who is shown nobody leaves no trace, and reads on.
      const sample = taken.filter((_, index) => index % 8 === 0);
      for (const id of sample) expect((await reader.get(id)).status).toBe(200);
      for (const id of refused!.ids) expect((await client.get(id)).status).toBe(404);
      // The sender is shown the people it named, which is a fact of its own: shown with its trace written, or told to come back.
      for (const id of sample) {
        const answer = await client.get(id);
        if (answer.status === 200) continue;
        expect([503, 507]).toContain(answer.status);
        expect(Number(answer.retryAfter)).toBeGreaterThan(0);
      }

      await disk.free();
      expect((await client.send([largeStatement()])).status).toBe(200);
      const statuses = await Promise.all(taken.map(async (id) => (await client.get(id)).status));
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect((await server.stop()).code).toBe(0);
    },
    300_000,
  );
});
