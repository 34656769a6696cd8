import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewFact, topicNames } from '@pharos/facts';
import { askPharos, environment } from '@pharos/faults';
import { headsOf, type Job, jobNamed } from '@pharos/jobs';
import { rebuild, verify } from '@pharos/projector';
import { startEmbeddedPostgres } from '@pharos/registry';
import { writeBackup } from '@pharos/standalone/backup/write-backup';
import { openKeyRing, openVault } from '@pharos/vault';
import { learnerDays, scoped, sql, type StoredTable, storedTables, type TenantWarehouse } from '@pharos/warehouse';
import pg from 'pg';
import { type DistrictHome, now, openDistrict, tenant } from './district-home.js';

const sender = { credential: 'lms', scopes: ['statements/write', 'history/write'] };
const asOf = '2026-11-21T23:59:59.999Z';

let home: DistrictHome;
beforeAll(async () => {
  home = await openDistrict(120, 3);
}, 240_000);
afterAll(() => home.close());

/** What a learner did on one day, over all classes. */
const eventsOn = async (learner: string, day: string): Promise<number> =>
  (await home.homes.warehouse.tenant(tenant).ask(learnerDays(learner)))
    .filter((row) => row.day === day)
    .reduce((sum, { events }) => sum + events, 0);

const played = (account: string, timestamp: string, id: string = randomUUID()) => ({
  id,
  actor: { account: { homePage: 'https://other.example', name: account } },
  verb: { id: 'https://w3id.org/xapi/video/verbs/played' },
  object: { id: 'https://video.example/1', definition: { type: 'https://w3id.org/xapi/video/activity-type/video' } },
  timestamp,
});
const voids = (account: string, target: string, timestamp: string) => ({
  ...played(account, timestamp),
  verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
  object: { objectType: 'StatementRef', id: target },
});

async function send(statements: readonly { readonly timestamp: string }[]): Promise<void> {
  const accepted = await home.door.acceptStatements({ tenant, sender, version: '1.0.3', statements, knownAt: statements.map(({ timestamp }) => timestamp) }); // prettier-ignore
  expect(accepted).toMatchObject({ ok: true });
}

const tokenOf = async (account: string): Promise<string> =>
  (await home.homes.vault.find(tenant, `account:https://other.example|${account}`))!;

describe('facts that arrive in any order', () => {
  it('count a voided statement as little when its void came first', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const at = '2026-11-18T10:00:00.000Z';
    await send([played('void-late', at, first), played('void-late', at)]);
    await send([voids('void-late', first, at)]);
    await send([voids('void-early', second, at)]);
    await home.fold();
    await send([played('void-early', at, second), played('void-early', at)]);
    await home.fold();
    const late = await eventsOn(await tokenOf('void-late'), '2026-11-18');
    expect(late).toBe(await eventsOn(await tokenOf('void-early'), '2026-11-18'));
    const third = randomUUID();
    await send([played('another', at, third), played('not-voided', at), played('not-voided', at), voids('not-voided', third, at)]);
    await home.fold();
    expect(await eventsOn(await tokenOf('not-voided'), '2026-11-18')).toBe(late + 1);
  });

  it('change a learner’s answers when two identifiers are linked, and back when the link is undone', async () => {
    const at = '2026-11-19T10:00:00.000Z';
    await send([played('here', at), played('there', at), played('there', at)]);
    await home.fold();
    const [here, there] = [await tokenOf('here'), await tokenOf('there')];
    const link = (linked: boolean): NewFact => ({
      id: randomUUID(), type: 'LearnersLinked', version: 1, tenant, key: there, occurredAt: now().toISOString(),
      data: { learner: there, canonical: here, linked, because: 'the same mailbox', at: now().toISOString() },
    }); // prettier-ignore
    expect([await eventsOn(here, '2026-11-19'), await eventsOn(there, '2026-11-19')]).toEqual([1, 2]);
    await home.homes.log.append([link(true)]);
    await home.fold();
    expect(await eventsOn(here, '2026-11-19')).toBe(3);
    await home.homes.log.append([link(false)]);
    await home.fold();
    expect([await eventsOn(here, '2026-11-19'), await eventsOn(there, '2026-11-19')]).toEqual([1, 2]);
  });
});

