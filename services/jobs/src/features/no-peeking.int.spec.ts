import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { knownPresence, openWarehouse, type Row, type TenantWarehouse, type Warehouse } from '@pharos/warehouse';
import { readFeatures } from './feature-rows.js';
import { type RiskFeatureName, riskFeatures } from './risk-features.js';

const cut = { class: 'c', at: '2026-03-10T23:59:59.999Z' };
const iri = 'https://lms.example/c';
let folder: string;
let warehouse: Warehouse;
let tenant: TenantWarehouse;
let offset = 0;

const fact = (id: string, known: string, occurred = known) => ({ tenant: 't', id, occurred_at: occurred, known_at: known, recorded_at: '2026-12-01T00:00:00.000Z', log_partition: 0, log_offset: offset++ }); // prettier-ignore
const viewed = (id: string, learner: string, known: string, occurred = known): Row<'statements'> => ({
  ...fact(id, known, occurred), learner, verb: 'v', activity: 'a', activity_type: '', kind: 'page', action: 'viewed', context: [iri],
  registration: '', amount: 1, duration_seconds: null, scaled: null, correct: null, refers_to: '', credential: 'lms', xapi: '1.0.3', hash: '', body: '{}',
}); // prettier-ignore
const handedIn = (id: string, learner: string, work: string, known: string, scaled: number | null): Row<'attempts'> => ({
  ...fact(id, known), activity: work, learner, kind: 'assignment', action: 'submitted', context: [iri], scaled, correct: null, duration_seconds: null,
}); // prettier-ignore

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-features-'));
  warehouse = await openWarehouse({ path: folder });
  tenant = warehouse.tenant('t');
  const { writer } = warehouse;
  const start = '2026-02-02T00:00:00.000Z';
  await writer.insert('classes', [{ ...fact('class', start), class: 'c', title: 'C', course: 'x', course_title: 'X', school: 's', school_title: 'S', term: '1', start_day: '2026-02-02', end_day: '2026-06-01', iris: [iri] }]); // prettier-ignore
  await writer.insert('calendars', [{ ...fact('cal', start), school: '', time_zone: 'UTC', weekdays: [1, 2, 3, 4, 5], terms: '[]', holidays: ['2026-03-09'] }]); // prettier-ignore
  await writer.insert('enrolments', ['ada', 'bo', 'cy'].map((learner) => ({ ...fact(`e-${learner}`, start), class: 'c', learner, registered_on: '2026-01-20', previous_attempts: 0, credits: 30 }))); // prettier-ignore
  await writer.insert('work', [1, 2].map((n) => ({ ...fact(`w-${n}`, start), class: 'c', work: `w${n}`, title: '', kind: 'homework', due_on: `2026-03-0${n}`, weight: 50 }))); // prettier-ignore
  await writer.insert('statements', [viewed('s1', 'ada', '2026-03-06T10:00:00.000Z'), viewed('s2', 'bo', '2026-03-02T10:00:00.000Z')]);
  await writer.insert('attempts', [
    handedIn('a1', 'ada', 'w1', '2026-02-28T10:00:00.000Z', 0.8),
    handedIn('a2', 'ada', 'w2', '2026-03-03T10:00:00.000Z', 0.6),
  ]);
  await writer.insert('contexts', [{ tenant: 't', context: [iri] }]);
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

/** Features by learner; unknown ones are null, so that tables can be compared. */
async function features(at = cut): Promise<Readonly<Record<string, Readonly<Record<RiskFeatureName, number | null>>>>> {
  const { keys, table } = await readFeatures(tenant, [at]);
  const valueOf = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const rowOf = (row: number) => Object.fromEntries(riskFeatures.map(({ name }, index) => [name, valueOf(table.columns[index]![row]!)]));
  return Object.fromEntries(keys.map((key, row) => [key.learner, rowOf(row) as Record<RiskFeatureName, number | null>]));
}

