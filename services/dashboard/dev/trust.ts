import { type ModelDetail, type ModelSummary } from '@pharos/contract';
import { daysAfter } from './people.js';

const estimate = (value: number, half: number) => ({ value, low: value - half, high: value + half });

export function modelOf(now: Date, inUse: boolean): ModelDetail {
  const asOf = daysAfter(now, inUse ? -3 : -31).toISOString();
  return {
    model: inUse ? 'sha256:5b1f0c' : 'sha256:91aa27',
    recipe: inUse ? 'logistic' : 'rule',
    target: 'not-passing',
    asOf,
    inUse,
    decision: { outcome: 'promoted', by: 'gate', at: asOf, reason: 'On held-out learners logistic had less log loss than the rule and named at least as many of those who did not pass among its first tenth.' },
    window: { classes: ['2024 autumn', '2025 spring', '2025 autumn'], rows: 41_220, learners: 3_618, baseRate: 0.31 },
    validation: {
      classes: ['2026 spring'], rows: 11_790,
      metrics: {
        auc: estimate(0.861, 0.011), averagePrecision: estimate(0.744, 0.02), precisionAt10: estimate(inUse ? 0.93 : 0.83, 0.024),
        recallAt10: estimate(0.3, 0.02), brier: estimate(0.131, 0.006), logLoss: estimate(0.41, 0.02), ece: estimate(0.018, 0.006),
      },
    },
    courses: [
      { course: 'algebra', title: 'Algebra I', n: 4010, withheld: false, rate: 0.34, metrics: { precisionAt10: estimate(0.95, 0.03), auc: estimate(0.87, 0.01), ece: estimate(0.021, 0.006) }, rule: { precisionAt10: estimate(0.84, 0.04) } },
      { course: 'biology', title: 'Biology', n: 3960, withheld: false, rate: 0.29, metrics: { precisionAt10: estimate(0.9, 0.03), auc: estimate(0.85, 0.01), ece: estimate(0.026, 0.006) }, rule: { precisionAt10: estimate(0.88, 0.04) } },
      { course: 'chess', title: 'Chess', n: 64, withheld: false, rate: 0.25, metrics: {}, rule: {} },
      { course: 'latin', title: 'Latin', n: null, withheld: true, rate: null, metrics: {}, rule: null },
    ],
    features: ['work_missed', 'days_silent', 'mark_mean'],
    seed: 42,
    reliability: Array.from({ length: 10 }, (_, bin) => ({
      from: bin / 10, to: (bin + 1) / 10, n: [4100, 2350, 1480, 1010, 760, 590, 480, 410, 360, 250][bin]!,
      predicted: bin / 10 + 0.05, observed: Math.min(0.98, bin / 10 + 0.05 + [0.005, -0.012, 0.018, -0.02, 0.03, 0.014, -0.022, 0.02, -0.01, 0.012][bin]!),
    })),
    rule: { model: 'sha256:91aa27', metrics: { auc: estimate(0.79, 0.013), precisionAt10: estimate(0.83, 0.03), logLoss: estimate(0.5, 0.02) } },
  }; // prettier-ignore
}

export function summaryOf({
  features: _features,
  seed: _seed,
  reliability: _reliability,
  courses: _courses,
  rule: _rule,
  ...summary
}: ModelDetail): ModelSummary {
  return summary;
}
