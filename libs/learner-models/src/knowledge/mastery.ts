import { probabilityOf, logOddsOf } from '../log-odds.js';
import { ModelError } from '../model-error.js';
import { type Attempt, type KnowledgeModel } from './knowledge-model.js';
import { afterAnswer, type Memory, retrievability, reviewAfter } from './memory/spaced-memory.js';

/** A step of a tenant's scheme: reached from this chance on, with so many answers behind it. */
export interface MasteryLevel {
  readonly name: string;
  readonly from: number;
  readonly answers: number;
}

/** Levels from the lowest to the highest; the lowest is reached by one answer. */
export const usualLevels: readonly MasteryLevel[] = [
  { name: 'attempted', from: 0, answers: 1 },
  { name: 'familiar', from: 0.6, answers: 2 },
  { name: 'proficient', from: 0.8, answers: 3 },
  { name: 'mastered', from: 0.95, answers: 5 },
];

/** What is known of one learner and one skill as of the last answer to it. Nothing in it depends on the clock. */
export interface SkillMastery {
  readonly skill: string;
  /** The chance of a right answer to a usual item of the skill. */
  readonly probability: number;
  /** 95 % interval: how little so few answers can say. */
  readonly low: number;
  readonly high: number;
  readonly evidence: number;
  /** Right answers in a row, up to the last. */
  readonly run: number;
  /** The chance now less the chance five answers to the skill before; 0 with fewer. */
  readonly trend: number;
  /** Seconds of the learner's last answer to the skill. */
  readonly lastAt: number;
  /** Days until what was learned is remembered with a chance of 0.9. */
  readonly stability: number;
  /** Difficulty of the memory, from 1 to 10. */
  readonly difficulty: number;
  /** Seconds at which a review is due. */
  readonly reviewAt: number;
  /** Name of the version that the last answer was folded with. */
  readonly version: string;
}

/** An answer as it stands in the log, and the name of the version of items and skills that was in force when it was recorded. */
export interface LoggedAttempt extends Attempt {
  readonly version: string;
}

/** Answers that a newcomer's skill counts as having behind it: keeps intervals of the first answers wide, but not absurd. */
const PRIOR_ANSWERS = 2;
const TREND_ANSWERS = 5;
/** A review is due when the chance of remembering has fallen to this. */
const RETENTION = 0.9;

/**
 * Follows one learner through their answers in the order of the log and tells what is known of each skill. The same answers and versions give the same numbers to the last bit, in a
 * live fold as in a rebuild. Each answer is folded with the version that was in force when it was recorded; a later version of the same kind takes over the learner's state as it
 * stands, one of another kind reads the answers so far again, because it remembers other things of them.
 *
 * The interval is that of log-odds after `evidence` answers: ± 1.96 / sqrt((evidence + 2) p (1 - p)).
 *
 * @param modelOf the model of a version
 * @throws ModelError 'bad-value' for a moment that is none
 * @example masteryOf(answers, () => model).get('fractions')?.probability // => 0.84
 */
export function masteryOf(
  answers: readonly LoggedAttempt[],
  modelOf: (version: string) => KnowledgeModel,
): ReadonlyMap<string, SkillMastery> {
  const found = new Map<string, SkillMastery>();
  const memories = new Map<string, Memory>();
  const counts = new Map<string, number>();
  for (const { skills } of answers) for (const skill of skills) counts.set(skill, (counts.get(skill) ?? 0) + 1);
  const past = new Map<string, { evidence: number; run: number; before: number; now: number }>();
  const first = answers[0];
  if (!first) return found;
  let { kind } = modelOf(first.version);
  let state = modelOf(first.version).start();
  const last = new Map<string, LoggedAttempt>();
  answers.forEach((answer, at) => {
    const model = modelOf(answer.version);
    if (model.kind !== kind) {
      state = answers.slice(0, at).reduce((so, earlier) => model.update(so, earlier), model.start());
      kind = model.kind;
    }
    state = model.update(state, answer);
    for (const skill of answer.skills) {
      memories.set(skill, afterAnswer(memories.get(skill), answer.correct, answer.at));
      last.set(skill, answer);
      const so = past.get(skill) ?? { evidence: 0, run: 0, before: NaN, now: NaN };
      so.evidence++;
      so.run = answer.correct ? so.run + 1 : 0;
      // A prediction costs more than an update: only the two that are told are made.
      const left = counts.get(skill)! - so.evidence;
      if (left === 0) so.now = model.predict(state, usualItem(skill, answer.at));
      if (left === TREND_ANSWERS) so.before = model.predict(state, usualItem(skill, answer.at));
      past.set(skill, so);
    }
  });
  for (const [skill, { evidence, run, before, now: probability }] of past) {
    const spread = 1.96 / Math.sqrt((evidence + PRIOR_ANSWERS) * probability * (1 - probability));
    const memory = memories.get(skill)!;
    found.set(skill, {
      skill,
      probability,
      low: probabilityOf(logOddsOf(probability) - spread),
      high: probabilityOf(logOddsOf(probability) + spread),
      evidence,
      run,
      trend: evidence > TREND_ANSWERS ? probability - before : 0,
      lastAt: memory.at,
      stability: memory.stability,
      difficulty: memory.difficulty,
      reviewAt: memory.at + reviewAfter(memory, RETENTION),
      version: last.get(skill)!.version,
    });
  }
  return found;
}

/** An item that nobody knows anything of beyond its skill: it stands for what is usual there. */
const usualItem = (skill: string, at: number) => ({ item: '', skills: [skill], at });

/** The chance that a skill is still remembered at a moment, 1 right after practice. */
export function remembered({ lastAt, stability, difficulty }: SkillMastery, at: number): number {
  return retrievability({ stability, difficulty, at: lastAt }, at);
}

/**
 * The highest level whose chance and answers are reached; undefined for a skill without answers.
 *
 * @throws ModelError 'bad-settings' where the levels do not rise
 * @example levelOf({ probability: 0.85, evidence: 4 }) // => 'proficient'
 */
export function levelOf(
  { probability, evidence }: Pick<SkillMastery, 'probability' | 'evidence'>,
  levels: readonly MasteryLevel[] = usualLevels,
): string | undefined {
  levels.forEach(({ name, from }, at) => {
    if (at > 0 && from < levels[at - 1]!.from) throw new ModelError('bad-settings', `level ${name} begins below the one under it`);
  });
  return levels.findLast(({ from, answers }) => probability >= from && evidence >= answers)?.name;
}
