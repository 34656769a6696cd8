import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observedReport } from '@pharos/facts';
import { evaluateRolling, headsOf, jobNamed, tenantSource } from '@pharos/jobs';
import { type DistrictHome, now, openDistrict, tenant } from './district-home.js';

let home: DistrictHome;
beforeAll(async () => {
  home = await openDistrict(60, 5, { earlierTerms: 1 });
}, 240_000);
afterAll(() => home.close());

describe('a tenant that has two terms behind it', () => {
  it.each(['not-passing', 'chronic-absence'] as const)(
    'has its models of %s judged on the later one, by what was known on the day',
    async (target) => {
      const source = await tenantSource(home.homes.warehouse.tenant(tenant), now().toISOString(), target);
      const [, last] = [...new Set(source.ended.map(({ term }) => term))].sort();
      const { presentations, pooled } = await evaluateRolling(source, { target, seed: 1, resamples: 20, everyDays: 28, ablations: false });
      // the first term has nothing before it
      expect([...new Set(presentations.map(({ presentation }) => presentation))]).toEqual([last]);
      expect(presentations.map(({ day }) => day)).toEqual([28, 56]);
      for (const { n, baseRate, learnedFrom, models } of [...presentations, ...pooled]) {
        expect(n % 180).toBe(0); // sixty learners in three courses
        expect(baseRate).toBeGreaterThan(0);
        expect(baseRate).toBeLessThan(1);
        expect(learnedFrom === null || learnedFrom.rows === 180).toBe(true);
        expect(models.map(({ model }) => model)).toEqual(['rule', 'logistic']);
        for (const { metrics } of models) {
          expect(metrics.auc!.value).toBeGreaterThan(0.5);
          expect(metrics.precisionAt10!.low!).toBeLessThanOrEqual(metrics.precisionAt10!.value!);
        }
      }
    },
    240_000,
  );
});

describe('what was said in the fourth week of a term that has ended', () => {
  const run = async (name: string, asOf: string) => {
    const { homes, jobs } = home;
    const registry = homes.registry.tenant(tenant);
    const started = await registry.jobRuns.start({ job: name, slot: `test ${asOf}`, asOf });
    const counts = await jobNamed(name)!.run({ home: jobs, tenant, warehouse: homes.warehouse.tenant(tenant), registry, asOf, run: started.run, positions: await headsOf(homes.log), seed: 5 }); // prettier-ignore
    await home.fold();
    return counts;
  };

  it('is set against what happened, once, beside what the backtest had promised, and by group', async () => {
    const past = home.district.terms[0];
    const fourthWeek = new Date(Date.parse(past.start) + 28 * 86_400_000).toISOString();
    expect(await run('risk', fourthWeek)).toMatchObject({ classes: 6, scored: 180 });
    expect(await run('observe', now().toISOString())).toMatchObject({ observed: 1 });
    // what was looked at is not looked at again
    expect(await run('observe', new Date(now().getTime() + 1000).toISOString())).toMatchObject({ observed: 0 });
    const [fact, ...others] = (await home.facts(['models'])).filter(({ type }) => type === 'ModelObserved');
    expect(others).toEqual([]);
    const { rows, figures, groups } = observedReport.parse((fact!.data as { report: unknown }).report);
    expect(rows).toBe(180);
    expect(figures.map(({ name }) => name)).toEqual(['precision', 'falseNegativeRate', 'calibrationGap', 'logLoss']);
    for (const { observed, backtest } of figures) {
      expect(observed.value).not.toBeNull();
      expect(backtest!.low!).toBeLessThanOrEqual(backtest!.high!);
    }
    const failed = new Map(home.district.outcomes.map((one) => [`${one.learner} ${one.class}`, one.outcome === 'fail']));
    const gender = groups.filter(({ attribute }) => attribute === 'gender');
    expect(gender.reduce((sum, { n }) => sum + n, 0)).toBe(180);
    for (const { people, figures: own } of gender) {
      expect(people!.all).toBeLessThanOrEqual(60);
      expect(!own || own.calibrationGap.low! <= own.calibrationGap.value!).toBe(true);
    }
    // the mean distance of what was said and what came is worked out from the district's own outcomes
    const ended = home.district.enrolments.filter(({ class: inClass }) => home.district.classes.find((one) => one.sourcedId === inClass)!.term.id === past.id); // prettier-ignore
    const rate = ended.filter((one) => failed.get(`${one.learner} ${one.class}`)).length / ended.length;
    const scores = (await home.facts(['scores'])).flatMap(({ type, data }) =>
      type === 'RiskScored' ? [(data as { probability: number }).probability] : [],
    );
    const said = scores.reduce((sum, probability) => sum + probability, 0) / scores.length;
    expect(figures.find(({ name }) => name === 'calibrationGap')!.observed.value).toBeCloseTo(said - rate, 9);
  }, 240_000);
});
