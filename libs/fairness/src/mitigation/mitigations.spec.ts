import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { mitigationsOf, nameHighest } from './mitigations.js';

/** A model that scores group b too low; the rule is noisier and does not. */
const biased = () => {
  const random = randomFrom(4);
  const group = Array.from({ length: 2000 }, () => (random() < 0.3 ? 'b' : 'a'));
  const need = group.map(() => random());
  const noisy = (value: number, spread: number) => Math.min(1, Math.max(0, value + (random() - 0.5) * spread));
  return {
    label: Uint8Array.from(need, (value) => (random() < value * 0.8 ? 1 : 0)),
    score: Float64Array.from(need, (value, row) => noisy(value - (group[row] === 'b' ? 0.25 : 0), 0.2)),
    groups: { letter: group },
    person: group.map((_, row) => row),
    threshold: 0.62,
    others: [{ kind: 'rule', attribute: null, score: Float64Array.from(need, (value) => noisy(value, 0.9)) }] as const,
  };
};

describe('what could be changed', () => {
  it('is told with its cost, at the same capacity', () => {
    const [opportunity, parity, rule] = mitigationsOf(biased());
    expect([opportunity!.kind, opportunity!.policy, parity!.policy, rule!.kind]).toEqual(['thresholds', 'equal-opportunity', 'demographic-parity', 'rule']);
    expect(opportunity!.before.tprGap.value!).toBeGreaterThan(0.2);
    expect(opportunity!.after.tprGap.value!).toBeLessThan(0.02);
    expect(parity!.after.selectionGap.value!).toBeLessThan(0.02);
    expect(rule!.after.tprGap.value!).toBeLessThan(0.1);
    // the noisier rule pays for its evenness
    expect(rule!.precisionCostPer100!).toBeGreaterThan(opportunity!.precisionCostPer100!);
    for (const { before, after } of [opportunity!, parity!, rule!]) {
      expect(before.named).toBe(opportunity!.capacity);
      expect(after.named).toBeLessThanOrEqual(opportunity!.capacity);
    }
  });

  it('leaves a group aside that is too small for a threshold of its own, and attributes with one group', () => {
    const world = biased();
    const rare = world.groups.letter.map((letter, row) => (row < 5 ? 'x' : letter));
    const all = mitigationsOf({ ...world, groups: { rare, same: rare.map(() => 'one') } });
    expect(new Set(all.map(({ attribute }) => attribute))).toEqual(new Set(['rare']));
    expect(all[0]!.thresholds.map(({ group }) => group).sort()).toEqual(['a', 'b']);
  });

  it('names as many as the capacity holds and never a part of a tie', () => {
    expect([...nameHighest(Float64Array.of(0.9, 0.5, 0.5, 0.1), 1)]).toEqual([1, 0, 0, 0]);
    expect([...nameHighest(Float64Array.of(0.9, 0.5, 0.5, 0.1), 2)]).toEqual([1, 0, 0, 0]);
    expect([...nameHighest(Float64Array.of(0.9, 0.5, 0.5, 0.1), 3)]).toEqual([1, 1, 1, 0]);
    expect([...nameHighest(Float64Array.of(0.9, 0.5), 9)]).toEqual([1, 1]);
  });
});
