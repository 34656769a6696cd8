import { factId } from '@pharos/facts';
import { type SimulatedClass, type SimulatedWork } from './courses.js';
import { type SimulatedLearner } from './learners.js';

export type PlatformName = 'lms' | 'video' | 'practice';

/** A statement as one platform sends it. */
export interface SentStatement {
  readonly platform: PlatformName;
  readonly statement: Readonly<Record<string, unknown>>;
}

/** Each platform knows learners by an identifier of its own, as in real districts. The roster links them. */
const actorOf: Record<PlatformName, (learner: SimulatedLearner) => object> = {
  lms: (learner) => ({
    objectType: 'Agent',
    name: `${learner.givenName} ${learner.familyName}`,
    account: { homePage: 'https://lms.lakeshore.example', name: learner.sourcedId },
  }),
  video: (learner) => ({ mbox: `mailto:${learner.email}` }),
  practice: (learner) => ({
    objectType: 'Agent',
    account: { homePage: 'https://practice.lakeshore.example', name: learner.practiceAccount },
  }),
};

interface Parts {
  readonly platform: PlatformName;
  readonly learner: SimulatedLearner;
  readonly inClass: SimulatedClass;
  readonly at: string;
  readonly verb: readonly [id: string, display: string];
  readonly object: { readonly id: string; readonly definition: object };
  readonly result?: object;
}

function statement({ platform, learner, inClass, at, verb, object, result }: Parts): SentStatement {
  return {
    platform,
    statement: {
      id: factId('demo', learner.sourcedId, inClass.sourcedId, verb[0], object.id, at),
      actor: actorOf[platform](learner),
      verb: { id: verb[0], display: { en: verb[1] } },
      object: { objectType: 'Activity', ...object },
      ...(result ? { result } : {}),
      context: {
        contextActivities: { grouping: [{ id: inClass.iri, definition: { type: 'http://adlnet.gov/expapi/activities/course' } }] },
      },
      timestamp: at,
    },
  };
}

const adl = 'http://adlnet.gov/expapi';

export const watchedVideo = (
  learner: SimulatedLearner,
  inClass: SimulatedClass,
  at: string,
  lesson: number,
  share: number,
): SentStatement =>
  statement({
    platform: 'video',
    learner,
    inClass,
    at,
    verb: share > 0.9 ? [`${adl}/verbs/completed`, 'completed'] : ['https://w3id.org/xapi/video/verbs/played', 'played'],
    object: {
      id: `https://video.lakeshore.example/${inClass.course.id}/lesson-${lesson}`,
      definition: { type: 'https://w3id.org/xapi/video/activity-type/video', name: { en: `${inClass.course.title}: lesson ${lesson}` } },
    },
    result: { extensions: { 'https://w3id.org/xapi/video/extensions/progress': Math.round(share * 100) / 100 } },
  });

export const readPage = (learner: SimulatedLearner, inClass: SimulatedClass, at: string, page: number): SentStatement =>
  statement({
    platform: 'lms',
    learner,
    inClass,
    at,
    verb: ['http://id.tincanapi.com/verb/viewed', 'viewed'],
    object: {
      id: `${inClass.iri}/pages/${page}`,
      definition: { type: 'http://activitystrea.ms/schema/1.0/page', name: { en: `Reading ${page}` } },
    },
  });

export const answeredItem = (
  learner: SimulatedLearner,
  inClass: SimulatedClass,
  at: string,
  skill: string,
  item: number,
  correct: boolean,
): SentStatement =>
  statement({
    platform: 'practice',
    learner,
    inClass,
    at,
    verb: [`${adl}/verbs/answered`, 'answered'],
    object: {
      id: `https://practice.lakeshore.example/items/${inClass.course.id}/${skill}/${item}`,
      definition: {
        type: `${adl}/activities/cmi.interaction`,
        interactionType: 'numeric',
        correctResponsesPattern: [`${item}[:]${item}`],
        extensions: { 'https://practice.lakeshore.example/skill': skill },
      },
    },
    result: { response: String(correct ? item : item + 1), success: correct, duration: `PT${20 + ((item * 7) % 90)}S` },
  });

export const handedIn = (learner: SimulatedLearner, inClass: SimulatedClass, work: SimulatedWork, at: string): SentStatement =>
  statement({
    platform: 'lms',
    learner,
    inClass,
    at,
    verb: ['http://activitystrea.ms/schema/1.0/submit', 'submitted'],
    object: { id: work.iri, definition: { type: `${adl}/activities/assessment`, name: { en: work.title } } },
  });

export const marked = (
  learner: SimulatedLearner,
  inClass: SimulatedClass,
  work: SimulatedWork,
  at: string,
  points: number,
): SentStatement =>
  statement({
    platform: 'lms',
    learner,
    inClass,
    at,
    verb: [`${adl}/verbs/scored`, 'scored'],
    object: { id: work.iri, definition: { type: `${adl}/activities/assessment`, name: { en: work.title } } },
    result: { score: { raw: points, min: 0, max: 100, scaled: points / 100 } },
  });
