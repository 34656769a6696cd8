export { type Envelope, type Unrecorded } from './envelope.js';
export { TOPICS, type Topic, topicNames } from './topics.js';
export { catalogue, type Fact, type FactKind, type FactNamed, type FactOf, kinds, type NewFact, topicOf } from './fact.js';
export { readFact, type ReadFact, type Upcaster, upcasters } from './read-fact.js';
export { factId } from './ids.js';
export { activityActions, activityKinds } from './statement-facts.js';
export { workKinds } from './roster-facts.js';
export { type Contribution, type Positions } from './model-facts.js';
export { closeCodes, type Reason } from './alert-facts.js';
