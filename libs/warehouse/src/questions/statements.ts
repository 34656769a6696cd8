import { canonically } from '../fragments/learners.js';
import { contextClasses } from '../fragments/classes.js';
import { scoped } from '../fragments/scoped.js';
import { activityDays } from '../fragments/statements.js';
import { type Question } from '../question.js';
import { bind, date, moment, sql } from '../sql.js';

/** As facts write instants; the engine leaves out T and Z. */
const instant = (value: unknown): string => new Date(Number(value)).toISOString();
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

/** A statement as it was recorded, with what was read out of it when it was folded. */
export interface RecordedStatement {
  readonly id: string;
  /** Canonical; `token` is the one it was recorded under. */
  readonly learner: string;
  readonly token: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly credential: string;
  readonly kind: string;
  readonly action: string;
  readonly contextId: string;
  readonly activity: string;
  readonly correct: boolean | null;
  readonly scaled: number | null;
  readonly durationSeconds: number | null;
  readonly voided: boolean;
  /** The statement as the log holds it: tokens for people, sealed text sealed. */
  readonly body: string;
}

/** Statements by their ids, in no order; those that are not folded yet are left out. Finds them by a bloom filter. */
export function statementsByIds(ids: readonly string[]): Question<RecordedStatement> {
  const among = sql` AND id IN ${bind('Array(String)', ids)}`;
  return {
    name: 'statementsByIds',
    sql: sql`SELECT id, learner, token, toUnixTimestamp64Milli(occurred_at) AS occurred, toUnixTimestamp64Milli(recorded_at) AS recorded, credential,
        kind, action, toString(context_id) AS context_id, activity, correct, scaled, duration_seconds, body,
        action != 'voided' AND id IN (SELECT target FROM ${scoped('voids', {}, sql` AND target IN ${bind('Array(String)', ids)}`)}) AS voided
      FROM ${canonically(scoped('statements', {}, among))}`,
    answer: (row) => ({
      id: String(row.id),
      learner: String(row.learner),
      token: String(row.token),
      occurredAt: instant(row.occurred),
      recordedAt: instant(row.recorded),
      credential: String(row.credential),
      kind: String(row.kind),
      action: String(row.action),
      contextId: String(row.context_id),
      activity: String(row.activity),
      correct: row.correct === null ? null : Number(row.correct) === 1,
      scaled: numberOrNull(row.scaled),
      durationSeconds: numberOrNull(row.duration_seconds),
      voided: Number(row.voided) === 1,
      body: String(row.body),
    }),
  };
}

/** Which class a context means; no answer where it names none. @param contextId as `statementsByIds` says it */
export function classOfContext(contextId: string): Question<string> {
  const only = sql` AND context_id = toUInt64(${bind('String', contextId)})`;
  return {
    name: 'classOfContext',
    sql: sql`SELECT class FROM ${contextClasses({}, only)} WHERE class != '' LIMIT 1`,
    answer: (row) => String(row.class),
  };
}

export interface AnswerOfStatement {
  /** Skills that the statement itself names. */
  readonly skills: readonly string[];
  readonly correct: boolean;
}

/** The graded answer that was read out of a statement, if there is one. @param token as recorded */
export function answerOfStatement(id: string, token: string): Question<AnswerOfStatement> {
  return {
    name: 'answerOfStatement',
    sql: sql`SELECT skills, correct FROM ${scoped('answers', {}, sql` AND learner = ${bind('String', token)} AND id = ${bind('String', id)}`)} LIMIT 1`,
    answer: (row) => ({ skills: row.skills as readonly string[], correct: Number(row.correct) === 1 }),
  };
}

/** Whether a statement counts as handed in, answered or marked: one answer if it does. */
export function attemptOfStatement(id: string, activity: string): Question<string> {
  return {
    name: 'attemptOfStatement',
    sql: sql`SELECT id FROM ${scoped('attempts', {}, sql` AND activity = ${bind('String', activity)} AND id = ${bind('String', id)}`)} LIMIT 1`,
    answer: (row) => String(row.id),
  };
}

/** What a canonical learner did on a UTC day, in all. */
export function learnerDayTotal(learner: string, day: string): Question<{ readonly events: number; readonly seconds: number }> {
  return {
    name: 'learnerDayTotal',
    sql: sql`SELECT sum(events) AS events, sum(seconds) AS seconds FROM ${activityDays(sql` AND day = ${date(day)}`)}
      WHERE learner = ${bind('String', learner)} HAVING events > 0`,
    answer: (row) => ({ events: Number(row.events), seconds: Number(row.seconds) }),
  };
}

export interface LevelStep {
  readonly skill: string;
  /** Empty for no level. */
  readonly from: string;
  readonly to: string;
}

/** Levels of a canonical learner that changed at the moment of an answer: its statement's `recordedAt`. */
export function levelsChangedAt(learner: string, recordedAt: string): Question<LevelStep> {
  const own = sql` AND learner = ${bind('String', learner)} AND as_of <= ${moment(recordedAt)}`;
  return {
    name: 'levelsChangedAt',
    sql: sql`SELECT skill, argMaxIf(level, as_of, as_of < ${moment(recordedAt)}) AS before, argMaxIf(level, log_offset, as_of = ${moment(recordedAt)}) AS after
      FROM ${scoped('mastery', {}, own)} GROUP BY skill HAVING countIf(as_of = ${moment(recordedAt)}) > 0 ORDER BY skill`,
    answer: (row) => ({ skill: String(row.skill), from: String(row.before), to: String(row.after) }),
  };
}

export interface Arrived {
  readonly key: string;
  /** Beginning of the minute. */
  readonly minute: string;
  readonly statements: number;
  readonly lastAt: string;
}

/** Statements stored per minute since a moment, by key (`credentialKey`). Reads the rows of these keys since then alone. */
export function arrivalsByMinute(keys: readonly string[], since: string): Question<Arrived> {
  const recent = sql` AND key IN ${bind('Array(String)', keys)} AND recorded_at >= ${moment(since)}`;
  return {
    name: 'arrivalsByMinute',
    sql: sql`SELECT key, intDiv(toUnixTimestamp64Milli(recorded_at), 60000) AS minute, uniqExact(id) AS statements, max(toUnixTimestamp64Milli(recorded_at)) AS last
      FROM ${scoped('statement_keys', {}, recent)} GROUP BY key, minute ORDER BY key, minute`,
    answer: (row) => ({
      key: String(row.key),
      minute: instant(Number(row.minute) * 60_000),
      statements: Number(row.statements),
      lastAt: instant(row.last),
    }),
  };
}
