import { ModelError } from '../model-error.js';

export interface GlassBoxSettings {
  readonly seed: number;
  /** Models that are averaged; each leaves out one fold of persons, on which it decides when to stop. */
  readonly bags: number;
  /** Most bins of a feature, beside the one for missing values; at most 254. */
  readonly bins: number;
  /** Part of each tree that is taken. */
  readonly learningRate: number;
  /** Most rounds through all features. */
  readonly rounds: number;
  /** Rounds without a better held-out log loss after which a bag stops. */
  readonly patience: number;
  /** Leaves of a feature's tree. */
  readonly leaves: number;
  /** Fewest rows in a leaf. */
  readonly leafRows: number;
  /** Penalty on a leaf's squared value, in units of the log loss's curvature. */
  readonly leafPenalty: number;
  /** Pairs of features that get a term of their own. */
  readonly pairs: number;
  /** Most rows that one bag learns from: whole persons, drawn anew for each bag. */
  readonly bagRows: number;
}

export const GLASS_BOX_DEFAULTS: GlassBoxSettings = {
  seed: 1,
  bags: 8,
  bins: 32,
  learningRate: 0.1,
  rounds: 300,
  patience: 10,
  leaves: 3,
  leafRows: 20,
  leafPenalty: 5,
  pairs: 10,
  bagRows: 250_000,
};

/** @throws ModelError 'bad-settings', naming what is out of range */
export function checkSettings(settings: GlassBoxSettings): void {
  const least: Record<keyof GlassBoxSettings, number> = {
    seed: -Infinity,
    bags: 2,
    bins: 2,
    learningRate: 1e-4,
    rounds: 1,
    patience: 1,
    leaves: 2,
    leafRows: 1,
    leafPenalty: 0,
    pairs: 0,
    bagRows: 100,
  };
  for (const [name, low] of Object.entries(least) as [keyof GlassBoxSettings, number][]) {
    if (!(settings[name] >= low)) throw new ModelError('bad-settings', `${name} must be at least ${low}`);
  }
  if (settings.bins > 254) throw new ModelError('bad-settings', 'bins must be at most 254, so that a bin fits in a byte');
  if (settings.learningRate > 1) throw new ModelError('bad-settings', 'learningRate must be at most 1');
  if (settings.bags > 255) throw new ModelError('bad-settings', 'bags must be at most 255');
}
