import { beforeAll, describe, expect, it } from '@jest/globals';
import { sharedData } from '@pharos/benchmarks/real-data';
import { readOuladTables } from '@pharos/ingest';
import { ouladSource, type OuladTables, type WatchedTerm, watchTerm } from '@pharos/jobs';
import { cutsAtDay } from '@pharos/jobs/features/classes';
import { labelRows } from '@pharos/jobs/risk/target';
import { CourseEffects, L2Logistic } from '@pharos/learner-models';

const folder = sharedData('oulad');
const withData = folder === undefined ? describe.skip : describe;
if (folder === undefined) process.stderr.write('skipped: OULAD is not beside the project, so marks are planted in simulated terms only\n');

/** Day 28 of 2014J, by a model that knows what was complete by then; its penalty is the one that earlier presentations chose (ADR 0015). */
const watch = (tables: OuladTables): Promise<WatchedTerm> =>
  watchTerm(ouladSource(tables), {
    term: '2014J',
    day: 28,
    target: 'not-passing',
    model: new CourseEffects(new L2Logistic({ seed: 1, lambda: 300 })),
    seed: 1,
  });

type Row = OuladTables['assessments'][number];
const of2014 = (module: string, row: Row): boolean => row.code_presentation === '2014J' && row.code_module === module;

/** Work of the first four weeks marked 1 or 100, with no regard to the student. */
function planted(tables: OuladTables, module: string): OuladTables {
  const first = new Set(tables.assessments.filter((row) => of2014(module, row) && Number(row.date) < 28).map((row) => row.id_assessment));
  const mark = (student: string): string => ((Number(student) * 7919) % 10 < 4 ? '1' : '100');
  return {
    ...tables,
    submissions: tables.submissions.map((row) => (first.has(row.id_assessment) ? { ...row, score: mark(row.id_student!) } : row)),
  };
}

/** Nothing but the exam weighs by the plan, so that marks of weight 0 count, as they do in such a course. */
const nothingWeighs = (tables: OuladTables, module: string): OuladTables => ({
  ...tables,
  assessments: tables.assessments.map((row) => (of2014(module, row) && row.assessment_type !== 'Exam' ? { ...row, weight: '0' } : row)),
});

withData('marks of work that weighs nothing, in 2014J of OULAD', () => {
  let tables: OuladTables;
  let asItIs: WatchedTerm;
  beforeAll(async () => {
    tables = await readOuladTables(folder!);
    asItIs = await watch(tables);
  }, 60_000);

  it.each([
    [28, 9210, 0.408],
    [56, 8876, 0.385],
    [84, 8566, 0.363],
    [112, 8318, 0.344],
  ])('are looked at among those who are enrolled and have not withdrawn: by day %d they are %d', async (day, enrolled, baseRate) => {
    const source = ouladSource(tables);
    const classes = source.ended.filter(({ term }) => term === '2014J');
    const { table } = labelRows(await source.features(cutsAtDay(classes, day)), source.outcomes, 'not-passing');
    expect(table.rows).toBe(enrolled);
    expect(table.target.reduce((sum, failed) => sum + failed, 0) / table.rows).toBeCloseTo(baseRate, 3);
  });

  it('of BBB are 1 or 100 as they are: where they count, precision falls with an AUC that looks normal, and the watch names them and holds the model back', async () => {
    const { found, alone, watched } = await watch(nothingWeighs(tables, 'BBB'));
    expect(alone.precisionAt10).toBeLessThan(asItIs.alone.precisionAt10 - 0.08);
    expect(alone.auc).toBeGreaterThan(0.7);
    expect(found.moved.slice(0, 4).every(({ course, feature }) => course === 'BBB' && feature.startsWith('mark_'))).toBe(true);
    expect(found.heldBack.map(({ course }) => course)).toEqual(['BBB']);
    expect(watched.precisionAt10).toBeGreaterThan(alone.precisionAt10 + 0.08);
  }, 60_000);

  it('planted in DDD are noticed there, and nothing else is held back that was not without them', async () => {
    const { found, alone, watched } = await watch(nothingWeighs(planted(tables, 'DDD'), 'DDD'));
    const held = asItIs.found.heldBack.map(({ course }) => course);
    expect(held).not.toContain('DDD');
    expect(found.heldBack.map(({ course }) => course).sort()).toEqual([...held, 'DDD'].sort());
    expect(found.moved.some(({ course, feature }) => course === 'DDD' && feature === 'mark_mean')).toBe(true);
    expect(alone.precisionAt10).toBeLessThan(asItIs.alone.precisionAt10);
    expect(watched.precisionAt10).toBeGreaterThan(alone.precisionAt10);
  }, 60_000);

  it('change no score where other work weighs: the features leave them out', async () => {
    const after = await watch(planted(tables, 'BBB'));
    expect(after.alone).toEqual(asItIs.alone);
    expect(after.found).toEqual(asItIs.found);
  }, 60_000);
});
