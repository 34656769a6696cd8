import { describe, expect, it } from '@jest/globals';
import { knowledgeModelChecks } from '../checks/knowledge-model-checks.js';
import { Blend } from './blend.js';
import { BoostedKnowledge } from './boosted/boosted-knowledge.js';
import { ItemResponse } from './item-response/item-response.js';
import { type BatchKnowledgeModel } from './knowledge-model.js';
import { HalfLife } from './memory/half-life.js';
import { SpacedMemory } from './memory/spaced-memory.js';
import { RegressionKnowledge } from './regression/regression-knowledge.js';
import { Bkt } from './tracing/bkt.js';
import { Elo } from './tracing/elo.js';

/** Models that look at skills alone see little of learners who differ by items: they only have to beat a coin. */
const models: readonly [string, (seed: number) => BatchKnowledgeModel, number][] = [
  ['Elo', () => new Elo(), 0.7],
  ['knowledge tracing', () => new Bkt(), 0.55],
  ['PFA', () => new RegressionKnowledge('pfa'), 0.55],
  ['Best-LR', () => new RegressionKnowledge('best-lr'), 0.7],
  ['DAS3H', () => new RegressionKnowledge('das3h'), 0.7],
  ['item response theory', () => new ItemResponse('2pl'), 0.7],
  ['spaced memory', () => new SpacedMemory(), 0.6],
  ['half-life', () => new HalfLife(), 0.5],
  ['boosted trees', (seed) => new BoostedKnowledge({ seed, rounds: 30, learningRate: 0.2, leaves: 6 }), 0.68],
  ['a blend', () => new Blend([new Elo(), new RegressionKnowledge('best-lr')], [0.5, 0.5]), 0.7],
];

describe.each(models)('%s', (_, create, least) => {
  it.each(knowledgeModelChecks(create, least))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});
