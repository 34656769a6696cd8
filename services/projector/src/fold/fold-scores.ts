import { type Position } from '@pharos/event-log';
import { type FactOf } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { type Folded, ok, placed } from './folded.js';

/** Facts of the topic `scores` as rows. */
export function foldScores(fact: FactOf<'scores'>, at: Position): Folded {
  switch (fact.type) {
    case 'RiskScored': {
      const { learner, target, asOf, term, week, model, recipe, logOdds, probability, raw, intercept } = fact.data;
      return ok(
        placed('scores', {
          ...factColumns(fact, at), target, class: fact.data.class, learner, as_of: asOf, term, week, model, recipe,
          log_odds: logOdds, probability, raw, intercept, contributions: JSON.stringify(fact.data.contributions),
          held_out: JSON.stringify(fact.data.heldOut), positions: JSON.stringify(fact.data.positions),
        }),
      ); // prettier-ignore
    }
    case 'MasteryEstimated': {
      const { learner, skill, asOf, model, estimate, low, high, evidence, level } = fact.data;
      return ok(
        placed('mastery', {
          ...factColumns(fact, at),
          learner,
          skill,
          as_of: asOf,
          model,
          estimate,
          low,
          high,
          evidence,
          level: level ?? '',
        }),
      );
    }
    default:
      return fact satisfies never;
  }
}
