import { describe, expect, it } from '@jest/globals';
import { type RiskFeatureName } from '../features/risk-features.js';
import { type OuladTables } from './oulad-enrolments.js';
import { ouladSource } from './oulad-source.js';

const of = (student: string) => ({ code_module: 'AAA', code_presentation: '2013J', id_student: student });
const submission = (work: string, student: string, day: string, score: string) => ({
  id_assessment: work,
  id_student: student,
  date_submitted: day,
  is_banked: '0',
  score,
});

/** Two pieces of work that weigh and one of practice; a student who does all, one who misses one, one who has left, one who came late. */
const tables: OuladTables = {
  courses: [{ code_module: 'AAA', code_presentation: '2013J', module_presentation_length: '268' }],
  students: ['1', '2', '3', '4'].map((id) => ({ ...of(id), gender: 'F', disability: '', age_band: '', imd_band: '', num_of_prev_attempts: '0', studied_credits: '60', final_result: id === '1' ? 'Pass' : 'Withdrawn' })), // prettier-ignore
  registrations: [
    { ...of('1'), date_registration: '-40', date_unregistration: '' },
    { ...of('2'), date_registration: '-10', date_unregistration: '100' },
    { ...of('3'), date_registration: '-10', date_unregistration: '20' },
    { ...of('4'), date_registration: '60', date_unregistration: '' },
  ],
  assessments: [
    { ...of(''), id_assessment: 'w1', assessment_type: 'TMA', date: '19', weight: '10' },
    { ...of(''), id_assessment: 'p', assessment_type: 'CMA', date: '25', weight: '0' },
    { ...of(''), id_assessment: 'w2', assessment_type: 'TMA', date: '54', weight: '30' },
  ],
  submissions: [
    submission('w1', '1', '18', '80'),
    submission('w1', '2', '21', '60'),
    submission('p', '2', '24', '1'),
    submission('w2', '1', '50', '70'),
    submission('w2', '2', '90', '100'),
  ],
  totals: [{ ...of('1'), clicks_pre: '12', clicks_le56: '300' }],
};

async function featuresAt(day: string): Promise<Record<string, Record<RiskFeatureName, number>>> {
  const { keys, table } = await ouladSource(tables).features([{ class: 'AAA-2013J', at: `${day}T23:59:59.999Z` }]);
  return Object.fromEntries(keys.map(({ learner }, row) => [learner, Object.fromEntries(table.features.map(({ name }, at) => [name, table.columns[at]![row]!]))])) as never; // prettier-ignore
}

describe('OULAD as a source of features', () => {
  it('counts who is registered and has not left by the day', async () => {
    expect(Object.keys(await featuresAt('2013-10-29'))).toEqual(['1', '2']);
    expect(Object.keys(await featuresAt('2013-10-11'))).toEqual(['1', '2', '3']);
  });

  it('knows nothing that happened after the day', async () => {
    const [before, after] = [await featuresAt('2013-11-26'), await featuresAt('2014-01-10')];
    expect(before['2']).toMatchObject({ work_due: 3, work_missed: 1, mark_last: 0.6, work_missed_latest: 1 });
    expect(after['2']).toBeUndefined();
    expect((await featuresAt('2013-10-29'))['1']).toMatchObject({ work_due: 2, activity_to_day_56: NaN, activity_before_start: 12 });
    expect(before['1']).toMatchObject({ activity_to_day_56: 300 });
  });

  it('leaves marks of practice out, and tells marks and misses by what classmates did', async () => {
    const { 1: first, 2: second } = await featuresAt('2013-11-26');
    expect(first).toMatchObject({
      mark_first: 0.8,
      mark_last: 0.7,
      work_missed: 1,
      work_missed_alone: 0.5,
      days_early: 2.5,
      days_early_last: 4,
      days_since_hand_in: 6,
    });
    expect(first!.mark_mean).toBeCloseTo((0.8 * 10 + 0.7 * 30) / 40, 12);
    expect(second).toMatchObject({ mark_mean: 0.6, mark_lowest: 0.6, mark_first_rank: 0.25, work_late: 1 });
    // One deviation over and under the mean of two marks; alone with the second mark stands nobody.
    expect(first!.mark_standing).toBeCloseTo(0.5, 9);
    expect(second!.mark_standing).toBeCloseTo(-1, 9);
  });
});
