import { BoostedKnowledge } from './boosted/boosted-knowledge.js';
import { ItemResponse } from './item-response/item-response.js';
import { type BatchKnowledgeModel } from './knowledge-model.js';
import { HalfLife } from './memory/half-life.js';
import { SpacedMemory } from './memory/spaced-memory.js';
import { RegressionKnowledge } from './regression/regression-knowledge.js';
import { Bkt } from './tracing/bkt.js';
import { Elo } from './tracing/elo.js';

/** Every model that may become champion of a subject, by its name, with its usual settings. */
export const candidates: Readonly<Record<string, (seed: number) => BatchKnowledgeModel>> = {
  boosted: (seed) => new BoostedKnowledge({ seed }),
  elo: () => new Elo(),
  'best-lr': () => new RegressionKnowledge('best-lr'),
  das3h: () => new RegressionKnowledge('das3h'),
  pfa: () => new RegressionKnowledge('pfa'),
  bkt: () => new Bkt(),
  irt: () => new ItemResponse('2pl'),
  memory: () => new SpacedMemory(),
  'half-life': () => new HalfLife(),
};
