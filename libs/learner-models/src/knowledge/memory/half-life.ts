import { ModelError } from '../../model-error.js';
import { type Learned } from '../../risk-model.js';
import { checkHistories } from '../histories.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';
import { minimise } from '../regression/minimise.js';
import { emptyTrace, momentOf, remember, type Trace } from '../trace.js';

export interface LearnedHalfLife extends Learned {
  readonly kind: 'half-life';
  readonly version: 1;
  /** Of 1, sqrt(1 + rights) and sqrt(1 + wrongs), in doublings of a day. */
  readonly weights: readonly number[];
  /** Rate of first answers to a skill. */
  readonly first: number;
}

const DAY = 86_400;
/** Half-lives lie between a quarter of an hour and nine months, as in the paper. */
const SHORTEST = Math.log2(15 / (24 * 60));
const LONGEST = Math.log2(274);
const LAMBDA = 0.1;

interface Row {
  readonly x: readonly [number, number, number];
  readonly days: number;
  readonly right: number;
}

/**
 * Half-life regression (Settles and Meeder 2016): the chance of remembering is 2^(-pause / half-life), the half-life 2^(weights · practice). Weights minimise squared errors plus a quadratic
 * penalty; the paper's second term, the error of half-lives, needs rates of several tries at once and has no counterpart in single answers.
 *
 * @example new HalfLife().fit(learners)
 */
export class HalfLife implements BatchKnowledgeModel<Trace> {
  readonly kind = 'half-life';
  #weights: readonly number[] | undefined;
  #first = 0.5;

  static fromLearned(learned: LearnedHalfLife): HalfLife {
    if (learned.kind !== 'half-life' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of half-lives');
    const model = new HalfLife();
    model.#weights = [...learned.weights];
    model.#first = learned.first;
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    checkHistories(learners);
    const rows: Row[] = [];
    let firsts = 0;
    let firstRights = 0;
    for (const { attempts } of [...learners].sort((a, b) => (a.learner < b.learner ? -1 : 1))) {
      let trace = emptyTrace();
      for (const attempt of attempts) {
        const right = attempt.correct ? 1 : 0;
        const found = practice(trace, attempt);
        if (found.length === 0) {
          firsts++;
          firstRights += right;
        }
        for (const each of found) rows.push({ ...each, right });
        trace = remember(trace, attempt, 0);
      }
    }
    this.#first = (firstRights + 1) / (firsts + 2);
    this.#weights = [...minimise((at, gradient) => squaredErrors(rows, at, gradient), Float64Array.of(3, 0, 0)).at];
    return this;
  }

  start(): Trace {
    return emptyTrace();
  }

  update(trace: Trace, attempt: Attempt): Trace {
    return remember(trace, attempt, 0);
  }

  predict(trace: Trace, asked: Asked): number {
    if (!this.#weights) throw new ModelError('not-fitted', 'half-lives have not been fitted');
    const found = practice(trace, asked);
    if (found.length === 0) return this.#first;
    let sum = 0;
    for (const { x, days } of found) sum += recall(doublings(x, this.#weights), days);
    return sum / found.length;
  }

  toLearned(): LearnedHalfLife {
    if (!this.#weights) throw new ModelError('not-fitted', 'half-lives have not been fitted');
    return { kind: 'half-life', version: 1, weights: this.#weights, first: this.#first };
  }
}

function practice(trace: Trace, asked: Asked): Omit<Row, 'right'>[] {
  const at = momentOf(trace, asked.at);
  return asked.skills.flatMap((skill) => {
    const strand = trace.skills.get(skill);
    if (!strand) return [];
    return [
      { x: [1, Math.sqrt(1 + strand.wins), Math.sqrt(1 + strand.attempts - strand.wins)] as const, days: (at - strand.lastAt) / DAY },
    ];
  });
}

const doublings = (x: readonly [number, number, number], weights: ArrayLike<number>): number =>
  x[0] * weights[0]! + x[1] * weights[1]! + x[2] * weights[2]!;

function recall(raw: number, days: number): number {
  const p = 2 ** (-days / 2 ** Math.min(LONGEST, Math.max(SHORTEST, raw)));
  return Math.min(0.999, Math.max(0.001, p));
}

function squaredErrors(rows: readonly Row[], at: Float64Array, gradient: Float64Array): number {
  gradient.fill(0);
  let sum = 0;
  for (const { x, days, right } of rows) {
    const raw = doublings(x, at);
    const p = recall(raw, days);
    sum += (p - right) ** 2;
    if (raw <= SHORTEST || raw >= LONGEST || p <= 0.001 || p >= 0.999) continue;
    // d p / d raw = p × (ln 2)² × pause / half-life
    const push = 2 * (p - right) * p * Math.LN2 ** 2 * (days / 2 ** raw);
    for (let k = 0; k < 3; k++) gradient[k]! += push * x[k]!;
  }
  for (let k = 0; k < 3; k++) {
    sum += LAMBDA * at[k]! ** 2;
    gradient[k]! += 2 * LAMBDA * at[k]!;
  }
  return sum;
}
