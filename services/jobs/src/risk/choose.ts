import { type TrainedRisk } from './train-risk.js';

export interface Choice {
  readonly chosen: TrainedRisk;
  /** In words, for the fact and the page. */
  readonly reason: string;
  readonly evidence: Readonly<Record<string, { readonly precisionAt10: number | null; readonly logLoss: number | null }>>;
}

/**
 * Which trained recipe serves: the rule, unless another one is better on held-out rows both in log loss and, at a tenth of
 * the learners, not worse in precision. Kept in one place so that a stricter gate can take over.
 */
export function choose(rule: TrainedRisk, others: readonly TrainedRisk[]): Choice {
  const evidence = evidenceOf([rule, ...others]);
  let chosen = rule;
  for (const other of others) if (beats(other, chosen)) chosen = other;
  const reason =
    chosen === rule
      ? 'No model did better than the rule on held-out learners.'
      : `On held-out learners ${chosen.recipe} had less log loss than the rule and named at least as many of those who did not pass among its first tenth.`;
  return { chosen, reason, evidence };
}

/** The rule, because a person decided so about fairness: what the others would have been worth stands beside it. */
export const chosenByPerson = (rule: TrainedRisk, others: readonly TrainedRisk[], reason: string): Choice => ({
  chosen: rule,
  reason: `A person chose the rule: ${reason}`,
  evidence: evidenceOf([rule, ...others]),
});

const evidenceOf = (trained: readonly TrainedRisk[]): Choice['evidence'] =>
  Object.fromEntries(trained.map((one) => [one.recipe, { precisionAt10: metric(one, 'precisionAt10'), logLoss: metric(one, 'logLoss') }]));

const metric = (one: TrainedRisk, name: string): number | null => one.judgement.metrics[name]?.value ?? null;

function beats(other: TrainedRisk, than: TrainedRisk): boolean {
  const [loss, thanLoss] = [metric(other, 'logLoss'), metric(than, 'logLoss')];
  const [precision, thanPrecision] = [metric(other, 'precisionAt10'), metric(than, 'precisionAt10')];
  if (loss === null || thanLoss === null || precision === null || thanPrecision === null) return false;
  return loss < thanLoss && precision >= thanPrecision;
}
