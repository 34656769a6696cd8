import { type Contribution, type FactNamed, type Positions } from '@pharos/facts';
import { canonically } from '../fragments/learners.js';
import { scoped } from '../fragments/scoped.js';
import { type Question } from '../question.js';
import { bind, moment, type Sql, sql } from '../sql.js';

/** Scores of one target, keyed by canonical learner. */
const scoresOf = (target: string, where: Sql): Sql =>
  canonically(scoped('scores', {}, sql` AND target = ${bind('String', target)}${where}`));

export interface RunTop {
  readonly learner: string;
  readonly term: string;
  readonly asOf: string;
  /** Highest probability among the learner's classes in that run. */
  readonly probability: number;
}

/** How high each learner stood in each run from `since` to `asOf`, newest run first: for ranking and for thresholds that ask for several runs. */
export function topScores(target: string, since: string, asOf: string): Question<RunTop> {
  return {
    name: 'top-scores',
    sql: sql`SELECT learner, term, toUnixTimestamp64Milli(as_of) AS at, max(probability) AS top
FROM ${scoresOf(target, sql` AND as_of >= ${moment(since)} AND as_of <= ${moment(asOf)}`)} GROUP BY learner, term, as_of ORDER BY at DESC, learner, term`,
    answer: (row) => ({
      learner: String(row.learner),
      term: String(row.term),
      asOf: new Date(Number(row.at)).toISOString(),
      probability: Number(row.top),
    }),
  };
}

/** A score as it was recorded, under the id of its fact. */
export interface RecordedScore {
  readonly id: string;
  readonly score: FactNamed<'RiskScored'>['data'];
}

/** Whole scores of one run for these learners: everything that an alert rests on. */
export function recordedScores(target: string, asOf: string, learners: readonly string[]): Question<RecordedScore> {
  return {
    name: 'recorded-scores',
    sql: sql`SELECT id, learner, class, term, week, model, recipe, log_odds, probability, raw, intercept, contributions, held_out, positions
FROM ${scoresOf(target, sql` AND as_of = ${moment(asOf)}`)} WHERE learner IN ${bind('Array(String)', learners)} ORDER BY learner, class`,
    answer: (row) => ({
      id: String(row.id),
      score: {
        learner: String(row.learner),
        class: String(row.class),
        term: String(row.term),
        target,
        asOf,
        week: Number(row.week),
        model: String(row.model),
        recipe: String(row.recipe),
        logOdds: Number(row.log_odds),
        probability: Number(row.probability),
        raw: Number(row.raw),
        intercept: Number(row.intercept),
        contributions: JSON.parse(String(row.contributions)) as Contribution[],
        heldOut: JSON.parse(String(row.held_out)) as RecordedScore['score']['heldOut'],
        positions: JSON.parse(String(row.positions)) as Positions,
      },
    }),
  };
}

/** When a learner's score in a class first stood at or above a threshold. */
export interface FirstNamed {
  readonly learner: string;
  readonly class: string;
  readonly at: string;
}

/**
 * The first run in which each learner of these classes stood at or above a threshold, as far as it was scored by a moment: how early
 * somebody could have been told. Those who never did have no row.
 */
export function firstNamed(target: string, threshold: number, classes: readonly string[], asOf: string): Question<FirstNamed> {
  return {
    name: 'first-named',
    sql: sql`SELECT learner, class, toUnixTimestamp64Milli(min(as_of)) AS at
FROM ${scoresOf(target, sql` AND as_of <= ${moment(asOf)} AND class IN ${bind('Array(String)', classes)} AND probability >= ${bind('Float64', threshold)}`)}
GROUP BY learner, class ORDER BY learner, class`,
    answer: (row) => ({ learner: String(row.learner), class: String(row.class), at: new Date(Number(row.at)).toISOString() }),
  };
}

/** One score as it was served. */
export interface ServedScore {
  readonly learner: string;
  readonly class: string;
  readonly week: number;
  readonly model: string;
  readonly recipe: string;
  readonly probability: number;
}

/**
 * The last score of each learner and class in every so many weeks of the class, as far as it was scored by a moment: what people were told.
 *
 * @example servedScores('not-passing', ['AAA-2014J'], 4, '2015-07-01T00:00:00.000Z')
 */
export function servedScores(target: string, classes: readonly string[], everyWeeks: number, asOf: string): Question<ServedScore> {
  return {
    name: 'served-scores',
    sql: sql`SELECT learner, class, week, argMax((model, recipe, probability), as_of) AS last, last.1 AS served_by, last.2 AS by_recipe, last.3 AS said
FROM ${scoresOf(target, sql` AND as_of <= ${moment(asOf)} AND class IN ${bind('Array(String)', classes)} AND week > 0 AND week % ${bind('UInt16', everyWeeks)} = 0`)}
GROUP BY learner, class, week ORDER BY class, learner, week`,
    answer: (row) => ({
      learner: String(row.learner),
      class: String(row.class),
      week: Number(row.week),
      model: String(row.served_by),
      recipe: String(row.by_recipe),
      probability: Number(row.said),
    }),
  };
}
