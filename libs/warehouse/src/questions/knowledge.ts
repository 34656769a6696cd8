import { canonically } from '../fragments/learners.js';
import { scoped } from '../fragments/scoped.js';
import { liveAnswers } from '../fragments/statements.js';
import { type Question, type View } from '../question.js';
import { bind, moment, nothing, sql, type Sql } from '../sql.js';

const text = (value: unknown): string => String(value);
const number = (value: unknown): number => Number(value);
/** As facts write instants; the engine leaves out T and Z. */
const instant = (value: unknown): string => new Date(Number(value)).toISOString();

/** A graded answer of a canonical learner. */
export interface AnswerInLog {
  readonly learner: string;
  readonly id: string;
  readonly activity: string;
  /** Skills that the statement names. */
  readonly skills: readonly string[];
  readonly correct: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly recordedAt: string;
  readonly seconds: number | null;
  readonly hints: number | null;
  /** Which try at its item it is, where the platform says so. */
  readonly attempt: number | null;
}

/** Every live answer that was known by a moment, learner by learner. For jobs: reads all of them. */
export function allAnswers(view: View = {}): Question<AnswerInLog> {
  const { answer } = answersInLog([]);
  return {
    name: 'allAnswers',
    sql: sql`SELECT learner, id, activity, skills, correct, toUnixTimestamp64Milli(occurred_at) AS at, toUnixTimestamp64Milli(recorded_at) AS recorded,
        duration_seconds AS seconds, hints, attempt
      FROM ${liveAnswers(view)} ORDER BY learner, occurred_at, recorded_at, log_partition, log_offset, id`,
    answer,
  };
}

/** Live answers of some tokens under their canonical learner, in the order of the log. Give all tokens of a person (`sameLearners`). */
export function answersInLog(tokens: readonly string[]): Question<AnswerInLog> {
  return {
    name: 'answersInLog',
    sql: sql`SELECT learner, id, activity, skills, correct, toUnixTimestamp64Milli(occurred_at) AS at, toUnixTimestamp64Milli(recorded_at) AS recorded,
        duration_seconds AS seconds, hints, attempt
      FROM ${liveAnswers({}, sql` AND learner IN ${bind('Array(String)', tokens)}`)} ORDER BY learner, recorded_at, log_partition, log_offset, id`,
    answer: (row) => ({
      learner: text(row.learner),
      id: text(row.id),
      activity: text(row.activity),
      skills: row.skills as readonly string[],
      correct: number(row.correct) === 1,
      at: number(row.at),
      recordedAt: instant(row.recorded),
      seconds: row.seconds === null ? null : number(row.seconds),
      hints: row.hints === null ? null : number(row.hints),
      attempt: row.attempt === null ? null : number(row.attempt),
    }),
  };
}

/** Every token of some canonical learners, as a subquery for `IN`. */
export function tokensOfLearners(learners: readonly string[]): Sql {
  const any = sql`(SELECT t AS learner, t AS token FROM (SELECT arrayJoin(${bind('Array(String)', learners)}) AS t
    UNION DISTINCT SELECT learner AS t FROM ${scoped('learner_links')}))`;
  return sql`(SELECT token FROM ${canonically(any)} WHERE learner IN ${bind('Array(String)', learners)})`;
}

/** Every token that stands for the same person as one of these, with the canonical one. */
export function sameLearners(tokens: readonly string[]): Question<{ readonly token: string; readonly learner: string }> {
  const given = sql`(SELECT t AS learner, t AS token FROM (SELECT arrayJoin(${bind('Array(String)', tokens)}) AS t))`;
  const any = sql`(SELECT t AS learner, t AS token FROM (SELECT arrayJoin(${bind('Array(String)', tokens)}) AS t
    UNION DISTINCT SELECT learner AS t FROM ${scoped('learner_links')}))`;
  return {
    name: 'sameLearners',
    sql: sql`SELECT DISTINCT token, learner FROM ${canonically(any)} WHERE learner IN (SELECT learner FROM ${canonically(given)}) ORDER BY learner, token`,
    answer: (row) => ({ token: text(row.token), learner: text(row.learner) }),
  };
}

