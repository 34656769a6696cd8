import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluateRolling, tenantSource } from '@pharos/jobs';
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