describe('features as of a day', () => {
  it('count work, lateness and marks by weight', async () => {
    const { ada, cy } = await features();
    expect(ada).toMatchObject({ work_due: 2, work_missed: 0, work_late: 1, mark_last: 0.6, mark_first: 0.8 });
    expect(ada!.mark_mean).toBeCloseTo(0.7, 12);
    expect(cy).toMatchObject({ work_due: 2, work_missed: 2, work_late: 0, mark_mean: null, registered_ahead: 13 });
  });

  it('tell the rhythm of handing in, and misses and marks by what classmates did with the same work', async () => {
    const { ada, bo } = await features();
    expect(ada).toMatchObject({
      days_early_last: -1,
      days_since_hand_in: 7,
      mark_standing: 0,
      mark_standing_last: 0,
      work_missed_alone: 0,
    });
    // One of three handed each of the two works in.
    expect(bo!.work_missed_alone).toBeCloseTo(2 / 3, 12);
    expect(bo).toMatchObject({ days_since_hand_in: null, mark_standing: null, mark_mean_rank: null });
    expect(ada!.mark_mean_rank).toBe(0.5);
  });

  it('count silence in instruction days: no weekend, no holiday', async () => {
    // Ada was last seen on Friday the 6th; Monday the 9th is a holiday, so only Tuesday the 10th is silent.
    const { ada, bo } = await features();
    expect(ada!.days_silent).toBe(1);
    expect(bo!.days_silent).toBe(5);
  });

  it('say unknown, not zero, about what the school does not record', async () => {
    expect((await features()).ada).toMatchObject({ attendance_rate: null, incidents: null, failing_grades: null });
  });

  it('tell each learner relative to the classmates: scores add up to zero', async () => {
    const rows = Object.values(await features());
    expect(rows.reduce((sum, row) => sum + row.activity_28_z!, 0)).toBeCloseTo(0, 9);
  });

  it('do not depend on the order of rows where several pieces are due on one day', async () => {
    const { writer } = warehouse;
    const start = '2026-02-02T00:00:00.000Z';
    const other = 'https://lms.example/tied';
    await writer.insert('classes', [{ ...fact('tied', start), class: 'tied', title: '', course: 'x', course_title: '', school: 's', school_title: '', term: '1', start_day: '2026-02-02', end_day: '2026-06-01', iris: [other] }]); // prettier-ignore
    await writer.insert('contexts', [{ tenant: 't', context: [other] }]);
    await writer.insert('enrolments', ['eli', 'flo'].map((learner) => ({ ...fact(`e-${learner}`, start), class: 'tied', learner, registered_on: '2026-01-20', previous_attempts: 0, credits: 30 }))); // prettier-ignore
    for (const work of ['b', 'c', 'a']) await writer.insert('work', [{ ...fact(`tied-${work}`, start), class: 'tied', work, title: '', kind: 'homework', due_on: '2026-03-01', weight: 10 }]); // prettier-ignore
    const marks = { a: 0.5, b: 0.7, c: 0.9 };
    const handed = (learner: string, work: keyof typeof marks) => ({ ...handedIn(`${learner}-${work}`, learner, work, '2026-02-20T10:00:00.000Z', marks[work]), context: [other] }); // prettier-ignore
    for (const work of ['c', 'a', 'b'] as const) await writer.insert('attempts', [handed('eli', work)]);
    for (const work of ['b', 'c', 'a'] as const) await writer.insert('attempts', [handed('flo', work)]);
    const { eli, flo } = await features({ class: 'tied', at: cut.at });
    expect([eli, flo]).toMatchObject([{ mark_first: 0.5, mark_last: 0.9 }, { mark_first: 0.5, mark_last: 0.9 }]); // prettier-ignore
  });

  it('do not move for anything that was known later, or happened later', async () => {
    const before = await features();
    const later = '2026-03-11T00:00:00.000Z';
    const { writer } = warehouse;
    await writer.insert('statements', [
      viewed('late-1', 'cy', later, '2026-03-05T10:00:00.000Z'),
      viewed('late-2', 'cy', '2026-03-12T10:00:00.000Z'),
      // Known early by a wrong clock, but of the future all the same.
      viewed('late-3', 'cy', '2026-03-01T10:00:00.000Z', '2026-03-20T10:00:00.000Z'),
    ]);
    await writer.insert('attempts', [handedIn('late-4', 'cy', 'w1', later, 1)]);
    await writer.insert('enrolments', [{ ...fact('late-5', later), class: 'c', learner: 'dee', registered_on: '2026-01-20', previous_attempts: 9, credits: 90 }]); // prettier-ignore
    await writer.insert('withdrawals', [{ ...fact('late-6', later), class: 'c', learner: 'ada', withdrawn_on: '2026-03-11', reason: 'unregistered' }]); // prettier-ignore
    await writer.insert('work', [{ ...fact('late-7', later), class: 'c', work: 'w1', title: '', kind: 'homework', due_on: '2026-04-01', weight: 5 }]); // prettier-ignore
    await writer.insert('outcomes', [
      { ...fact('late-8', later), class: 'before', learner: 'cy', outcome: 'fail', decided_on: '2026-03-11' },
    ]);
    await writer.insert('attendance', [{ ...fact('late-9', later), learner: 'cy', marked_on: '2026-03-05', school: 's', class: '', status: 'absent' }]); // prettier-ignore
    expect(await features()).toEqual(before);
  });

  it('do move for all of it a day later', async () => {
    const { cy, ada, dee } = await features({ class: 'c', at: '2026-03-12T23:59:59.999Z' });
    expect(ada).toBeUndefined();
    expect(dee).toMatchObject({ previous_attempts: 9 });
    expect(cy).toMatchObject({ activity_28: 2, not_passed_before: 1, absences: 1, work_due: 1 });
  });

  it('move a due date for a learner with an accommodation only', async () => {
    await warehouse.writer.insert('accommodations', [{ ...fact('acc', '2026-02-05T00:00:00.000Z'), learner: 'cy', class: 'c', work: '', time_factor: null, extra_days: 20 }]); // prettier-ignore
    const { cy, bo } = await features();
    expect(cy).toMatchObject({ work_due: 0, work_missed: 0 });
    expect(bo).toMatchObject({ work_due: 2, work_missed: 2 });
  });
});