export interface Answerers {
  /** Answers to these activities, or to those that begin so. */
  readonly items?: readonly { readonly item: string; readonly prefix: boolean }[];
  /** Answers recorded from this moment on. */
  readonly recordedFrom?: string;
  /** These answers. */
  readonly ids?: readonly string[];
}

/** Tokens that gave certain answers, also such as were taken back. Reads all answers unless ids are given. */
export function answerersOf({ items, recordedFrom, ids }: Answerers): Question<string> {
  const exact = (items ?? []).filter(({ prefix }) => !prefix).map(({ item }) => item);
  const prefixes = (items ?? []).filter(({ prefix }) => prefix).map(({ item }) => item);
  const byItem = items === undefined ? nothing : sql` AND (activity IN ${bind('Array(String)', exact)} OR arrayExists(p -> startsWith(activity, p), ${bind('Array(String)', prefixes)}))`;
  const byTime = recordedFrom === undefined ? nothing : sql` AND recorded_at >= ${moment(recordedFrom)}`;
  const byId = ids === undefined ? nothing : sql` AND id IN ${bind('Array(String)', ids)}`;
  return {
    name: 'answerersOf',
    sql: sql`SELECT DISTINCT learner FROM ${scoped('answers', {}, sql`${byItem}${byTime}${byId}`)} ORDER BY learner`,
    answer: (row) => text(row.learner),
  };
} // prettier-ignore

/** Which of these tokens gave answers, or have something known of them in the table. */
export function answeringAmong(tokens: readonly string[]): Question<string> {
  const among = sql` AND learner IN ${bind('Array(String)', tokens)}`;
  return {
    name: 'answeringAmong',
    sql: sql`SELECT learner FROM ${scoped('answers', {}, among)} GROUP BY learner
      UNION DISTINCT SELECT learner FROM ${scoped('masteries', {}, among)} WHERE evidence > 0`,
    answer: (row) => text(row.learner),
  };
}

export interface ItemPlaced {
  readonly item: string;
  readonly prefix: boolean;
  readonly holdsFrom: string;
  readonly skills: readonly string[];
  readonly subject: string;
  readonly difficulty: number;
}

/** Every placement of every item, in the order in which they hold. */
export function itemPlacements(): Question<ItemPlaced> {
  return {
    name: 'itemPlacements',
    sql: sql`SELECT item, prefix, toUnixTimestamp64Milli(holds_from) AS holds, skills, subject, difficulty FROM ${scoped('item_placements')}
      ORDER BY holds_from, recorded_at, log_partition, log_offset, item, prefix`,
    answer: (row) => ({
      item: text(row.item),
      prefix: number(row.prefix) === 1,
      holdsFrom: instant(row.holds),
      skills: row.skills as readonly string[],
      subject: text(row.subject),
      difficulty: number(row.difficulty),
    }),
  };
}

