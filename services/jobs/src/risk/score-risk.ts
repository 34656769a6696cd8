import { type Contribution, factId, type FactNamed, type NewFact, type Positions } from '@pharos/facts';
import { heldOutRate, type RiskScorer } from '@pharos/learner-models';
import { type ClassMedians } from '../features/class-medians.js';
import { weekNumber } from '../features/classes.js';
import { type FeatureRows } from '../features/feature-rows.js';
import { type LearnedRisk } from './train-risk.js';

export interface ServedModel {
  readonly model: string;
  readonly recipe: string;
  readonly scorer: RiskScorer;
  readonly bands: LearnedRisk['bands'];
}

export interface Scoring {
  readonly tenant: string;
  readonly target: string;
  readonly asOf: string;
  readonly positions: Positions;
}

/**
 * Scores rows and says what each score is made of. One fact per learner and class, its id derived from what it is about, so
 * that a repeated run adds nothing.
 */
export function scoreRisk(rows: FeatureRows, medians: ClassMedians, served: ServedModel, scoring: Scoring): readonly NewFact[] {
  const prediction = served.scorer.predict(rows.table);
  const featureIndex = new Map(rows.table.features.map((feature, index) => [feature.name, index]));
  return rows.keys.map((key, row): NewFact => {
    const contributions = prediction.terms.map((term, index): Contribution => {
      const at = term.names.length === 1 ? featureIndex.get(term.names[0]!) : undefined;
      const value = at === undefined ? NaN : rows.table.columns[at]![row]!;
      return {
        feature: term.names.join(' × '),
        value: Number.isNaN(value) ? null : value,
        reference: at === undefined ? null : (medians.get(key.class)?.[at] ?? null),
        logOdds: prediction.contributions[index]![row]!,
      };
    });
    const logOdds = prediction.logOdds[row]!;
    const data: FactNamed<'RiskScored'>['data'] = {
      learner: key.learner,
      class: key.class,
      term: key.term,
      target: scoring.target,
      asOf: scoring.asOf,
      week: weekNumber(key.dayNumber),
      model: served.model,
      recipe: served.recipe,
      logOdds,
      probability: prediction.probability[row]!,
      raw: logOdds,
      intercept: prediction.intercept,
      contributions,
      heldOut: served.bands ? likeThisOne(served.bands, logOdds) : null,
      positions: scoring.positions,
    };
    return {
      id: factId('risk', scoring.tenant, scoring.target, scoring.asOf, key.class, key.learner),
      type: 'RiskScored',
      version: 1,
      tenant: scoring.tenant,
      key: key.learner,
      occurredAt: scoring.asOf,
      knownAt: scoring.asOf,
      data,
    };
  });
}

function likeThisOne(bands: NonNullable<LearnedRisk['bands']>, logOdds: number): FactNamed<'RiskScored'>['data']['heldOut'] {
  const { rate, learners, interval } = heldOutRate(bands, logOdds);
  return { rate, low: interval.low, high: interval.high, n: learners };
}
