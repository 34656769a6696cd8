import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import {
  atRiskByWeek, attendanceByWeek, classList, classMembers, type CohortAsk, deadLetterCauses, deadLetters, handInByWeek, latestScoresOf,
  learnerDays, learnerEnrolments, learnerMarks, learnerScores, learnerWork, marksByWork, openWarehouse, overviewByGroup, overviewByWeek,
  type Question, riskDistribution, scoreById, sourceVolumes, sql, type TenantWarehouse, type Warehouse,
} from '../index.js'; // prettier-ignore
import { attemptRow, factOf, statementRow } from '../rows-of-test.js';

const asOf = '2014-12-01T00:00:00.000Z';
const ask: CohortAsk = { asOf, cellSecret: 'secret' };
const span = { from: '2014-10-06', to: '2014-10-19' };
const start = '2014-09-01T00:00:00.000Z';
const scored = { term: '2014', week: 2, model: 'm', recipe: 'rule', log_odds: 0, raw: 0, intercept: 0, contributions: '[]', held_out: 'null', positions: '{"epoch":"e","offsets":{}}' }; // prettier-ignore

/** Ann and Ben take maths; Cleo withdrew from it on 10 October. Ann's old token is ann-1. */
async function fill({ writer }: Warehouse) {
  const maths = { class: 'maths-2014', course: 'maths', course_title: 'Maths', school: 'north', school_title: 'North', term: '2014', start_day: '2014-10-01', end_day: '2015-05-31' }; // prettier-ignore
  await writer.insert('classes', [{ ...factOf('uni', 'c1', start), ...maths, title: 'Maths 2014', iris: ['https://lms/maths'] }]);
  const enrol = (learner: string) => ({ ...factOf('uni', `e-${learner}`, start), class: 'maths-2014', learner, registered_on: '2014-09-20', previous_attempts: 0, credits: 60 }); // prettier-ignore
  await writer.insert('enrolments', ['ann', 'ben', 'cleo'].map(enrol));
  await writer.insert('withdrawals', [{ ...factOf('uni', 'w1', '2014-10-10T00:00:00.000Z'), class: 'maths-2014', learner: 'cleo', withdrawn_on: '2014-10-10', reason: 'unregistered' }]); // prettier-ignore
  await writer.insert('learner_links', [{ ...factOf('uni', 'l1', start), learner: 'ann-1', canonical: 'ann', linked: 1, because: 'mail' }]);
  await writer.insert('attributes', [
    { ...factOf('uni', 'a1', start), learner: 'ben', attribute: 'band', class: '', value: 'x', protected: 0 },
  ]);
  await writer.insert('contexts', [
    { tenant: 'uni', context: ['https://lms/maths'] },
    { tenant: 'uni', context: [] },
  ]);
  const work = (id: string, due: string) => ({ ...factOf('uni', `work-${id}`, start), class: 'maths-2014', work: `https://lms/${id}`, title: id, kind: 'assignment', due_on: due, weight: 50 }); // prettier-ignore
  await writer.insert('work', [work('first', '2014-10-08'), work('second', '2014-10-15')]);
  const submit = (id: string, learner: string, workId: string, at: string, scaled: number | null = null) =>
    statementRow(id, learner, at, { activity: `https://lms/${workId}`, action: scaled === null ? 'submitted' : 'scored', scaled });
  const attempts = [
    submit('s1', 'ann-1', 'first', '2014-10-07T10:00:00.000Z'),
    submit('s2', 'ann', 'first', '2014-10-09T10:00:00.000Z', 0.8),
    submit('s3', 'ben', 'first', '2014-10-09T11:00:00.000Z', 0.4),
    submit('s4', 'ben', 'second', '2014-10-15T11:00:00.000Z', 0.6),
  ];
  await writer.insert('attempts', attempts.map(attemptRow));
  await writer.insert('statements', [
    ...attempts,
    statementRow('v1', 'cleo', '2014-10-06T09:00:00.000Z', { amount: 3, duration_seconds: 1.5 }),
    statementRow('v2', 'ann', '2014-10-20T09:00:00.000Z', { context: [] }),
  ]);
  await writer.insert('accommodations', [
    { ...factOf('uni', 'acc', start), learner: 'ben', class: '', work: '', time_factor: null, extra_days: 2 },
  ]);
  await writer.insert('attendance', [{ ...factOf('uni', 'att', start), learner: 'ben', marked_on: '2014-10-07', school: 'north', class: '', status: 'absent' }]); // prettier-ignore
  await writer.insert('scores', [
    { ...factOf('uni', 'r1', '2014-10-12T00:00:00.000Z'), target: 'pass', class: 'maths-2014', learner: 'ben', as_of: '2014-10-12T00:00:00.000Z', ...scored, probability: 0.2 },
    { ...factOf('uni', 'r2', '2014-10-19T00:00:00.000Z'), target: 'pass', class: 'maths-2014', learner: 'ben', as_of: '2014-10-19T00:00:00.000Z', ...scored, probability: 0.7 },
  ]); // prettier-ignore
  await writer.insert('dead_letters', [{ ...factOf('uni', 'd1', start), source: 'door', place: '1', step: 'validate', reason: 'why', bytes: '{}', sealed: 0 }]); // prettier-ignore
  await writer.rollUpAll();
}