export interface KnowledgeVersion {
  readonly subject: string;
  readonly model: string;
  readonly kind: string;
  readonly holdsFrom: string;
  readonly recordedAt: string;
  /** The fact's data. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Models of knowledge in the order in which they hold. */
export function knowledgeVersions(): Question<KnowledgeVersion> {
  return {
    name: 'knowledgeVersions',
    sql: sql`SELECT subject, model, kind, toUnixTimestamp64Milli(holds_from) AS holds, toUnixTimestamp64Milli(recorded_at) AS recorded, body
      FROM ${scoped('knowledge_versions')} ORDER BY holds_from, recorded_at, log_partition, log_offset`,
    answer: (row) => ({
      subject: text(row.subject),
      model: text(row.model),
      kind: text(row.kind),
      holdsFrom: instant(row.holds),
      recordedAt: instant(row.recorded),
      data: JSON.parse(text(row.body)) as Readonly<Record<string, unknown>>,
    }),
  };
}

/** What is known of a canonical learner and a skill. */
export interface Mastery {
  readonly learner: string;
  readonly skill: string;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly evidence: number;
  readonly trend: number;
  /** Right answers in a row, up to the last. */
  readonly run: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
  readonly reviewAt: number;
  /** Of the memory: days to a chance of 0.9, and 1 to 10. */
  readonly stability: number;
  readonly difficulty: number;
  readonly version: string;
}

/** What some canonical learners know. Reads neighbours in the table's own order. */
export function masteriesOf(learners: readonly string[]): Question<Mastery> {
  return {
    name: 'masteriesOf',
    // Named and not all: rows come as text, and a class has thousands of them. Learners are looked up before the other columns are read (a fifth of the time,
    // 35 learners far from each other); by the sort key alone, which FINAL leaves as it is.
    sql: sql`SELECT learner, skill, probability, low, high, evidence, trend, run, stability, difficulty, version,
        toUnixTimestamp64Milli(last_at) AS last_ms, toUnixTimestamp64Milli(review_at) AS review_ms
      FROM ${scoped('masteries', {}, sql` AND learner IN ${bind('Array(String)', learners)}`)} WHERE evidence > 0 ORDER BY learner, skill SETTINGS optimize_move_to_prewhere_if_final = 1`,
    answer: (row) => ({
      learner: text(row.learner),
      skill: text(row.skill),
      probability: number(row.probability),
      low: number(row.low),
      high: number(row.high),
      evidence: number(row.evidence),
      trend: number(row.trend),
      run: number(row.run),
      lastAt: number(row.last_ms),
      reviewAt: number(row.review_ms),
      stability: number(row.stability),
      difficulty: number(row.difficulty),
      version: text(row.version),
    }),
  };
}

/** Which skills stand in the table for which tokens. */
export function standingSkills(tokens: readonly string[]): Question<{ readonly learner: string; readonly skill: string }> {
  return {
    name: 'standingSkills',
    sql: sql`SELECT learner, skill FROM ${scoped('masteries', {}, sql` AND learner IN ${bind('Array(String)', tokens)}`)} WHERE evidence > 0 ORDER BY learner, skill`,
    answer: (row) => ({ learner: text(row.learner), skill: text(row.skill) }),
  };
}

export interface LastLevel {
  readonly learner: string;
  readonly skill: string;
  /** Empty where no answer was left. */
  readonly level: string;
  readonly asOf: string;
}

/** The level that was last told of each skill of some learners. */
export function lastLevels(learners: readonly string[]): Question<LastLevel> {
  return {
    name: 'lastLevels',
    sql: sql`SELECT learner, skill, level, toUnixTimestamp64Milli(as_of) AS at FROM ${scoped('mastery', {}, sql` AND learner IN ${bind('Array(String)', learners)}`)}
      ORDER BY learner, skill, recorded_at DESC, log_offset DESC, id DESC LIMIT 1 BY learner, skill`,
    answer: (row) => ({ learner: text(row.learner), skill: text(row.skill), level: text(row.level), asOf: instant(row.at) }),
  };
}

/** A step of a tenant's own scheme of levels. */
export interface StatedLevel {
  readonly name: string;
  readonly from: number;
  readonly answers: number;
}

/** The tenant's levels as it last decided on them; undefined where it never did. */
export function masteryLevelsOf(): Question<readonly StatedLevel[]> {
  return {
    name: 'masteryLevelsOf',
    sql: sql`SELECT body FROM ${scoped('governance_facts', {}, sql` AND type = 'PolicyChanged'`)}
      WHERE JSONExtractString(body, 'policy') = 'mastery' ORDER BY recorded_at DESC, log_offset DESC LIMIT 1`,
    answer: (row) => (JSON.parse(text(row.body)) as { readonly value: { readonly levels: readonly StatedLevel[] } }).value.levels,
  };
}
