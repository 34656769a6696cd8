import { type Mitigation } from '../mitigation/mitigations.js';
import { type Naming } from '../mitigation/what-if.js';
import { type Statistic, unknown } from '../statistic.js';
import { type ShownAttribute } from './disclose-audit.js';

const WITHHELD = 'withheld: it could be worked out from other figures';

/**
 * What-ifs as readers may see them. Groups too small to be judged stand aside in them, so the whole less a what-if would be those few people's:
 * where a group of the attribute is hidden, counts and shares are rounded as the attribute's are, and a gap that is withheld there is here. O(what-ifs).
 *
 * @param attributes the attributes as they are shown, from `discloseAudit`
 * @param minimum people of the smallest group that is shown; the tenant's
 * @example discloseMitigations(report.mitigations, discloseAudit(report, 10).attributes, 10)
 */
export function discloseMitigations(
  mitigations: readonly Mitigation[],
  attributes: readonly ShownAttribute[],
  minimum: number,
): Mitigation[] {
  const byName = new Map(attributes.map((one) => [one.attribute, one]));
  return mitigations.map((change) => {
    const shown = byName.get(change.attribute);
    if (!shown) return change;
    const step = shown.roundedTo;
    const count = (value: number): number => (step === null ? value : nearest(value, minimum));
    const share = (one: Statistic): Statistic => (one.value === null || step === null ? one : { ...one, value: nearest(one.value, step) });
    const gap = (one: Statistic, name: 'demographicParityDifference' | 'equalOpportunityDifference'): Statistic =>
      shown.gaps[name].value === null ? unknown(WITHHELD) : share(one);
    const naming = (one: Naming): Naming => ({
      named: count(one.named),
      precision: share(one.precision),
      tpr: share(one.tpr),
      selectionGap: gap(one.selectionGap, 'demographicParityDifference'),
      tprGap: gap(one.tprGap, 'equalOpportunityDifference'),
    });
    const cost = change.precisionCostPer100;
    return {
      ...change,
      capacity: count(change.capacity),
      thresholds: change.thresholds.map((one) => ({ ...one, named: count(one.named) })),
      before: naming(change.before),
      after: naming(change.after),
      precisionCostPer100: cost === null || step === null ? cost : nearest(cost, 100 * step),
    };
  });
}

/** The nearest of the steps, cleared of the noise of binary fractions. */
const nearest = (value: number, step: number): number => Number((Math.round(value / step) * step).toFixed(9));
