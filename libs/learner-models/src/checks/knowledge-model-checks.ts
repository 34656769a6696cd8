import assert from 'node:assert/strict';
import { foretell } from '../knowledge/evaluate-answers.js';
import { type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge/knowledge-model.js';
import { restoreKnowledge } from '../knowledge/restore-knowledge.js';
import { simulatedAnswers } from '../knowledge/simulated-answers.js';
import { learnedHash } from '../learned-hash.js';
import { rocAuc } from '../metrics/roc-auc.js';
import { isModelError, type ModelErrorCode } from '../model-error.js';
import { type Learned } from '../risk-model.js';
import { type RiskModelCheck } from './risk-model-checks.js';

const shape = { learners: 60, answers: 60, items: 40, skills: 4 };

/**
 * The checks that every model of knowledge passes.
 *
 * @param create makes an unfitted model with the seed given
 * @param least the area under the curve to reach on simulated learners; how much there is to see depends on what a model looks at
 * @example it.each(knowledgeModelChecks(() => new Elo(), 0.6))('$name', ({ run }) => expect(run).not.toThrow())
 */
export function knowledgeModelChecks(create: (seed: number) => BatchKnowledgeModel, least: number): RiskModelCheck[] {
  const training = simulatedAnswers({ ...shape, seed: 1 });
  const others = simulatedAnswers({ ...shape, learners: 20, seed: 2 });
  const asked = { item: 'item-3', skills: ['skill-3'], at: 2_000_000 };
  let known: BatchKnowledgeModel | undefined;
  // One fit serves the checks that only ask; a fit repeats to the last bit, which is a check of its own.
  const fitted = (): BatchKnowledgeModel => (known ??= create(1).fit(training));
  const scores = (model: BatchKnowledgeModel, learners: readonly LearnerAttempts[] = others): Float64Array =>
    foretell(model, learners).score;

  const checks: Record<string, () => void> = {
    'learns the same values from the same seed': () => {
      assert.equal(learnedHash(create(1).fit(training).toLearned()), learnedHash(fitted().toLearned()));
    },
    'does not care about the order of learners': () => {
      close(scores(create(1).fit(training.toReversed())), scores(fitted()), 2e-2);
    },
    'does not care what items and skills are called': () => {
      const renamed = (learners: readonly LearnerAttempts[]): LearnerAttempts[] =>
        learners.map(({ learner, attempts }) => ({
          learner,
          attempts: attempts.map(({ item, skills, ...rest }) => ({
            item: `z${item.length}-${item}`,
            skills: skills.map((skill) => `__proto__${skill}`),
            ...rest,
          })),
        }));
      close(scores(create(1).fit(renamed(training)), renamed(others)), scores(fitted()), 2e-2);
    },
    'foretells the other answer with the other chance when right and wrong change places': () => {
      const swapped = (learners: readonly LearnerAttempts[]): LearnerAttempts[] =>
        learners.map(({ learner, attempts }) => ({
          learner,
          attempts: attempts.map((attempt) => ({ ...attempt, correct: !attempt.correct })),
        }));
      const { score, target } = foretell(create(1).fit(swapped(training)), swapped(others));
      assert.ok(rocAuc({ score, target }) > 0.5, 'it ranks worse than a coin when labels are swapped');
    },
    'sees nothing of an answer before it is given': () => {
      const history = others[0]!.attempts;
      const flipped = history.map((attempt, at) => (at >= 30 ? { ...attempt, correct: !attempt.correct } : attempt));
      const before = scores(fitted(), [{ learner: 'a', attempts: history }]).slice(0, 31);
      close(scores(fitted(), [{ learner: 'a', attempts: flipped }]).slice(0, 31), before, 0);
    },
    'asks without a trace': () => {
      const model = fitted();
      const state = history(model, others[0]!.attempts);
      const first = model.predict(state, asked);
      for (let k = 0; k < 5; k++) assert.equal(model.predict(state, asked), first);
    },
    'follows learners apart from each other': () => {
      const model = fitted();
      const [a, b] = [model.start(), model.start()];
      let one = a;
      let two = b;
      for (let k = 0; k < 20; k++) {
        one = model.update(one, others[0]!.attempts[k]!);
        two = model.update(two, others[1]!.attempts[k]!);
      }
      assert.equal(model.predict(one, asked), model.predict(history(model, others[0]!.attempts.slice(0, 20)), asked));
    },
    'gives what is usual for items and skills never met, and none': () => {
      for (const skills of [['never'], [], ['skill-1', 'never'], ['__proto__']]) {
        inside(fitted().predict(fitted().start(), { item: 'never', skills, at: 5 }));
      }
    },
    'keeps chances inside (0, 1) for endless rights, endless wrongs, and moments that go back': () => {
      for (const correct of [true, false]) {
        let state = fitted().start();
        for (let k = 0; k < 500; k++) {
          state = fitted().update(state, { ...asked, at: 2_000_000 - k * 1000, correct });
          inside(fitted().predict(state, { ...asked, at: 2_000_000 }));
        }
        inside(fitted().predict(state, { ...asked, at: 4e9 }));
      }
    },
    'refuses a moment that is none': () => {
      for (const at of [NaN, Infinity]) {
        refused('bad-value', () => fitted().update(fitted().start(), { ...asked, at, correct: true }));
        refused('bad-value', () => create(1).fit([{ learner: 'a', attempts: [{ ...asked, at, correct: true }] }]));
      }
    },
    'refuses to learn from nothing': () => {
      refused('too-few-rows', () => create(1).fit([]));
      refused('too-few-rows', () => create(1).fit([{ learner: 'a', attempts: [] }]));
    },
    'refuses to foretell before it is fitted': () => refused('not-fitted', () => create(1).predict(create(1).start(), asked)),
    'learns from one learner, from all right and from all wrong, or says why not': () => {
      const all = (correct: boolean): LearnerAttempts[] =>
        training.slice(0, 6).map(({ learner, attempts }) => ({ learner, attempts: attempts.map((a) => ({ ...a, correct })) }));
      const right = soundOrRefused(create, all(true));
      const wrong = soundOrRefused(create, all(false));
      assert.ok(right === undefined || wrong === undefined || right > wrong);
      soundOrRefused(create, training.slice(0, 1));
      soundOrRefused(create, [{ learner: 'a', attempts: [{ ...asked, correct: true }] }]);
    },
    'comes back from JSON with the same chances': () => {
      const restored = restoreKnowledge(JSON.parse(JSON.stringify(fitted().toLearned())) as Learned);
      assert.equal(learnedHash(restored.toLearned()), learnedHash(fitted().toLearned()));
      close(scores(restored), scores(fitted()), 0);
    },
    'ranks the answers of unseen learners': () => {
      const auc = rocAuc(foretell(fitted(), others));
      assert.ok(auc >= least, `${auc}`);
    },
  };
  return Object.entries(checks).map(([name, run]) => ({ name, run }));
}

function history(model: BatchKnowledgeModel, attempts: readonly Attempt[]): unknown {
  let state = model.start();
  for (const attempt of attempts) state = model.update(state, attempt);
  return state;
}

function soundOrRefused(create: (seed: number) => BatchKnowledgeModel, learners: readonly LearnerAttempts[]): number | undefined {
  try {
    const model = create(1).fit(learners);
    const p = model.predict(history(model, learners[0]!.attempts.slice(0, 1)), { item: 'item-3', skills: ['skill-3'], at: 2_000_000 });
    inside(p);
    return p;
  } catch (error) {
    if (isModelError(error) && error.message.length > 10) return undefined;
    throw error;
  }
}

function inside(p: number): void {
  assert.ok(p > 0 && p < 1, `${p} is no chance inside (0, 1)`);
}

function close(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, row) => assert.ok(Math.abs(value - expected[row]!) <= tolerance, `row ${row}: ${value} and ${expected[row]}`));
}

function refused(code: ModelErrorCode, attempt: () => unknown): void {
  assert.throws(attempt, (error) => isModelError(error) && error.code === code && error.message.length > 10);
}
