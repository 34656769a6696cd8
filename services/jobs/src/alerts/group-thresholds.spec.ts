import { describe, expect, it } from '@jest/globals';
import { auditFairness, mitigationsOf } from '@pharos/fairness';
import { type FairnessPolicy } from '@pharos/registry';
import { type AuditEntry } from '@pharos/warehouse';
import { thresholdsOf } from './group-thresholds.js';

const letters = Array.from({ length: 300 }, (_, row) => (row < 4 ? 'rare' : row % 3 === 0 ? 'b' : 'a'));
const sample = {
  label: letters.map((_, row) => (row % 2 === 0 ? 1 : 0)),
  // the model sees less risk in b
  score: letters.map((letter, row) => ((row * 37) % 100) / 100 - (letter === 'b' ? 0.2 : 0) + 0.2),
  groups: { letter: letters },
  person: letters.map((_, row) => row),
  threshold: 0.7,
};
const report = {
  ...auditFairness({ ...sample, seed: 1, resamples: 10, permutations: 20, abrocaRounds: 5 }),
  mitigations: mitigationsOf({ ...sample, others: [] }),
};
const latest = { data: { report } } as unknown as Pick<AuditEntry, 'data'>;
const chosen: NonNullable<FairnessPolicy['mitigation']> = {
  kind: 'thresholds',
  attribute: 'letter',
  policy: 'demographic-parity',
  without: [],
};
const groupOf = (learner: string) => (learner === 'nobody' ? null : learner);

describe('from which risk on a learner is warned of', () => {
  it('is one threshold for all as long as nobody chose otherwise', () => {
    expect(thresholdsOf(0.7, null, latest, groupOf)).toMatchObject({ least: 0.7, by: null });
    expect(thresholdsOf(0.7, { ...chosen, kind: 'reweighing', policy: null }, latest, groupOf).of('b', 'c')).toBe(0.7);
  });
  it('is the group’s own where a person chose thresholds by group, and the tenant’s for those whom the audit could not judge', () => {
    const raiseAt = thresholdsOf(0.7, chosen, latest, groupOf);
    expect(raiseAt.of('b', 'c')).toBeLessThan(raiseAt.of('a', 'c'));
    expect(raiseAt.least).toBe(raiseAt.of('b', 'c'));
    expect([raiseAt.of('nobody', 'c'), raiseAt.of('rare', 'c')]).toEqual([0.7, 0.7]);
  });
  it('is refused where what was chosen was never audited', () => {
    expect(() => thresholdsOf(0.7, chosen, undefined, groupOf)).toThrow('run the job risk first');
  });
});
