import { describe, expect, it } from '@jest/globals';
import { type Demand, type Measured, planCapacity } from './plan-capacity.js';

/** Round numbers, so that the plan can be worked out by hand. */
const measured: Measured = {
  doorCpuMicros: { ingest: 100, brokers: 50, postgres: 200 },
  foldPerSecond: 10_000,
  logBytes: 200,
  warehouseBytes: 400,
};
const demand: Demand = { learners: 1_000, statementsPerDay: 86_400_000, years: 1, peakFactor: 6, replicas: 2 };

describe('the plan of a demand', () => {
  it('follows from what was measured', () => {
    expect(planCapacity(demand, measured)).toEqual({
      meanPerSecond: 1_000,
      peakPerSecond: 6_000,
      statements: 31_536_000_000,
      doorCores: { ingest: 0.6, brokers: 0.3, postgres: 1.2 },
      partitions: 12,
      logTerabytes: 12.6144,
      warehouseTerabytes: 25.2288,
      foldShare: { mean: 0.1, peak: 0.6 },
      catchUpMinutes: 60_000 / 9_000,
      limits: [],
    });
  });

  it('says what breaks first', () => {
    const busy = planCapacity({ ...demand, peakFactor: 20 }, measured);
    expect(busy.limits).toEqual(['the tables fall behind in the busiest minutes and catch up afterwards']);
    const tooMuch = planCapacity({ ...demand, statementsPerDay: 864_000_000 }, measured);
    expect(tooMuch.limits[0]).toContain('never catch up');
    expect([tooMuch.catchUpMinutes, tooMuch.partitions, tooMuch.limits.length]).toEqual([undefined, 30, 2]);
  });

  it('refuses a demand that is none', () => {
    expect(() => planCapacity({ ...demand, years: 0 }, measured)).toThrow('years must be above 0, it is 0');
    expect(() => planCapacity({ ...demand, learners: Number.NaN }, measured)).toThrow(RangeError);
  });
});
