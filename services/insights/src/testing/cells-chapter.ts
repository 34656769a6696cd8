import { describe, expect, it } from '@jest/globals';
import { ARROW, type Cohorts, CSV, type Figure, type Overview } from '@pharos/contract';
import { tableFromIPC } from 'apache-arrow';
import { type World } from './world.js';

const valueOf = (figure: Figure | undefined) => (figure?.is === 'value' ? figure.value : (figure?.is ?? null));

/** Cells: crossed with attributes, suppressed, perturbed, and taken away as tables. */
export function cellsChapter(world: () => World): void {
  describe('cohorts', () => {
    const cells = async (query: string): Promise<Cohorts> =>
      (await world().ask('GET', `/cohorts?${query}`, { as: await world().signIn('north', 'analyst') })).body;

    it('give figures by course', async () => {
      const { items } = await cells('level=course&measures=enrolled,at-risk,handed-in,mean-mark,attendance');
      expect(items.map(({ id, figures }) => [id, ...Object.values(figures).map(valueOf)])).toEqual([
        ['algebra', 40, 'suppressed', 0.75, 0.5, 0.75],
        ['bio', 24, 'suppressed', 'missing', 'missing', 0.75],
      ]);
    });

    it('hide the small group of an attribute, and with it the one that would give it away', async () => {
      const { items } = await cells('level=tenant&attributes=route&measures=enrolled');
      // 4 transfer learners in each class: 8 of 64 are too few, and 64 less 56 would say so.
      expect(items.map(({ attributes, figures }) => [attributes.route, valueOf(figures.enrolled)])).toEqual([
        ['regular', 'suppressed'],
        ['transfer', 'suppressed'],
      ]);
    });

    it('hide the same of a cohort however it is narrowed to: no difference of two filters gives 4 of 24', async () => {
      const atRisk = async (query: string) =>
        (await cells(`${query}&measures=at-risk`)).items.map(({ figures }) => valueOf(figures['at-risk']));
      expect(await atRisk('level=tenant')).toEqual([19]);
      for (const query of [
        'level=tenant&class=algebra',
        'level=tenant&course=algebra',
        'level=class&class=algebra',
        'level=course',
        'level=class',
      ]) {
        expect([query, [...new Set(await atRisk(query))]]).toEqual([query, ['suppressed']]);
      }
      const as = await world().signIn('north', 'analyst');
      const { weeks } = (await world().ask('GET', '/overview?class=algebra', { as })).body as Overview;
      expect(weeks.filter(({ atRisk: each }) => each.is === 'value')).toEqual([]);
      const weekly = await cells('weekly=yes&course=bio&measures=at-risk,enrolled');
      expect(weekly.items.filter(({ figures }) => figures['at-risk']?.is === 'value')).toEqual([]);
      expect(weekly.items.some(({ figures }) => figures.enrolled?.is === 'value')).toBe(true);
    });

    it('disturb what is crossed with a protected attribute, always in the same way', async () => {
      const [once, twice] = await Promise.all([
        cells('level=course&attributes=gender&measures=enrolled'),
        cells('level=course&attributes=gender&measures=enrolled'),
      ]);
      const counts = ({ items }: Cohorts) => items.map(({ id, attributes, figures }) => [id, attributes.gender, valueOf(figures.enrolled)]);
      expect(counts(once)).toEqual(counts(twice));
      for (const [id, , count] of counts(once)) expect(Math.abs(Number(count) - (id === 'algebra' ? 20 : 12))).toBeLessThanOrEqual(6);
    });

    it('refuse three attributes and unknown ones', async () => {
      const as = await world().signIn('north', 'analyst');
      for (const attributes of ['gender,route,x', 'shoe-size']) {
        expect(await world().ask('GET', `/cohorts?attributes=${attributes}`, { as })).toMatchObject({
          status: 422,
          body: { code: 'not-possible' },
        });
      }
    });

    it('can be taken away as CSV and Arrow, with the same figures and the same gaps', async () => {
      const as = await world().signIn('north', 'analyst');
      const address = '/cohorts?level=course&measures=enrolled,at-risk';
      const csv = await world().ask('GET', address, { as, headers: { accept: CSV } });
      expect(csv.headers['content-type']).toBe(CSV);
      expect(csv.text.trim().split('\n')).toEqual([
        'level,id,title,week,enrolled,enrolled_is,at_risk,at_risk_is',
        'course,algebra,algebra,,40,value,,suppressed',
        'course,bio,bio,,24,value,,suppressed',
      ]);
      const arrow = await world().app.inject({ method: 'GET', url: `/api${address}`, headers: { cookie: as.cookie, accept: ARROW } });
      const table = tableFromIPC(arrow.rawPayload);
      expect(table.toArray().map((row) => (row as { toJSON(): Record<string, unknown> }).toJSON())).toMatchObject([
        { id: 'algebra', enrolled: 40, at_risk: null, at_risk_is: 'suppressed' },
        { id: 'bio', enrolled: 24, at_risk: null, at_risk_is: 'suppressed' },
      ]);
    });

    it('go week by week', async () => {
      const { items } = await cells('weekly=yes&measures=enrolled,active,at-risk');
      const week = items.find((item) => item.week === 4);
      expect([week?.figures.enrolled, week?.figures.active, week?.figures['at-risk']].map(valueOf)).toEqual([64, 40, 19]);
    });
  });
}
