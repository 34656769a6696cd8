import { ModelError } from '../model-error.js';
import { type Learned } from '../risk-model.js';
import { Blend, type LearnedBlend } from './blend.js';
import { BoostedKnowledge, type LearnedBoosted } from './boosted/boosted-knowledge.js';
import { ItemResponse, type LearnedItemResponse } from './item-response/item-response.js';
import { type BatchKnowledgeModel, type KnowledgeKind } from './knowledge-model.js';
import { HalfLife, type LearnedHalfLife } from './memory/half-life.js';
import { type LearnedSpaced, SpacedMemory } from './memory/spaced-memory.js';
import { type LearnedRegression, RegressionKnowledge } from './regression/regression-knowledge.js';
import { Bkt, type LearnedBkt } from './tracing/bkt.js';
import { Elo, type LearnedElo } from './tracing/elo.js';

/**
 * A model of knowledge from its learned values.
 *
 * @throws ModelError 'bad-learned' for values of another kind or version
 */
export function restoreKnowledge(learned: Learned): BatchKnowledgeModel {
  const kind = learned.kind as KnowledgeKind;
  switch (kind) {
    case 'elo':
      return Elo.fromLearned(learned as LearnedElo);
    case 'bkt':
      return Bkt.fromLearned(learned as LearnedBkt);
    case 'best-lr':
    case 'pfa':
    case 'das3h':
      return RegressionKnowledge.fromLearned(learned as LearnedRegression);
    case 'irt':
      return ItemResponse.fromLearned(learned as LearnedItemResponse);
    case 'memory':
      return SpacedMemory.fromLearned(learned as LearnedSpaced);
    case 'half-life':
      return HalfLife.fromLearned(learned as LearnedHalfLife);
    case 'boosted':
      return BoostedKnowledge.fromLearned(learned as LearnedBoosted);
    case 'blend': {
      const { members, weights } = learned as LearnedBlend;
      return new Blend(members.map(restoreKnowledge), weights);
    }
    default:
      kind satisfies never;
      throw new ModelError('bad-learned', `no model of knowledge is called ${learned.kind}`);
  }
}
