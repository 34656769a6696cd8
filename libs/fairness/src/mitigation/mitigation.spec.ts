import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { thresholdsByGroup } from './group-thresholds.js';
import { reweigh } from './reweighing.js';
import { whatIf } from './what-if.js';

describe('reweighing', () => {
  it('gives the weights of the worked example of Kamiran and Calders (2012: ten job applicants by sex)', () => {
    // five men of whom four are accepted, five women of whom two are
    const label = [1, 1, 1, 1, 0, 1, 1, 0, 0, 0];
    const group = [...Array<string>(5).fill('m'), ...Array<string>(5).fill('f')];
    const { cells } = reweigh(label, group);
    const weight = (name: string, outcome: number): number => cells.find((cell) => cell.group === name && cell.label === outcome)!.weight;
    expect([weight('m', 1), weight('m', 0), weight('f', 1), weight('f', 0)].map((value) => value.toFixed(2))).toEqual(['0.75', '2.00', '1.50', '0.67']);
  });

  it('makes the outcome independent of the group, and adds up to the rows', () => {
    const random = randomFrom(2);
    const group = Array.from({ length: 500 }, () => (random() < 0.2 ? null : random() < 0.5 ? 'a' : 'b'));
    const label = group.map((name) => (random() < (name === 'a' ? 0.6 : 0.2) ? 1 : 0));
    const { weights } = reweigh(label, group);
    const rate = (name: string | null): number => {
      const rows = [...group.keys()].filter((row) => group[row] === name);
      return rows.reduce((sum, row) => sum + weights[row]! * label[row]!, 0) / rows.reduce((sum, row) => sum + weights[row]!, 0);
    };
    expect(rate('a')).toBeCloseTo(rate('b'), 12);
    expect(rate(null)).toBeCloseTo(rate('b'), 12);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(500, 9);
  });
});

/** A model that scores group b too low: the same need, less risk seen. */
const biased = () => {
  const random = randomFrom(4);
  const group = Array.from({ length: 3000 }, () => (random() < 0.3 ? 'b' : 'a'));
  const need = group.map(() => random());
  const label = Uint8Array.from(need, (value) => (random() < value * 0.8 ? 1 : 0));
  const score = Float64Array.from(need, (value, row) => Math.min(1, Math.max(0, value * 0.8 + (random() - 0.5) * 0.3 - (group[row] === 'b' ? 0.25 : 0))));
  return { label, score, group, capacity: 900 };
};

describe('thresholds by group', () => {
  it.each([
    ['equal-opportunity', 'tprGap'],
    ['demographic-parity', 'selectionGap'],
  ] as const)('%s closes its gap within the capacity and tells the cost', (policy, gap) => {
    const change = thresholdsByGroup({ ...biased(), policy });
    expect(change.before[gap].value!).toBeGreaterThan(0.2);
    expect(change.after[gap].value!).toBeLessThan(0.01);
    expect(change.after.named).toBeLessThanOrEqual(900);
    expect(change.after.named).toBeGreaterThan(880);
    expect(change.flagged.reduce((sum, flag) => sum + flag, 0)).toBe(change.after.named);
    expect(change.precisionCostPer100).toBeCloseTo(100 * (change.before.precision.value! - change.after.precision.value!), 9);
    expect(change.thresholds.find((one) => one.group === 'b')!.threshold!).toBeLessThan(change.thresholds.find((one) => one.group === 'a')!.threshold!);
  });

  it('never splits a tie and never exceeds the capacity', () => {
    const score = Float64Array.from([0.9, 0.9, 0.9, 0.1, 0.9, 0.5, 0.5, 0.5]);
    const group = [...'aaaabbbb'];
    const change = thresholdsByGroup({ label: [1, 1, 0, 0, 1, 1, 0, 0], score, group, policy: 'demographic-parity', capacity: 4 });
    expect(change.after.named).toBeLessThanOrEqual(4);
    for (const name of 'ab') {
      for (const value of score) expect(new Set([...change.flagged].filter((_, row) => group[row] === name && score[row] === value)).size).toBeLessThanOrEqual(1);
    }
  });
});

describe('a what-if', () => {
  it('has no cost in precision where no one is named', () => {
    expect(whatIf({ label: [1, 0], group: ['a', 'b'] }, Uint8Array.of(1, 0), Uint8Array.of(0, 0)).precisionCostPer100).toBeNull();
  });
});