describe('as of', () => {
  let runs = 0;
  const run = async (job: Job, positions: Awaited<ReturnType<typeof headsOf>>): Promise<readonly NewFact[]> => {
    const told: NewFact[] = [];
    const { log } = home.homes;
    const listening = { ...home.jobs, log: { ...log, append: (facts: readonly NewFact[]) => (told.push(...facts), log.append(facts)) } };
    const { warehouse } = home.homes;
    const registry = home.homes.registry.tenant(tenant);
    const started = await registry.jobRuns.start({ job: job.name, slot: `test-${++runs}`, asOf });
    await job.run({ home: listening, tenant, warehouse: warehouse.tenant(tenant), registry, asOf, run: started.run, positions, seed: 5 });
    return told;
  };

  it('scores every learner of the open classes', async () => {
    const risk = jobNamed('risk')!;
    const positions = await headsOf(home.homes.log);
    const first = await run(risk, positions);
    const scores = first.filter(({ type }) => type === 'RiskScored');
    expect(scores.length).toBeGreaterThan(100);
  }, 240_000);

  it('raises alerts from the scores', async () => {
    await home.fold();
    await run(jobNamed('alerts')!, await headsOf(home.homes.log));
    await home.homes.registry.outbox.relayOnce({ append: (facts) => home.homes.log.append(facts) });
    await home.fold();
    const { alerts } = await home.homes.registry.tenant(tenant).alertCases.list({}, { limit: 500 });
    expect(alerts.length).toBeGreaterThan(0);
  }, 120_000);

  it('names learners whom something struck in the running term, more often than chance', async () => {
    const { alerts } = await home.homes.registry.tenant(tenant).alertCases.list({}, { limit: 500 });
    const named = new Set(alerts.map(({ latest }) => latest.learner));
    const running = home.district.terms[1].id;
    const struck = home.district.learners.filter(({ shocks }) => shocks.some(({ term }) => term === running));
    const found = struck.filter(({ sourcedId }) => named.has(home.tokens.get(sourcedId)!)).length;
    const expectedByChance = (struck.length * named.size) / home.district.learners.length;
    const lift = found / expectedByChance;
    process.stderr.write(`alerts name ${found} of ${struck.length} struck learners, ${named.size} of ${home.district.learners.length} in all: lift ${lift.toFixed(2)}\n`); // prettier-ignore
    expect(struck.length).toBeGreaterThan(3);
    expect(lift).toBeGreaterThan(1);
  });
});

describe('who is who', () => {
  it('stays in the vault: no name, mail or account of the district in log, tables or registry', async () => {
    const { learners } = home.district;
    const people = await home.homes.vault.people(tenant, [...home.tokens.values()]);
    const secrets = new Set<string>(learners.flatMap((one) => [one.email, one.practiceAccount, one.sourcedId, `${one.givenName} ${one.familyName}`])); // prettier-ignore
    for (const { email, displayName, familyName, givenName, sourcedId } of people.values())
      for (const value of [email, displayName, familyName, givenName, sourcedId])
        if (value !== null && value.length >= 4) secrets.add(value);
    expect(secrets.size).toBeGreaterThan(learners.length * 3);

    const places: { readonly place: string; readonly text: string }[] = [];
    for (const topic of topicNames) places.push({ place: `log ${topic}`, text: JSON.stringify(await home.facts([topic])) });
    const warehouse = home.homes.warehouse.tenant(tenant);
    for (const table of storedTables) places.push({ place: `table ${table}`, text: await rowsOf(table, warehouse) });
    const client = new pg.Client(home.homes.databases.registry);
    await client.connect();
    for (const { table_name: table } of (
      await client.query<{ table_name: string }>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    ).rows)
      // prettier-ignore
      places.push({ place: `registry ${table}`, text: JSON.stringify((await client.query(`SELECT * FROM ${table}`)).rows) });
    await client.end();
    expect(places.find(({ place }) => place === 'table statements')!.text.length).toBeGreaterThan(100_000);

    const leaks = [...secrets].flatMap((secret) =>
      places.filter(({ text }) => hasWord(text, secret)).map(({ place }) => `${place}: ${secret}`),
    );
    expect(leaks).toEqual([]);
  }, 120_000);

  it('is not repeated by the door when it refuses', async () => {
    const { email, givenName, familyName } = home.district.learners[1]!;
    const refused = await home.door.acceptStatements({
      tenant, sender, version: '1.0.3',
      statements: [{ actor: { mbox: `mailto:${email}`, name: `${givenName} ${familyName}`, age: 3 }, verb: { id: email }, object: { id: familyName } }],
    }); // prettier-ignore
    expect(refused.ok).toBe(false);
    expect(JSON.stringify(refused)).not.toContain(email);
    expect(JSON.stringify(refused)).not.toContain(familyName);
  });
});

