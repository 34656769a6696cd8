/**
 * Where facts go. A fact's order is promised within its key only; a topic is a set of partitions by key.
 *
 * `partitions` is the embedded default. The reasons: people's facts are many and independent, so they are spread;
 * models, alerts, governance and what people decide about learning are few, and one partition each keeps their reading simple.
 */
export const TOPICS = {
  statements: { partitions: 4 },
  roster: { partitions: 4 },
  scores: { partitions: 4 },
  models: { partitions: 1 },
  alerts: { partitions: 1 },
  governance: { partitions: 1 },
  'dead-letters': { partitions: 1 },
  learning: { partitions: 1 },
} as const;

export type Topic = keyof typeof TOPICS;

export const topicNames = Object.keys(TOPICS) as readonly Topic[];
