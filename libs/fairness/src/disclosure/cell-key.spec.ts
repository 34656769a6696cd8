import { describe, expect, it } from '@jest/globals';
import { combineKeys, memberKey, perturbCount } from './cell-key.js';
import { withholdRate } from './withheld-rate.js';

const secret = 'a secret of the tenant';
const people = (from: number, to: number, world = ''): string[] => Array.from({ length: to - from }, (_, index) => `${world}learner ${from + index}`);
const keys = new Map<string, bigint>();
const keyOf = (members: readonly string[]): bigint =>
  combineKeys(
    members.map((member) => {
      const key = keys.get(member) ?? memberKey(secret, member);
      keys.set(member, key);
      return key;
    }),
  );
const shown = (members: readonly string[], cohort?: readonly string[]): number =>
  perturbCount({ count: members.length, members: keyOf(members), ...(cohort && { cohort: keyOf(cohort) }) }, secret)!;

const worlds = Array.from({ length: 500 }, (_, world) => `${world}: `);
const shareOf = (holds: (world: string) => boolean): number => worlds.filter(holds).length / worlds.length;

describe('perturbation by the set of members', () => {
  it('gives one number for one set, however it was asked for, and another under another secret', () => {
    const members = people(0, 40);
    expect(shown([...members].reverse())).toBe(shown(members));
    const key = keyOf(members);
    const secrets = new Set(worlds.slice(0, 50).map((other) => perturbCount({ count: 40, members: key }, other)));
    expect(secrets.size).toBeGreaterThan(3);
  });

  it('is on average the truth, at most six off, and never under the minimum', () => {
    const noises = worlds.map((world) => shown(people(0, 40, world)) - 40);
    expect(Math.max(...noises.map(Math.abs))).toBe(6);
    expect(Math.abs(noises.reduce((sum, noise) => sum + noise, 0) / noises.length)).toBeLessThan(0.4);
    expect(perturbCount({ count: 9, members: keyOf(people(0, 9)) }, secret)).toBeNull();
    expect(Math.min(...worlds.map((world) => shown(people(0, 11, world))))).toBe(10);
  });
});

describe('attacks by difference', () => {
  it('two filters: a cell less the same cell without one person seldom gives one', () => {
    expect(shareOf((world) => shown(people(0, 31, world)) - shown(people(0, 30, world)) === 1)).toBeLessThan(0.2);
  });

  it('two weeks: whether the newcomer is in the cell is little better than guessed', () => {
    const right = shareOf((world) => {
      const joins = memberKey('coin', world) % 2n === 0n;
      const [before, cohort] = [people(0, 30, world), people(0, 60, world)];
      const later = [...cohort, `${world}newcomer`];
      const after = joins ? [...before, `${world}newcomer`] : before;
      return shown(after, later) - shown(before, cohort) >= 1 === joins;
    });
    expect(right).toBeLessThan(0.62);
  });

  it('two weeks without the cohort in the key: a number that moved tells on the newcomer, which is why the cohort belongs in it', () => {
    const unmoved = shareOf((world) => shown(people(0, 31, world)) === shown(people(0, 30, world)));
    expect(unmoved).toBeLessThan(0.2);
    expect(shown(people(0, 30))).toBe(shown(people(0, 30)));
  });

  it('nested cohorts: a school less its other classes seldom gives the class', () => {
    const exact = shareOf((world) => shown(people(0, 90, world)) - shown(people(0, 40, world)) - shown(people(40, 75, world)) === 15);
    expect(exact).toBeLessThan(0.2);
  });

  it('complement and whole: the whole less the others seldom gives the cell, nor does it confirm the cell shown', () => {
    const derived = (world: string): number => shown(people(0, 80, world)) - shown(people(12, 80, world));
    expect(shareOf((world) => derived(world) === 12)).toBeLessThan(0.2);
    expect(shareOf((world) => derived(world) === shown(people(0, 12, world)))).toBeLessThan(0.25);
  });
});

describe('rates that could name someone', () => {
  it('are withheld on few people, and where nearly all or nearly none are meant', () => {
    expect(withholdRate(12, 40)).toEqual({ value: 0.3, reason: null });
    expect(withholdRate(4, 9).reason).toBe('fewer than 10 people');
    for (const numerator of [0, 2, 38, 40]) expect(withholdRate(numerator, 40).value).toBeNull();
    for (const numerator of [3, 37]) expect(withholdRate(numerator, 40).value).not.toBeNull();
    expect(() => withholdRate(5, 4)).toThrow(RangeError);
  });
});