/** Within longer letters it is chance, not a leak: tokens and hashes are random text. */
function hasWord(text: string, secret: string): boolean {
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
    if (!/[A-Za-z0-9]/.test(text[at - 1] ?? '') && !/[A-Za-z0-9]/.test(text[at + secret.length] ?? '')) return true;
  }
  return false;
}

async function rowsOf(table: StoredTable, warehouse: TenantWarehouse): Promise<string> {
  const rows = await warehouse.ask({ name: 'everything', sql: sql`SELECT * FROM ${scoped(table)}`, answer: (row) => JSON.stringify(row) });
  return rows.join('\n');
}

describe('what stands', () => {
  it('is what the log says, before and after a rebuild', async () => {
    const { log, warehouse, registry } = home.homes;
    await home.fold();
    const before = await verify({ log, warehouse, registry: registry.folds });
    expect(before.differing).toEqual([]);
    await rebuild({ log, warehouse, registry: registry.folds });
    const after = await verify({ log, warehouse, registry: registry.folds });
    expect(after.tables).toEqual(before.tables);
    expect(after.registry).toEqual(before.registry);
  }, 120_000);

  it('is backed up while statements stream in, restored elsewhere whole, and who was erased since stays erased', async () => {
    const { homes } = home;
    let streaming = true;
    const stream = (async () => {
      for (let index = 0; streaming; index += 1) await send([played(`streamed-${index}`, '2026-11-20T10:00:00.000Z')]);
      return true;
    })();
    const streamed = 'account:https://other.example|streamed-0';
    const backup = path.join(home.folder, 'backup');
    await writeBackup(homes, backup);
    streaming = false;
    expect(await stream).toBe(true);

    const gone = home.tokens.get(home.district.learners[5]!.sourcedId)!;
    const at = now().toISOString();
    await homes.log.append([{ id: randomUUID(), type: 'LearnerErased', version: 1, tenant, key: gone, occurredAt: at, data: { learner: gone, by: 'privacy', reason: 'asked' } }]); // prettier-ignore
    const later = path.join(home.folder, 'later-log');
    await homes.log.copyTo(later);

    const logged = (await home.facts(['statements'])).length;
    for (const [name, options, erased] of [
      ['plain', [], 0],
      ['later', ['--log', later], 1],
    ] as const) {
      const data = path.join(home.folder, name);
      const env = environment(data, { PHAROS_KEYS_FILE: homes.folder.keysFile });
      expect(await askPharos(['restore', backup, ...options], env)).toMatchObject({ erasedAgain: erased });
      const found = await askPharos<Awaited<ReturnType<typeof verify>>>(['verify'], env);
      expect(found.differing).toEqual([]);
      expect(found.facts.filter((topic) => topic.logged !== topic.folded)).toEqual([]);
      expect(await askPharos(['verify', 'alerts'], env)).toMatchObject({ mismatches: [] });
      const statements = found.facts.find(({ topic }) => topic === 'statements')!.logged;
      expect(statements).toBeLessThanOrEqual(logged);
      expect(statements).toBeGreaterThan(5_000);

      const lost: unknown[] = [];
      const postgres = await startEmbeddedPostgres({ dataDir: data });
      const keys = await openKeyRing({ file: homes.folder.keysFile });
      const vault = await openVault({ connection: postgres.connection('pharos_vault'), keys, now, onError: (error) => lost.push(error) });
      try {
        expect((await vault.people(tenant, [gone])).has(gone)).toBe(erased === 0);
        expect(await vault.find(tenant, streamed)).toBe(await homes.vault.find(tenant, streamed));
      } finally {
        await vault.close();
        await postgres.stop();
      }
      expect(lost).toEqual([]);
      await rm(data, { recursive: true });
    }
  }, 180_000);
});
