import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Fact } from '@pharos/facts';
import { importer, openTestDoor, platform } from '../testing/open-door.js';
import { smallOulad } from '../testing/small-oulad.js';
import { importOulad } from './import-oulad.js';

let opened: Awaited<ReturnType<typeof openTestDoor>>;
let source: Awaited<ReturnType<typeof smallOulad>>;
beforeEach(async () => {
  [opened, source] = await Promise.all([openTestDoor(), smallOulad()]);
});
afterEach(async () => {
  await Promise.all([opened.dispose(), source.dispose()]);
});

const run = (sender = importer) => importOulad({ dir: source.dir, tenant: 'ou', door: opened.door, sender });
async function factsOf<Type extends Fact['type']>(type: Type): Promise<Extract<Fact, { type: Type }>[]> {
  return ((await opened.facts()) as unknown as Fact[]).filter((fact): fact is Extract<Fact, { type: Type }> => fact.type === type);
}

describe('import oulad', () => {
  it('tells every row once, and what it cannot tell in dead letters', async () => {
    const summary = await run();
    expect(summary).toMatchObject({ known: 0, deadLetters: 2, presentations: 2, learners: 2 });
    expect(await opened.facts()).toHaveLength(summary.appended + summary.deadLetters);
    const letters = await factsOf('DeadLettered');
    expect(letters.map(({ data }) => [data.place, data.reason]).sort()).toEqual([
      ['studentAssessment:5', 'no such assessment'],
      ['studentVle.csv:5', 'no such site, or one of an unknown kind'],
    ]);
    expect(JSON.parse(await opened.vault.unsealForTenant('ou', letters[0]!.data.bytes))).toMatchObject({ id_student: '11391' });
  });

  it('adds nothing the second time', async () => {
    const first = await run();
    const before = (await opened.facts()).length;
    expect(await run()).toMatchObject({ appended: 0, known: first.appended });
    expect(await opened.facts()).toHaveLength(before);
  });

  it('knows a student by one token in roster and statements, over presentations', async () => {
    await run();
    const learners = [...(await factsOf('LearnerEnrolled')), ...(await factsOf('StatementRecorded'))].map(({ data }) => data.learner);
    expect(new Set(learners).size).toBe(2);
    expect(learners).toContain(await opened.vault.find('ou', 'sourced:11391'));
  });

  it('dates what became known when', async () => {
    await run();
    const enrolled = await factsOf('LearnerEnrolled');
    const dates = enrolled.map(({ data, knownAt }) => [data.class, data.registeredOn, knownAt.slice(0, 10)]).sort();
    expect(dates).toEqual([
      // Without a day of registration: from the start, or from the unregistration where that came before.
      ['AAA-2013J', undefined, '2013-09-30'],
      ['AAA-2013J', '2013-04-25', '2013-04-25'],
      ['AAA-2014B', '2013-12-30', '2013-12-30'],
    ]);
    expect((await factsOf('OutcomeRecorded')).map(({ knownAt }) => knownAt.slice(0, 10)).sort()).toEqual([
      '2014-06-26',
      '2014-06-26',
      '2014-09-23',
    ]);
    const totals = await factsOf('ActivitySummarised');
    expect(totals.find(({ data }) => data.period === 'to-day-56' && data.class === 'AAA-2014B')).toMatchObject({
      knownAt: '2014-03-29T20:00:00.000Z',
      data: { from: '2014-01-02', to: '2014-03-29', events: 2, amount: 9 },
    });
  });

  it('tells submissions with their mark, banked ones before the course, and an empty score as no mark', async () => {
    await run();
    const submitted = (await factsOf('StatementRecorded')).filter(({ data }) => data.action === 'submitted');
    expect(submitted.map(({ data, knownAt }) => [knownAt.slice(0, 10), data.kind, data.scaled])).toEqual(
      expect.arrayContaining([
        ['2013-10-19', 'assignment', 0.78],
        ['2013-09-30', 'assignment', 0.7],
        ['2013-10-23', 'assessment', undefined],
      ]),
    );
    expect((await factsOf('WorkDue')).map(({ data }) => [data.kind, data.dueOn]).sort()).toEqual([
      ['assignment', '2013-10-20'],
      ['exam', undefined],
    ]);
  });

  it('keeps exact twins apart, and counts clicks by their sum', async () => {
    await run();
    const clicks = (await factsOf('StatementRecorded')).filter(({ data }) => data.action === 'viewed');
    expect(clicks.map(({ data }) => [data.kind, data.amount]).sort()).toEqual([
      ['file', 4],
      ['reading', 1],
      ['reading', 1],
      ['reading', 3],
    ]);
    expect(new Set(clicks.map(({ data }) => data.registration)).size).toBe(2);
    expect(clicks[0]!.data.context).toEqual(['https://analyse.kmi.open.ac.uk/open_dataset/AAA/2013J']);
  });

  it('gives each student the counselor of their region, and another one when they move', async () => {
    const { counselors } = await run();
    const assigned = (await factsOf('CounselorAssigned')).filter(({ data }) => data.active);
    expect(assigned).toHaveLength(3);
    expect(Object.keys(counselors)).toEqual(['Scotland', 'Wales']);
    expect((await factsOf('CounselorAssigned')).filter(({ data }) => !data.active)).toMatchObject([
      { data: { counselor: counselors.Scotland } },
    ]);
  });

  it('writes the deprivation band without percent like its sisters, and leaves unknown values out', async () => {
    await run();
    const bands = (await factsOf('AttributeDeclared')).filter(({ data }) => data.attribute === 'imd_band');
    expect(bands.map(({ data }) => [data.value, data.protected]).sort()).toEqual([
      ['10-20%', true],
      ['20-30%', true],
    ]);
  });

  it('leaves no student number in the log', async () => {
    await run();
    const text = JSON.stringify(await opened.facts());
    expect(text).not.toContain('11391');
    expect(text).not.toContain('28400');
  });

  it('is refused to who may not import history', async () => {
    await expect(run(platform)).rejects.toThrow(/history\/write/);
    expect(await opened.facts()).toEqual([]);
  });
});
