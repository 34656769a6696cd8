import { ModelError } from '../model-error.js';
import { type Attempt, type LearnerAttempts } from './knowledge-model.js';

/** One line of a table of answers: one answer and one of its skills. */
export interface AnswerRow {
  readonly learner: string;
  readonly item: string;
  /** Seconds. */
  readonly at: number;
  readonly correct: boolean;
  /** Absent or empty where the item has none. */
  readonly skill?: string;
  /** Names one answer where the source does; else learner, item and moment name it. */
  readonly answer?: string;
}

/**
 * Rows as histories: learners as they come, their answers by time (equal moments stay as they come). Rows that tell one answer once per skill become one
 * answer with several skills; otherwise the first row would give the second one away.
 *
 * @example historiesOf([{ learner: 'a', item: 'i', at: 1, correct: true, skill: 's' }])
 */
export function historiesOf(rows: Iterable<AnswerRow>): LearnerAttempts[] {
  const learners = new Map<string, Map<string, { item: string; at: number; correct: boolean; skills: string[] }>>();
  for (const { learner, item, at, correct, skill, answer } of rows) {
    let answers = learners.get(learner);
    if (!answers) learners.set(learner, (answers = new Map<string, { item: string; at: number; correct: boolean; skills: string[] }>()));
    const name = answer ?? `${at}\t${item}`;
    const known = answers.get(name);
    const repeated = known?.item === item && known.correct === correct && skill !== undefined && !known.skills.includes(skill);
    if (known && repeated) known.skills.push(skill);
    else answers.set(known ? `${name}\t${answers.size}` : name, { item, at, correct, skills: skill ? [skill] : [] });
  }
  return [...learners].map(([learner, answers]) => ({ learner, attempts: [...answers.values()].sort((a, b) => a.at - b.at) }));
}

/** Counts the answers of a fit. @throws ModelError 'too-few-rows', 'bad-value' */
export function checkHistories(learners: readonly LearnerAttempts[]): number {
  let rows = 0;
  for (const { attempts } of learners) {
    for (const { at } of attempts) if (!Number.isFinite(at)) throw new ModelError('bad-value', `${at} is not a moment in seconds`);
    rows += attempts.length;
  }
  if (rows === 0) throw new ModelError('too-few-rows', 'there are no answers to learn from');
  return rows;
}

/** Attempts of all learners in time order across learners; equal moments by learner, then as they came. */
export function inTimeOrder(learners: readonly LearnerAttempts[]): readonly { readonly learner: number; readonly attempt: Attempt }[] {
  const all = learners.flatMap(({ attempts }, learner) => attempts.map((attempt) => ({ learner, attempt })));
  return all.sort((a, b) => a.attempt.at - b.attempt.at || a.learner - b.learner);
}
