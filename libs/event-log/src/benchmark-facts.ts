import { factId, type NewFact } from '@pharos/facts';
import { type Claimed } from './event-log.js';

const LEARNERS = 500;
const EXTENSIONS = 'https://w3id.org/xapi/video/extensions';

/**
 * Facts as a video platform sends them, about 1.4 KB each: long names that recur, ids and numbers that do not.
 * The same seed number gives the same fact.
 */
export function videoFact(seed: number): NewFact {
  const learner = factId('learner', seed % LEARNERS);
  const activity = `https://courses.example/xblock/video/${seed % 97}`;
  const occurredAt = new Date(Date.UTC(2026, 8, 1) + seed * 1_000).toISOString();
  const statement = {
    actor: { objectType: 'Agent', account: { homePage: 'https://pharos.example/learner', name: learner } },
    verb: { id: 'https://w3id.org/xapi/video/verbs/seeked', display: { 'en-US': 'seeked' } },
    object: {
      id: activity,
      objectType: 'Activity',
      definition: { type: 'https://w3id.org/xapi/video/activity-type/video', name: { 'en-US': `Lesson ${seed % 97}` } },
    },
    context: {
      contextActivities: {
        parent: [{ id: 'https://courses.example/course/algebra', objectType: 'Activity' }],
        category: [{ id: 'https://w3id.org/xapi/video', objectType: 'Activity' }],
      },
      extensions: { [`${EXTENSIONS}/session-id`]: factId('session', seed), [`${EXTENSIONS}/length`]: 600 + (seed % 13) / 7 },
    },
    result: { extensions: { [`${EXTENSIONS}/time-from`]: (seed * 7.31) % 600, [`${EXTENSIONS}/time-to`]: (seed * 3.17) % 600 } },
    timestamp: occurredAt,
  };
  const data = {
    statement, xapi: '1.0.3' as const, hash: hashOf(seed), credential: 'platform', learner, verb: statement.verb.id, activity,
    activityType: statement.object.definition.type, kind: 'video' as const, action: 'interacted' as const,
    context: ['https://courses.example/course/algebra'], amount: 1,
  }; // prettier-ignore
  return { id: factId('fact', seed), type: 'StatementRecorded', version: 1, tenant: 'district', key: learner, occurredAt, data };
}

/** The same under its claim. */
export function claimedVideoFact(seed: number): Claimed {
  const fact = videoFact(seed);
  return { fact, claim: { tenant: fact.tenant, id: fact.id, hash: hashOf(seed) } };
}

const hashOf = (seed: number) => factId('content', seed).replaceAll('-', '').repeat(2);
