import { type Sample } from '../sample.js';

/** The rates that are tested; everything else in a report is described. */
export const testedMetrics = ['selectionRate', 'tpr', 'fpr', 'ppv'] as const;
export type TestedMetric = (typeof testedMetrics)[number];

/** Each tested rate is the mean of an outcome over a stratum of rows; so one permutation serves all four. */
export interface StratifiedRate {
  readonly metric: TestedMetric;
  readonly belongs: (row: number) => boolean;
  readonly outcome: Uint8Array;
}

/** TPR and FPR keep to those with and without the outcome, so that different base rates are not taken for a gap of the model. */
export const stratifiedRates = ({ label, flagged }: Sample): StratifiedRate[] => [
  { metric: 'selectionRate', belongs: () => true, outcome: flagged },
  { metric: 'tpr', belongs: (row) => label[row] === 1, outcome: flagged },
  { metric: 'fpr', belongs: (row) => label[row] === 0, outcome: flagged },
  { metric: 'ppv', belongs: (row) => flagged[row] === 1, outcome: label },
];
