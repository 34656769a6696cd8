import { describe, expect, it } from '@jest/globals';
import { BASELINE, chooseChampion } from './choose-champion.js';
import { type LearnerAttempts } from './knowledge-model.js';
import { priorKnowledge } from './prior.js';
import { restoreKnowledge } from './restore-knowledge.js';
import { createRandom } from '../random.js';
import { simulatedAnswers } from './simulated-answers.js';

const baseline = priorKnowledge('', 0);
const among = ['elo', 'best-lr'];
const learners = simulatedAnswers({ learners: 80, answers: 40, items: 30, skills: 3, seed: 3 });

describe('the champion of a subject', () => {
  it('beats what was there before anything was learned, and follows learners on from its learned values', () => {
    const { champion, evaluation } = chooseChampion(learners, { seed: 1, among, baseline });
    expect(evaluation.map(({ kind }) => kind)).toEqual([BASELINE, ...among]);
    const chosen = evaluation.find(({ kind }) => kind === champion!.kind)!;
    expect(chosen.logLoss).toBeLessThan(evaluation[0]!.logLoss - 0.02);
    expect(chosen.answers).toBeGreaterThan(500);
    const model = restoreKnowledge(champion!.learned);
    expect(model.predict(model.start(), learners[0]!.attempts[0]!)).toBeGreaterThan(0);
  });

  it('is nobody where answers are chance: the baseline stays', () => {
    const random = createRandom(5);
    const chance: LearnerAttempts[] = Array.from({ length: 60 }, (_, learner) => ({
      learner: String(learner),
      attempts: Array.from({ length: 20 }, (__, at) => ({ item: `i${random.integer(40)}`, skills: ['s'], at: at * 60, correct: random.uniform() < 0.6 })),
    })); // prettier-ignore
    const flat = {
      ...baseline,
      kind: 'elo' as const,
      start: () => 0,
      update: () => 0,
      predict: () => 0.6,
      toLearned: () => baseline.toLearned(),
    };
    expect(chooseChampion(chance, { seed: 1, among: ['elo'], baseline: flat, leastAnswers: 100 }).champion).toBeNull();
  });

  it('peeks at nothing: what comes after the cut changes no earlier fit', () => {
    // Each learner's last answer names by its item how it went: whoever learned from these answers would foretell them all.
    const planted: LearnerAttempts[] = simulatedAnswers({ learners: 200, answers: 5, items: 10, skills: 2, seed: 9 }).map(({ learner, attempts }) => ({
      learner,
      attempts: attempts.map((one, at) => (at < 4 ? { ...one, at } : { ...one, at: 1_000_000, item: `late-${one.correct}`, skills: ['late'] })),
    })); // prettier-ignore
    const [, elo] = chooseChampion(planted, { seed: 1, among: ['elo'], baseline }).evaluation;
    expect(elo!.answers).toBe(200);
    expect(elo!.auc).toBeLessThan(0.8);
  });

  it('is not chosen from a handful of answers', () => {
    expect(() => chooseChampion(learners.slice(0, 2), { seed: 1, among, baseline })).toThrow('80 answers; 500 are needed');
    expect(() => chooseChampion(learners, { seed: 1, among: ['oracle'], baseline })).toThrow('no candidate is called oracle');
  });
});