describe('named questions', () => {
  let folder: string;
  let warehouse: Warehouse;
  let uni: TenantWarehouse;
  const counts = (rows: readonly object[]) =>
    JSON.parse(JSON.stringify(rows, (key, value: unknown) => (key === 'key' ? undefined : value))) as unknown;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-questions-'));
    warehouse = await openWarehouse({ path: folder });
    await fill(warehouse);
    uni = warehouse.tenant('uni');
  });
  afterAll(async () => {
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('counts enrolled and active learners by week', async () => {
    const weeks = await uni.ask(overviewByWeek({ ...ask, ...span }));
    expect(counts(weeks)).toEqual([
      { week: '2014-10-06', enrolled: { n: 3 }, active: { n: 3 } },
      { week: '2014-10-13', enrolled: { n: 2 }, active: { n: 1 } },
    ]);
  });

  it('gives cells of the same members the same key, and others another', async () => {
    const [first, second] = await uni.ask(overviewByWeek({ ...ask, ...span }));
    expect(first!.enrolled.key).toBe(first!.active.key);
    expect(second!.enrolled.key).not.toBe(first!.enrolled.key);
  });

  it('narrows by attributes and hierarchies', async () => {
    const band = { ...ask, filter: { school: 'north', attributes: [{ attribute: 'band', value: 'x' }] } };
    expect(counts(await uni.ask(overviewByWeek({ ...band, ...span })))).toMatchObject([{ enrolled: { n: 1 } }, { enrolled: { n: 1 } }]);
    expect(await uni.ask(overviewByWeek({ ...ask, ...span, filter: { course: 'art' } }))).toEqual([]);
  });

  it('groups by course with those at risk', async () => {
    const rows = await uni.ask(overviewByGroup({ ...ask, ...span, by: 'course', target: 'pass', threshold: 0.5 }));
    expect(counts(rows)).toEqual([{ group: 'maths', enrolled: { n: 2 }, active: { n: 3 }, scored: { n: 1 }, atRisk: { n: 1 } }]);
  });

  it('follows risk by week and spreads it in bands', async () => {
    const weeks = await uni.ask(atRiskByWeek({ ...ask, ...span, target: 'pass', threshold: 0.5 }));
    expect(counts(weeks)).toEqual([
      { week: '2014-10-06', scored: { n: 1 }, atRisk: { n: 0 } },
      { week: '2014-10-13', scored: { n: 1 }, atRisk: { n: 1 } },
    ]);
    expect(counts(await uni.ask(riskDistribution({ ...ask, target: 'pass' })))).toEqual([{ from: 0.7, learners: { n: 1 } }]);
  });

  it('counts hand-ins on time, late and missing, with accommodations and linked tokens', async () => {
    // Ann's first is in by her old token; Ben's first was due on the 8th, his two extra days make the 9th on time.
    expect(counts(await uni.ask(handInByWeek({ ...ask, ...span })))).toEqual([
      { week: '2014-10-06', due: 3, onTime: 2, late: 0, missing: 1, learners: { n: 3 } },
      { week: '2014-10-13', due: 2, onTime: 1, late: 0, missing: 1, learners: { n: 2 } },
    ]);
  });

  it('summarises marks and attendance', async () => {
    expect(counts(await uni.ask(marksByWork(ask)))).toMatchObject([
      { work: 'https://lms/first', marked: { n: 2 }, mean: 60 },
      { work: 'https://lms/second', marked: { n: 1 }, mean: 60 },
    ]);
    expect(counts(await uni.ask(attendanceByWeek({ ...ask, ...span })))).toEqual([
      { week: '2014-10-06', marks: 1, present: 0, late: 0, absent: 1, excused: 0, learners: { n: 1 } },
    ]);
  });

  it('tells a learner’s story, whichever token is asked for', async () => {
    for (const token of ['ann', 'ann-1']) {
      expect(await uni.ask(learnerDays(token))).toMatchObject([
        { day: '2014-10-07', class: 'maths-2014', events: 1 },
        { day: '2014-10-09', class: 'maths-2014', events: 1 },
        { day: '2014-10-20', class: '', events: 1 },
      ]);
      expect(await uni.ask(learnerWork(token))).toMatchObject([
        { title: 'first', handedInAt: '2014-10-07T10:00:00.000Z', mark: 80 },
        { title: 'second', handedInAt: null, mark: null },
      ]);
      expect(await uni.ask(learnerEnrolments(token))).toMatchObject([{ class: 'maths-2014', active: true }]);
    }
    expect(await uni.ask(learnerMarks('ben'))).toMatchObject([{ kind: 'attendance', value: 'absent', percent: null }]);
  });

  it('hands out scores, latest and by id', async () => {
    expect(await uni.ask(latestScoresOf({ target: 'pass' }))).toMatchObject([{ id: 'r2', probability: 0.7, heldOut: null }]);
    expect(await uni.ask(latestScoresOf({ target: 'pass', asOf: '2014-10-13T00:00:00.000Z' }))).toMatchObject([{ id: 'r1' }]);
    expect(await uni.askOne(scoreById('r1'))).toMatchObject({ learner: 'ben', asOf: '2014-10-12T00:00:00.000Z' });
    expect(await uni.ask(learnerScores('ben'))).toHaveLength(2);
  });

  it('lists classes, members, dead letters and the volume of sources', async () => {
    expect(await uni.ask(classList())).toMatchObject([{ class: 'maths-2014', enrolled: 2 }]);
    expect(await uni.ask(classMembers('maths-2014'))).toMatchObject([
      { learner: 'ann' },
      { learner: 'ben' },
      { learner: 'cleo', active: false },
    ]);
    const [letter] = await uni.ask(deadLetters({ limit: 10 }));
    expect(letter).toMatchObject({ id: 'd1', reason: 'why' });
    expect(await uni.ask(deadLetters({ limit: 10, after: letter! }))).toEqual([]);
    expect(await uni.ask(deadLetterCauses())).toMatchObject([{ step: 'validate', count: 1 }]);
    expect(await uni.ask(sourceVolumes(['2014-10-07', '2014-10-08', '2014-10-09', '2014-10-10']))).toEqual([
      { credential: 'lms', expected: 1, seen: 0, learners: 0, lastDay: '2014-10-09' },
    ]);
  });

  it('streams Arrow and CSV', async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of uni.arrow(classMembers('maths-2014'))) chunks.push(chunk);
    expect(tableFromIPC(Buffer.concat(chunks)).numRows).toBe(3);
    let csv = '';
    for await (const chunk of uni.csv(classMembers('maths-2014'))) csv += Buffer.from(chunk).toString();
    expect(csv.split('\n')[0]).toBe('"learner","registered_on","withdrawn_on","active"');
  });

  it('shows another tenant nothing, and refuses a question that names a table without its tenant', async () => {
    const other = warehouse.tenant('other');
    expect(await other.ask(overviewByWeek({ ...ask, ...span }))).toEqual([]);
    expect(await other.ask(classMembers('maths-2014'))).toEqual([]);
    const leak: Question<unknown> = { name: 'leak', sql: sql`SELECT learner FROM statements`, answer: (row) => row };
    await expect(other.ask(leak)).rejects.toThrow('names a table without its tenant');
  });
});
