import { type Contribution, type Positions } from '@pharos/facts';
import { latestScores, scoresAsOf } from '../fragments/rosters.js';
import { type Question, type RawRow, type View } from '../question.js';
import { bind, sql, type Sql } from '../sql.js';
import { scoresOfLearner } from './learner.js';

export interface Score {
  readonly id: string;
  readonly learner: string;
  readonly class: string;
  readonly term: string;
  readonly target: string;
  readonly asOf: string;
  readonly week: number;
  readonly model: string;
  readonly recipe: string;
  readonly logOdds: number;
  readonly probability: number;
  readonly raw: number;
  readonly intercept: number;
  readonly contributions: readonly Contribution[];
  readonly heldOut: { readonly rate: number; readonly low: number; readonly high: number; readonly n: number } | null;
  readonly positions: Positions;
}

const columns = sql`id, learner, class, term, target, as_of, week, model, recipe, log_odds, probability, raw, intercept, contributions, held_out, positions`;

/** The one converter of the table of scores. */
export function toScore(row: RawRow): Score {
  return {
    id: String(row.id),
    learner: String(row.learner),
    class: String(row.class),
    term: String(row.term),
    target: String(row.target),
    asOf: String(row.as_of),
    week: Number(row.week),
    model: String(row.model),
    recipe: String(row.recipe),
    logOdds: Number(row.log_odds),
    probability: Number(row.probability),
    raw: Number(row.raw),
    intercept: Number(row.intercept),
    contributions: JSON.parse(String(row.contributions)) as readonly Contribution[],
    heldOut: JSON.parse(String(row.held_out)) as Score['heldOut'],
    positions: JSON.parse(String(row.positions)) as Positions,
  };
}

const question = (name: string, rows: Sql): Question<Score> => ({ name, sql: rows, answer: toScore });

/** The latest score of each learner and class for a target; of one class where it is given. */
export function latestScoresOf(ask: View & { readonly target: string; readonly class?: string }): Question<Score> {
  const only = ask.class === undefined ? sql`` : sql` AND class = ${bind('String', ask.class)}`;
  return question(
    'latestScoresOf',
    sql`SELECT ${columns} FROM ${latestScores(ask, sql` AND target = ${bind('String', ask.target)}${only}`)} ORDER BY probability DESC, learner, class`,
  );
}

/** One score by the id of its fact: what an alert rests on. */
export function scoreById(id: string, view: View = {}): Question<Score> {
  return question('scoreById', sql`SELECT ${columns} FROM ${scoresAsOf(view, sql` AND id = ${bind('String', id)}`)}`);
}

/** A learner's scores through time. */
export function learnerScores(learner: string, view: View = {}): Question<Score> {
  return question('learnerScores', sql`SELECT ${columns} FROM ${scoresOfLearner(learner, view)} ORDER BY as_of, class, target`);
}