describe('what was declared of learners', () => {
  it('is read as it was known by the cut, and never if it is protected', async () => {
    const declared = (id: string, known: string, attribute: string, value: string, isProtected = 0) => ({ ...fact(id, known), learner: 'ada', class: 'c', attribute, value, protected: isProtected }); // prettier-ignore
    await warehouse.writer.insert('attributes', [
      declared('at-1', '2026-02-02T00:00:00.000Z', 'education', 'school'),
      declared('at-2', '2026-03-11T00:00:00.000Z', 'education', 'university'),
      declared('at-3', '2026-02-02T00:00:00.000Z', 'gender', 'f', 1),
    ]);
    const { keys, table } = await readFeatures(tenant, [cut]);
    expect(Object.keys(table.declared ?? {})).toEqual(['education']);
    expect(keys.map(({ learner }, row) => [learner, table.declared!.education![row]])).toEqual([
      ['ada', 'school'],
      ['bo', null],
      ['cy', null],
    ]);
  });
});

describe('a class that is asked for alone', () => {
  it('gives the same features as among others: what a learner does elsewhere counts either way', async () => {
    const { writer } = warehouse;
    const start = '2026-02-02T00:00:00.000Z';
    await writer.insert('classes', [{ ...fact('class-d', start), class: 'd', title: 'D', course: 'y', course_title: 'Y', school: 's', school_title: 'S', term: '1', start_day: '2026-02-02', end_day: '2026-06-01', iris: ['https://lms.example/d'] }]); // prettier-ignore
    await writer.insert('enrolments', [{ ...fact('e-d', start), class: 'd', learner: 'bo', registered_on: '2026-01-20', previous_attempts: 0, credits: 30 }]); // prettier-ignore
    await writer.insert('grades', ['c', 'd'].map((inClass) => ({ ...fact(`g-${inClass}`, '2026-03-02T00:00:00.000Z'), class: inClass, learner: 'bo', reported_on: '2026-03-02', percent: 40, passing: 0 }))); // prettier-ignore
    const alone = (await readFeatures(tenant, [cut])).table;
    const among = await readFeatures(tenant, [cut, { ...cut, class: 'd' }]);
    const rows = Uint32Array.from(among.keys.flatMap((key, row) => (key.class === 'c' ? [row] : [])));
    expect(alone.columns.map((column) => [...column])).toEqual(among.table.columns.map((column) => [...rows].map((row) => column[row]!)));
    expect((await features()).bo).toMatchObject({ classes_now: 2, failing_grades: 2 });
  });
});

describe('chronic absence', () => {
  it('is a tenth of the days of instruction while one was enrolled, for whatever reason; nothing is said where nothing is recorded', async () => {
    const { writer } = warehouse;
    const begin = '2026-09-07T00:00:00.000Z';
    const row = (id: string, school: string): Row<'classes'> => ({ ...fact(`class-${id}`, begin), class: id, title: '', course: 'x', course_title: '', school, school_title: '', term: '2', start_day: '2026-09-07', end_day: '2026-10-30', iris: [] }); // prettier-ignore
    await writer.insert('classes', [row('p', 'keeps'), row('q', 'keeps-none')]);
    const joins = (learner: string, inClass: string, on: string) => ({ ...fact(`e-${inClass}-${learner}`, begin), class: inClass, learner, registered_on: on, previous_attempts: 0, credits: 30 }); // prettier-ignore
    await writer.insert('enrolments', [joins('all', 'p', '2026-09-01'), joins('few', 'p', '2026-09-01'), joins('late', 'p', '2026-10-05'), joins('left', 'p', '2026-09-01'), joins('brief', 'p', '2026-10-26'), joins('all', 'q', '2026-09-01')]); // prettier-ignore
    await writer.insert('withdrawals', [{ ...fact('w-left', begin), class: 'p', learner: 'left', withdrawn_on: '2026-10-02', reason: 'unregistered' }]); // prettier-ignore
    const misses = (learner: string, days: readonly string[], status = 'absent') => days.map((day) => ({ ...fact(`at-${learner}-${day}`, `${day}T20:00:00.000Z`), learner, marked_on: day, school: 'keeps', class: '', status })); // prettier-ignore
    await writer.insert('attendance', [
      ...misses('all', ['2026-09-08', '2026-09-09', '2026-09-10']), // 3 of 40 days
      ...misses('few', ['2026-09-08', '2026-09-09']),
      ...misses('few', ['2026-10-06', '2026-10-07'], 'excused'), // 4 of 40
      ...misses('late', ['2026-09-08', '2026-10-06', '2026-10-07']), // 2 of 20 since it came
      ...misses('left', ['2026-09-08', '2026-10-05', '2026-10-06']), // 1 of 20 until it left
    ]);
    const at = '2026-11-30T00:00:00.000Z';
    const found = await tenant.ask(knownPresence([{ class: 'p', at }, { class: 'q', at }])); // prettier-ignore
    expect(Object.fromEntries(found.map((one) => [`${one.learner} in ${one.class}`, one.outcome]))).toEqual({
      'all in p': 'mostly-present',
      'few in p': 'chronically-absent',
      'late in p': 'chronically-absent',
      'left in p': 'mostly-present',
    });
  });
});
