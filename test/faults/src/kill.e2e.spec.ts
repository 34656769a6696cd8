import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { askPharos, endAll, environment, runPharos, servePharos, spawnPharos, temporaryFolder } from './pharos-process.js';
import { statementStream } from './stream.js';
import { xapiClient } from './xapi-client.js';

interface Verified {
  readonly differing: readonly unknown[];
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly facts: readonly { readonly topic: string; readonly logged: number; readonly folded: number }[];
}

/** More runs than a test of every change can take: PHAROS_FAULT_RUNS=50. Another seed, other moments: PHAROS_FAULT_SEED. */
const runs = Number(process.env.PHAROS_FAULT_RUNS ?? 3);
const random = createRandom(Number(process.env.PHAROS_FAULT_SEED ?? 1));
const statements = statementStream(6_000, 11);
/** A void is two facts: the statement, and what it takes back. */
const factsOfStream = (some: typeof statements): number =>
  some.length + some.filter(({ verb }) => (verb as { id: string }).id.endsWith('/voided')).length;
const tenant = 'faults';

const open: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  await endAll();
  for (const one of open.splice(0)) await one.dispose();
}, 60_000);

/** A data folder and the file of the stream, gone after the test. */
async function place() {
  const folder = await temporaryFolder();
  open.push(folder);
  const file = path.join(folder.path, 'stream.ndjson');
  await writeFile(file, statements.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const env = environment(path.join(folder.path, 'data'));
  return { env, file, data: path.join(folder.path, 'data'), importing: ['import', 'xapi', file, '--tenant', tenant] };
}

const rowsOf = ({ tables }: Verified) => Object.fromEntries(tables.map(({ table, rows }) => [table, rows]));
const factsOf = ({ facts }: Verified) => Object.fromEntries(facts.map(({ topic, logged }) => [topic, logged]));
const logSize = (data: string): Promise<number> =>
  stat(path.join(data, 'log', 'log.mdb')).then(
    ({ size }) => size,
    () => 0,
  );

/** Struck late, a process may just have ended: it is struck earlier then. */
const STRIKES = 5;

describe('kill -9', () => {
  let undisturbed: Verified;
  let fullLog: number;
  let foldMs: number;
  beforeAll(async () => {
    const { env, data, importing } = await place();
    const summary = await askPharos<{ seconds: { fold: number } }>(importing, env);
    foldMs = summary.seconds.fold * 1000;
    fullLog = await logSize(data);
    undisturbed = await askPharos<Verified>(['verify'], env);
    expect(factsOf(undisturbed).statements).toBe(factsOfStream(statements));
  }, 120_000);

  /**
   * An import that was killed in its middle.
   *
   * @param share how much of the log was written; beyond 1 the log is full and the fold is under way
   */
  async function killedAt(share: number): Promise<Awaited<ReturnType<typeof place>>> {
    // A fold takes now longer and now shorter: within its first half the process has not ended as a rule.
    let foldedMs = (Math.max(0, share - 1) / 0.6) * foldMs;
    for (let strike = 0; strike < STRIKES; strike += 1, foldedMs /= 2) {
      const struck = await place();
      const killed = spawnPharos(struck.importing, struck.env);
      // Two logs of one stream differ by a few pages: nine tenths is as good as full.
      while ((await logSize(struck.data)) < Math.min(share, 0.9) * fullLog && killed.child.exitCode === null) await sleep(2);
      await sleep(foldedMs);
      killed.child.kill('SIGKILL');
      if ((await killed.ended).signal === 'SIGKILL') return struck;
    }
    throw new Error(`the import ended before each of ${STRIKES} strikes`);
  }

  it.each(Array.from({ length: runs }, (_, run) => [run + 1]))(
    'in the middle of an import or its fold loses and doubles nothing (run %i)',
    async () => {
      const { env, importing } = await killedAt(random.uniform() * 1.3);
      await askPharos(importing, env); // the same command again finishes what was begun
      const found = await askPharos<Verified>(['verify'], env);
      expect(found.differing).toEqual([]);
      expect(factsOf(found)).toEqual(factsOf(undisturbed));
      expect(rowsOf(found)).toEqual(rowsOf(undisturbed));
      expect(found.facts.filter(({ logged, folded }) => logged !== folded)).toEqual([]);
    },
    240_000,
  );

  it('of the server loses nothing that it had acknowledged, and the next start takes its PostgreSQL over', async () => {
    const { env, data } = await place();
    const first = statements.slice(0, 1);
    const seedFile = `${data}.first.ndjson`;
    await writeFile(seedFile, `${JSON.stringify(first[0])}\n`);
    await askPharos(['import', 'xapi', seedFile, '--tenant', tenant], env);
    const made = await askPharos<{ id: string; secret: string }>(['key', 'create', '--name', 'lms', '--scopes', 'statements/write,statements/read'], env); // prettier-ignore
    const key = `${made.id}:${made.secret}`;
    const batches = Array.from({ length: 40 }, (_, index) => statements.slice(1 + index * 50, 1 + (index + 1) * 50));

    const acknowledged = new Set<string>();
    const server = await servePharos({ ...env, PHAROS_LOG_LEVEL: 'debug' });
    const orphan = await postmasterOf(data);
    const client = xapiClient(server.address, key);
    const todo = [...batches];
    const send = async (): Promise<void> => {
      for (let batch = todo.shift(); batch; batch = todo.shift()) {
        const answer = await client.send(batch).catch(() => undefined); // killed: whether it was taken is open
        if (answer?.status !== 200) return;
        for (const id of JSON.parse(answer.body) as string[]) acknowledged.add(id);
      }
    };
    let sent = false;
    const sending = Promise.all([send(), send(), send(), send()]).then(() => (sent = true));
    const until = batches.length * 50 * (0.2 + 0.6 * random.uniform());
    while (acknowledged.size < until && !sent) await sleep(1);
    expect(acknowledged.size).toBeGreaterThanOrEqual(until); // or a batch was refused before
    await server.kill();
    await sending;
    expect(acknowledged.size).toBeLessThan(batches.length * 50);
    expect(isAlive(orphan)).toBe(true);

    const again = await servePharos({ ...env, PHAROS_LOG_LEVEL: 'debug' });
    expect(isAlive(orphan)).toBe(false);
    const adopted = await postmasterOf(data);
    const other = xapiClient(again.address, key);
    const lost: string[] = [];
    const asked = [...acknowledged];
    const look = async (): Promise<void> => {
      for (let id = asked.pop(); id !== undefined; id = asked.pop()) {
        const standing = await other.get(id);
        if (standing.status !== 200 && (await other.get(id, 'voidedStatementId')).status !== 200) lost.push(id);
      }
    };
    await Promise.all(Array.from({ length: 8 }, look));
    expect(lost).toEqual([]);
    for (const batch of batches) expect((await other.send(batch)).status).toBe(200);
    const refused = await other.send([{ ...batches[0]![0], id: 'student-7', verb: { id: 'student-8' }, 'student-9': true }]);
    expect([refused.status, refused.body.match(/student-[78]|Ada Nobody/g)]).toEqual([400, null]);
    const whole = await again.stop();
    expect(whole.code).toBe(0);
    expect(isAlive(adopted)).toBe(false);
    const said = [(await server.ended).out, (await server.ended).err, whole.out, whole.err].join('\n');
    expect(said.length).toBeGreaterThan(200);
    expect(said.match(/student-\d+|Ada Nobody/g)).toBeNull();

    const found = await askPharos<Verified>(['verify'], env);
    expect(found.differing).toEqual([]);
    expect(factsOf(found).statements).toBe(factsOfStream(statements.slice(0, 1 + batches.length * 50)));
  }, 240_000);
});

const postmasterOf = async (data: string): Promise<number> =>
  Number((await readFile(path.join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a start that cannot be', () => {
  const refusedWith = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> => {
    const { code, err } = await runPharos(args, env);
    expect([code, err.trim().split('\n').length]).toEqual([3, 1]);
    return err;
  };

  it('says in one line that the folder is in use or the port is busy, and leaves nothing running', async () => {
    const { env } = await place();
    const server = await servePharos(env);
    expect(await refusedWith(['serve'], env)).toMatch(/in use/);
    const other = await place();
    const port = new URL(server.address).port;
    expect(await refusedWith(['serve'], { ...other.env, PHAROS_PORT: port })).toMatch(new RegExp(`port ${port} .* in use`));
    await expect(postmasterOf(other.data)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await server.stop()).code).toBe(0);
  }, 180_000);

  it('says in one line that the folder cannot be written, or is newer', async () => {
    const { data, file } = await place();
    expect(await refusedWith(['verify'], environment(path.join(file, 'inside-a-file')))).toMatch(/cannot be written/);
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, 'pharos.json'), '{"format":99}');
    expect(await refusedWith(['verify'], environment(data))).toMatch(/newer release/);
  }, 60_000);
});
