import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedLog, openEmbeddedLog } from '@pharos/event-log';
import { readFact } from '@pharos/facts';
import { type AlertCase, defaultAlertPolicy } from '@pharos/registry';
import { startTestRegistry } from '@pharos/registry/testing';
import { createLogger } from '@pharos/runtime';
import { openWarehouse, type Row, type Warehouse } from '@pharos/warehouse';
import { headsOf, type JobsHome } from '../running/job.js';
import { alertsJob } from './alerts-job.js';

/** A term as its weeks go by: a school with a policy of its own, a platform that fails and comes back, and the end. */

const tenant = 't';
const dayMs = 86_400_000;
const start = '2026-02-02';
const weekDay = (week: number): string => new Date(Date.parse(start) + week * 7 * dayMs).toISOString().slice(0, 10);
const asOfWeek = (week: number): string => `${weekDay(week)}T00:00:00.000Z`;
let folder: string;
let registries: Awaited<ReturnType<typeof startTestRegistry>>;
let log: EmbeddedLog;
let warehouse: Warehouse;
let offset = 0;

const fact = (id: string, known: string) => ({ tenant, id, occurred_at: known, known_at: known, recorded_at: known, log_partition: 0, log_offset: offset++ }); // prettier-ignore
const silentFor = (days: number) => [{ feature: 'days_silent', value: days, reference: 1, logOdds: 2 }];
const missed = [{ feature: 'work_missed', value: 3, reference: 0, logOdds: 2 }];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-alerts-'));
  registries = await startTestRegistry(() => new Date());
  log = await openEmbeddedLog({ path: path.join(folder, 'log'), now: () => new Date() });
  warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  await registries.registry.tenants.put({ id: tenant, name: 'District' });
  const classRow = (id: string, school: string): Row<'classes'> => ({
    ...fact(`class-${id}`, asOfWeek(0)), class: id, title: id, course: 'x', course_title: 'X', school, school_title: school, term: '2026S', start_day: start, end_day: weekDay(16), iris: [],
  }); // prettier-ignore
  await warehouse.writer.insert('classes', [classRow('north-c', 'north'), classRow('south-c', 'south')]);
  const edit = { by: 'u', at: asOfWeek(0) };
  const { policies } = registries.registry.tenant(tenant);
  await policies.set('alerts', { ...defaultAlertPolicy, raiseAt: 0.7 }, edit);
  await policies.set('alerts', { ...defaultAlertPolicy, raiseAt: 0.4, clearBelow: 0.2, answerWithinDays: 2 }, { ...edit, school: 'south' });
});
afterAll(async () => {
  await warehouse.close();
  await log.close();
  await registries.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Learners of the school that their name ends with, each with a score and what pushed it. */
type Scored = Readonly<Record<string, readonly [probability: number, contributions: readonly object[]]>>;

async function runWeek(week: number, scored: Scored) {
  const asOf = asOfWeek(week);
  await warehouse.writer.insert('scores', Object.entries(scored).map(([learner, [probability, contributions]]): Row<'scores'> => ({
    ...fact(`s-${week}-${learner}`, asOf), target: 'not-passing', class: `${learner.split('-')[1]!}-c`, learner, as_of: asOf, term: '2026S', week,
    model: 'm', recipe: 'rule', log_odds: Math.log(probability / (1 - probability)), probability, raw: 0, intercept: 0,
    contributions: JSON.stringify(contributions), held_out: 'null', positions: '{"epoch":"e","offsets":{}}',
  }))); // prettier-ignore
  const registry = registries.registry.tenant(tenant);
  const home: JobsHome = { log, warehouse, registry: registries.registry, logger: createLogger('silent', 'test'), now: () => new Date(asOf), holder: 'h', foldedBy: 'projector' }; // prettier-ignore
  const started = await registry.jobRuns.start({ job: 'alerts', slot: asOf.slice(0, 10), asOf });
  if (!started.ok) throw new Error(started.code);
  // What is asked is bounded by when it was known: rows of these tests are placed by hand, beyond the heads of an empty log.
  const positions = { epoch: (await headsOf(log)).epoch, offsets: {} };
  const scope = { home, tenant, warehouse: warehouse.tenant(tenant), registry, asOf, run: started.run, positions, seed: 1 };
  const counts = await alertsJob.run(scope);
  await registry.jobRuns.finish(started.run, { outcome: 'ok', counts });
  await foldSilences();
  return counts;
}

let foldedTo = 0;
/** As the projector does. */
async function foldSilences(): Promise<void> {
  const stored = await log.read('alerts', 0, foldedTo);
  foldedTo += stored.length;
  for (const { stored: each } of stored) {
    const read = readFact(each);
    if (!read.ok || read.fact.type !== 'SourceSilent') throw new Error('only silences are told to the log here');
    const row = {
      ...fact(read.fact.id, read.fact.occurredAt),
      alert: '',
      type: 'SourceSilent',
      learner: '',
      body: JSON.stringify(read.fact.data),
    };
    await warehouse.writer.insert('alert_facts', [row]);
  }
}

async function sends(fromWeek: number, toWeek: number): Promise<void> {
  const days = Array.from({ length: (toWeek - fromWeek) * 7 }, (_, day) =>
    new Date(Date.parse(weekDay(fromWeek)) + day * dayMs).toISOString(),
  );
  await warehouse.writer.insert('statements', days.flatMap((day) => Array.from({ length: 25 }, (_, i): Row<'statements'> => ({
    ...fact(`st-${day}-${i}`, day), learner: 'l', verb: 'v', activity: 'a', activity_type: '', kind: 'page', action: 'viewed', context: [], registration: '', amount: 1,
    duration_seconds: null, scaled: null, correct: null, refers_to: '', credential: 'lms', xapi: '1.0.3', hash: '', body: '{}',
  })))); // prettier-ignore
}

/** One statement of a learner, known only later. */
async function answered(learner: string, occurred: string, known: string, action = 'answered'): Promise<void> {
  await warehouse.writer.insert('statements', [{
    ...fact(`late-${learner}-${occurred}`, known), occurred_at: occurred, learner, verb: 'v', activity: 'a', activity_type: '', kind: 'practice', action, context: [],
    registration: '', amount: 1, duration_seconds: null, scaled: null, correct: null, refers_to: '', credential: 'lms', xapi: '1.0.3', hash: '', body: '{}',
  }]); // prettier-ignore
}

async function alertOf(learner: string): Promise<AlertCase | undefined> {
  const page = await registries.registry.tenant(tenant).alertCases.list({ learners: [learner] });
  return page.alerts[0];
}

describe('a term, week by week', () => {
  it('warns by the policy of the school, and by the tenant’s where a school has none', async () => {
    await sends(0, 4);
    await runWeek(4, { 'ann-north': [0.5, missed], 'bo-south': [0.5, missed] });
    expect(await alertOf('ann-north')).toBeUndefined();
    expect((await alertOf('bo-south'))?.latest).toMatchObject({
      school: 'south',
      dueAt: new Date(Date.parse(asOfWeek(4)) + 2 * dayMs).toISOString(),
    });
  });

  it('holds what rests on activity while the platform is silent, tells of the rest, and leaves what was told before as it stood', async () => {
    const counts = await runWeek(5, {
      'bo-south': [0.9, silentFor(7)], 'cy-north': [0.9, silentFor(7)], 'di-north': [0.9, missed],
    }); // prettier-ignore
    expect(counts).toMatchObject({ silentSources: 1, raise: 2, hold: 1, update: 0 });
    expect((await alertOf('cy-north'))?.heldFor).toBe('lms');
    expect((await alertOf('di-north'))?.heldFor).toBeNull();
    expect((await alertOf('bo-south'))?.latest).toMatchObject({ probability: 0.5, reasons: [{ code: 'work-missed' }] });
  });

  it('keeps holding, and tells of the silence once', async () => {
    expect(await runWeek(6, { 'cy-north': [0.9, silentFor(14)], 'ed-north': [0.8, silentFor(14)] })).toMatchObject({ hold: 1, release: 0 });
    expect(foldedTo).toBe(1);
  });

  it('releases what still stands when the platform is back, and drops what does not', async () => {
    await sends(6, 7);
    const counts = await runWeek(7, { 'cy-north': [0.9, silentFor(20)], 'ed-north': [0.3, missed] });
    expect(counts).toMatchObject({ silentSources: 0, release: 2, resolve: 1 });
    expect(await alertOf('cy-north')).toMatchObject({ heldFor: null, standing: { status: 'open' } });
    expect(await alertOf('ed-north')).toMatchObject({
      heldFor: null,
      standing: { status: 'resolved', closed: { code: 'resolved-itself' } },
    });
    expect(foldedTo).toBe(2);
  });

  it('closes an alert about a silence in which a device without a connection had kept answers, and says so', async () => {
    const quiet = { 'fay-north': [0.9, silentFor(10)], 'gus-north': [0.9, silentFor(10)], 'hal-north': [0.9, silentFor(10)], 'ida-north': [0.9, silentFor(10)] } as const; // prettier-ignore
    await sends(7, 10);
    expect(await runWeek(8, quiet)).toMatchObject({ raise: 4, hold: 0 });
    const at = (days: number) => new Date(Date.parse(asOfWeek(8)) + days * dayMs).toISOString();
    // Answered three days before the alert, known a day after it; what came in time before the silence, or a mark by another, undoes nothing.
    await answered('fay-north', at(-3), at(1));
    await answered('gus-north', at(-3), at(1));
    await answered('hal-north', at(-20), at(1));
    await answered('ida-north', at(-3), at(1), 'scored');
    const counts = await runWeek(9, { 'fay-north': [0.5, missed], 'gus-north': [0.8, missed], 'hal-north': [0.5, missed], 'ida-north': [0.5, missed] }); // prettier-ignore
    expect(counts).toMatchObject({ resolve: 1 });
    const cleared = (await alertOf('fay-north'))!;
    expect(cleared.standing).toMatchObject({ status: 'resolved', closed: { by: 'policy', code: 'late-answers' } });
    expect(cleared.latest).toMatchObject({ probability: 0.5, reasons: [{ code: 'work-missed' }] });
    expect(cleared.latest.changed).toContainEqual({ code: 'silent-days', class: 'north-c', how: 'gone' });
    for (const open of ['gus-north', 'hal-north', 'ida-north']) expect((await alertOf(open))?.standing.status).toBe('open');
  });

  it('closes what is open when the term has ended', async () => {
    const counts = await runWeek(18, {});
    expect(counts).toMatchObject({ resolve: 6 });
    expect((await alertOf('di-north'))?.standing).toMatchObject({ status: 'resolved', closed: { code: 'term-ended' } });
  });
});
