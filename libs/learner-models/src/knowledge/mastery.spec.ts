import { describe, expect, it } from '@jest/globals';
import { levelOf, type LoggedAttempt, masteryOf, remembered, usualLevels } from './mastery.js';
import { Bkt } from './tracing/bkt.js';
import { simulatedAnswers } from './simulated-answers.js';
import { priorKnowledge } from './prior.js';
import { Elo } from './tracing/elo.js';

const training = simulatedAnswers({ learners: 40, answers: 50, items: 20, skills: 3, seed: 1 });
const model = new Elo().fit(training);
const later = new Elo().fit(training.slice(0, 30));
const answers = (correct: (at: number) => boolean, count = 20): LoggedAttempt[] =>
  Array.from({ length: count }, (_, at) => ({
    item: `item-${at % 5}`,
    skills: ['skill-1'],
    at: 1000 + at * 60,
    correct: correct(at),
    version: 'v1',
  }));

describe('mastery of a learner', () => {
  it('rises with rights, falls with wrongs, and an interval narrows with answers', () => {
    const right = masteryOf(
      answers(() => true),
      () => model,
    ).get('skill-1')!;
    const wrong = masteryOf(
      answers(() => false),
      () => model,
    ).get('skill-1')!;
    const few = masteryOf(
      answers((at) => at % 2 === 0, 4),
      () => model,
    ).get('skill-1')!;
    const many = masteryOf(
      answers((at) => at % 2 === 0, 40),
      () => model,
    ).get('skill-1')!;
    expect(right.probability).toBeGreaterThan(wrong.probability + 0.3);
    expect(right.trend).toBeGreaterThan(0);
    expect(wrong.trend).toBeLessThan(0);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    for (const { low, probability, high } of [right, wrong, few, many]) expect(low < probability && probability < high).toBe(true);
    expect(few.trend).toBe(0);
  });

  it('is the same to the last bit when it is folded again', () => {
    const log = training[0]!.attempts.map((attempt, at) => ({ ...attempt, version: at < 20 ? 'v1' : 'v2' }));
    const versions = (version: string) => (version === 'v1' ? model : later);
    expect([...masteryOf(log, versions)]).toEqual([...masteryOf(structuredClone(log), versions)]);
  });

  it('folds an answer with the version in force when it was recorded', () => {
    const log = training[0]!.attempts.map((attempt) => ({ ...attempt, version: 'v1' }));
    const changed = log.map((attempt, at) => ({ ...attempt, version: at < 20 ? 'v1' : 'v2' }));
    const modelOf = (version: string) => (version === 'v1' ? model : later);
    expect(masteryOf(log.slice(0, 20), modelOf)).toEqual(masteryOf(changed.slice(0, 20), modelOf));
    expect([...masteryOf(log, modelOf).values()].map(({ probability }) => probability)).not.toEqual(
      [...masteryOf(changed, modelOf).values()].map(({ probability }) => probability),
    );
  });

  it('goes on with a version of another kind as if that had read all answers', () => {
    const other = new Bkt().fit(training);
    const log = training[0]!.attempts.map((attempt, at) => ({ ...attempt, version: at < 20 ? 'elo' : 'bkt' }));
    const changed = masteryOf(log, (version) => (version === 'elo' ? model : other));
    const always = masteryOf(log, () => other);
    for (const [skill, { probability, run }] of changed) expect({ probability, run }).toEqual({ probability: always.get(skill)!.probability, run: always.get(skill)!.run });
  }); // prettier-ignore

  it('counts rights in a row up to the last answer', () => {
    const runOf = (correct: (at: number) => boolean) => masteryOf(answers(correct, 6), () => model).get('skill-1')!.run;
    expect([runOf(() => true), runOf((at) => at !== 3), runOf((at) => at < 5)]).toEqual([6, 2, 0]);
  }); // prettier-ignore

  it('follows a learner before anybody was seen, harder items counting for more', () => {
    const log = (difficulty: number) => answers(() => true, 8).map((one) => ({ ...one, version: String(difficulty) }));
    const of = (difficulty: number) => masteryOf(log(difficulty), (version) => priorKnowledge('', Number(version))).get('skill-1')!.probability;
    const hard = masteryOf(log(1), (version) => priorKnowledge('item-0', Number(version))).get('skill-1')!.probability;
    expect(of(0)).toBeGreaterThan(0.75);
    expect(hard).toBeGreaterThan(of(0));
  }); // prettier-ignore

  it('forgets with time, and a review falls due later the longer practice was remembered', () => {
    const day = 86_400;
    const spaced = masteryOf(
      answers(() => true).map((one, at) => ({ ...one, at: at * 7 * day })),
      () => model,
    ).get('skill-1')!;
    const crammed = masteryOf(
      answers(() => true),
      () => model,
    ).get('skill-1')!;
    expect(remembered(spaced, spaced.lastAt)).toBeCloseTo(1, 6);
    expect(remembered(spaced, spaced.lastAt + 400 * day)).toBeLessThan(remembered(spaced, spaced.lastAt + 40 * day));
    expect(spaced.reviewAt - spaced.lastAt).toBeGreaterThan(crammed.reviewAt - crammed.lastAt);
    expect(remembered(spaced, spaced.reviewAt)).toBeCloseTo(0.9, 2);
  });

  it('knows nothing of who never answered, and gives numbers after one answer', () => {
    expect(masteryOf([], () => model).size).toBe(0);
    const [one] = masteryOf(
      answers(() => false, 1),
      () => model,
    ).values();
    expect(
      Object.values(one!)
        .filter((value) => typeof value === 'number')
        .every(Number.isFinite),
    ).toBe(true);
  });

  it('has a level that needs both chance and answers', () => {
    expect(levelOf({ probability: 0.97, evidence: 0 })).toBeUndefined();
    expect(levelOf({ probability: 0.97, evidence: 1 })).toBe('attempted');
    expect(levelOf({ probability: 0.97, evidence: 5 })).toBe('mastered');
    expect(levelOf({ probability: 0.85, evidence: 50 })).toBe('proficient');
    expect(() => levelOf({ probability: 0.9, evidence: 9 }, usualLevels.toReversed())).toThrow('begins below');
  });
});
