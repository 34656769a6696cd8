import { describe, expect, it } from '@jest/globals';
import { groupRateOf, groupRates } from './group-rates.js';

const odds = (p: number) => Math.log(p / (1 - p));
const target = Uint8Array.of(1, 1, 0, 0, 0, 0);
const group = ['a', 'a', 'a', 'b', 'b', null];
const block = ['x', 'y', 'y', 'x', 'x', 'x'];

describe('groupRates', () => {
  // By hand: everyone's rate is 2.5 / 7; a strength of 2 adds two rows of it.
  const mean = 2.5 / 7;
  it('pulls each group towards everyone', () => {
    const { rates } = groupRates(group, target, block, { strength: 2 });
    expect(rates.overall).toBeCloseTo(odds(mean), 12);
    expect(rates.groups.a).toBeCloseTo(odds((2 + 2 * mean) / 5), 12);
    expect(rates.groups.b).toBeCloseTo(odds((2 * mean) / 4), 12);
  });
  it('keeps the outcomes of a row and its classmates out of its own value', () => {
    const { own } = groupRates(group, target, block, { strength: 2 });
    expect(own[0]).toBeCloseTo(odds((1 + 2 * mean) / 4), 12); // the block y only
    expect(own[1]).toBeCloseTo(odds((1 + 2 * mean) / 3), 12); // the block x only
    expect(own[3]).toBeCloseTo(odds(mean), 12); // nothing else is known of b
    expect(own[5]).toBeNaN();
  });
  it('leaves nothing out where there is one block', () => {
    const { own, rates } = groupRates(group, target, group.map(() => ''), { strength: 2 }); // prettier-ignore
    expect(own[0]).toBe(rates.groups.a);
  });
  it('says everyone’s rate of a group that is new, and nothing where none is known', () => {
    const { rates } = groupRates(group, target, block, { strength: 2 });
    expect(groupRateOf(rates, 'c')).toBe(rates.overall);
    expect(groupRateOf(rates, 'toString')).toBe(rates.overall);
    expect(groupRateOf(rates, null)).toBeNaN();
  });
});
