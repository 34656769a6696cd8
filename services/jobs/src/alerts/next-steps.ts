import { type Reason } from '@pharos/facts';
import { type InterventionTemplate } from '@pharos/registry';

const most = 3;

/**
 * One to three next steps from the tenant's catalogue, chosen by the reasons: those that answer the strongest first, each
 * step once. Without a match the first active step of the catalogue is suggested, because a person should still look.
 *
 * @example nextStepsFor([workMissed], catalogue) // => [{ intervention: 'work-plan', because: ['work-missed'] }]
 */
export function nextStepsFor(
  reasons: readonly Reason[],
  catalogue: readonly InterventionTemplate[],
): readonly { readonly intervention: string; readonly because: string[] }[] {
  const active = catalogue.filter((step) => step.active);
  const strength = (step: InterventionTemplate) =>
    reasons.reduce((sum, reason) => {
      const place = step.answers.indexOf(reason.code);
      return place < 0 ? sum : sum + reason.logOdds / (1 + place);
    }, 0);
  const fitting = active
    .map((step) => ({ step, strength: strength(step) }))
    .filter((one) => one.strength > 0)
    .sort((a, b) => b.strength - a.strength || (a.step.id < b.step.id ? -1 : 1))
    .slice(0, most)
    .map(({ step }) => ({
      intervention: step.id,
      because: [...new Set(reasons.map((r) => r.code).filter((code) => step.answers.includes(code)))],
    }));
  const fallback = active[0];
  return fitting.length > 0 || !fallback ? fitting : [{ intervention: fallback.id, because: [] }];
}
