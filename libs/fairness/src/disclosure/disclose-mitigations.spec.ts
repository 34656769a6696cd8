import { describe, expect, it } from '@jest/globals';
import { auditFairness } from '../audit-fairness.js';
import { mitigationsOf } from '../mitigation/mitigations.js';
import { randomFrom } from '../random.js';
import { discloseAudit } from './disclose-audit.js';
import { discloseMitigations } from './disclose-mitigations.js';

/** Two groups and, if asked for, a third of so many people, of whom all were named rightly. */
function world(few: number) {
  const random = randomFrom(4);
  const rows = Array.from({ length: 800 }, (_, row) => {
    const score = random();
    return { group: row % 2 === 0 ? 'f' : 'm', score, label: random() < score ? 1 : 0 };
  }).concat(Array.from({ length: few }, () => ({ group: 'x', score: 0.9, label: 1 })));
  const input = {
    label: rows.map(({ label }) => label), score: rows.map(({ score }) => score), groups: { gender: rows.map(({ group }) => group) }, person: [...rows.keys()], threshold: 0.6,
  }; // prettier-ignore
  const report = auditFairness({ ...input, seed: 1, resamples: 10, permutations: 99, abrocaRounds: 2 });
  const mitigations = mitigationsOf({ ...input, others: [] });
  const shown = discloseAudit(report, 10);
  return { rows, shown, mitigations, disclosed: discloseMitigations(mitigations, shown.attributes, 10) };
}

describe('what-ifs as readers see them', () => {
  it('are exact where every group is shown', () => {
    const { mitigations, disclosed } = world(0);
    expect(disclosed).toEqual(mitigations);
  });

  it('do not give a few people away by the whole less a what-if', () => {
    const { rows, shown, mitigations, disclosed } = world(5);
    const namedOf = (some: typeof rows): number => some.filter(({ score }) => score >= 0.6).length;
    // the attack works on what is not disclosed: five are named
    const whole = Math.round(shown.overall.metrics.selectionRate.value! * shown.overall.n!);
    expect(whole - mitigations[0]!.before.named).toBe(namedOf(rows.filter(({ group }) => group === 'x')));
    for (const { before, after, capacity } of disclosed) {
      for (const count of [before.named, after.named, capacity]) expect(count % 10).toBe(0);
      for (const { value } of [before.precision, before.tpr, before.tprGap, after.selectionGap]) {
        expect(Math.abs(value! / shown.attributes[0]!.roundedTo! - Math.round(value! / shown.attributes[0]!.roundedTo!))).toBeLessThan(
          1e-6,
        );
      }
    }
  });
});
