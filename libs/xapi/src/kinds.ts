import { type TokenisedObject } from './actors/tokenised.js';
import { type Context, type Statement, type StatementObject, VOIDED_VERB } from './statement.js';

/** What Pharos rolls activity up by: few enough to compare courses, distinct enough to explain a risk with. */
export const ACTIVITY_KINDS = [
  'video',
  'reading',
  'practice',
  'assessment',
  'assignment',
  'forum',
  'page',
  'file',
  'game',
  'other',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export const VERB_KINDS = ['viewed', 'started', 'answered', 'submitted', 'scored', 'completed', 'interacted', 'voided', 'other'] as const;
export type VerbKind = (typeof VERB_KINDS)[number];

const ADL_ACTIVITY = 'http://adlnet.gov/expapi/activities/';
const ADL_VERB = 'http://adlnet.gov/expapi/verbs/';
const VIDEO = 'https://w3id.org/xapi/video/';
const ADB_VERB = 'https://w3id.org/xapi/adb/verbs/';
const ACRONYMS = 'https://w3id.org/xapi/acrossx/';
const TINCAN_ACTIVITY = 'http://id.tincanapi.com/activitytype/';
const TINCAN_VERB = 'http://id.tincanapi.com/verb/';
const STREAMS_OBJECT = 'http://activitystrea.ms/schema/1.0/';

/** Activity types by what a learner does there; the reason stands where the name alone does not give it. */
const TYPES: Readonly<Record<ActivityKind, readonly string[]>> = {
  video: [
    `${VIDEO}activity-type/video`,
    `${ADL_ACTIVITY}media`,
    `${STREAMS_OBJECT}video`,
    `${STREAMS_OBJECT}audio`,
    `${ACRONYMS}activities/video`,
  ],
  reading: [
    `${STREAMS_OBJECT}article`,
    `${STREAMS_OBJECT}book`,
    `${TINCAN_ACTIVITY}book`,
    `${TINCAN_ACTIVITY}book-chapter`,
    `${TINCAN_ACTIVITY}chapter`,
    `${TINCAN_ACTIVITY}ebook`,
  ],
  // A single question is practice; that it belongs to a test shows in its context, see activityKind.
  practice: [
    `${ADL_ACTIVITY}question`,
    `${ADL_ACTIVITY}cmi.interaction`,
    `${ADL_ACTIVITY}interaction`,
    `${TINCAN_ACTIVITY}tutor-session`,
    `${STREAMS_OBJECT}question`,
  ],
  assessment: [
    `${ADL_ACTIVITY}assessment`,
    `${TINCAN_ACTIVITY}quiz`,
    `${TINCAN_ACTIVITY}test`,
    `${TINCAN_ACTIVITY}exam`,
    `${STREAMS_OBJECT}test`,
  ],
  assignment: [`${TINCAN_ACTIVITY}school-assignment`, `${TINCAN_ACTIVITY}essay`, `${STREAMS_OBJECT}task`, `${ADL_ACTIVITY}performance`],
  forum: [
    `${TINCAN_ACTIVITY}discussion`,
    `${TINCAN_ACTIVITY}forum-reply`,
    `${TINCAN_ACTIVITY}forum-topic`,
    `${STREAMS_OBJECT}comment`,
    `${STREAMS_OBJECT}note`,
    `${ACRONYMS}activities/message`,
  ],
  // Where a platform shows content of no finer kind. Courses, modules and lessons are entered by their page.
  page: [
    `${ACRONYMS}activities/webpage`,
    `${STREAMS_OBJECT}page`,
    `${ADL_ACTIVITY}course`,
    `${ADL_ACTIVITY}module`,
    `${ADL_ACTIVITY}lesson`,
    `${ADL_ACTIVITY}link`,
    `${TINCAN_ACTIVITY}slide`,
    `${TINCAN_ACTIVITY}slide-deck`,
    `https://w3id.org/xapi/cmi5/activitytype/course`,
    `https://w3id.org/xapi/cmi5/activitytype/block`,
  ],
  file: [
    `${ADL_ACTIVITY}file`,
    `${STREAMS_OBJECT}file`,
    `${TINCAN_ACTIVITY}document`,
    `${TINCAN_ACTIVITY}resource`,
    `${STREAMS_OBJECT}image`,
  ],
  game: [
    `${STREAMS_OBJECT}game`,
    `${ADL_ACTIVITY}simulation`,
    `${TINCAN_ACTIVITY}game`,
    `https://w3id.org/xapi/seriousgames/activity-types/serious-game`,
    `https://w3id.org/xapi/seriousgames/activity-types/level`,
  ],
  other: [],
};

/** Verbs by what they say about progress. */
const VERBS: Readonly<Record<VerbKind, readonly string[]>> = {
  viewed: [
    `${TINCAN_VERB}viewed`,
    `${STREAMS_OBJECT}access`,
    `${STREAMS_OBJECT}read`,
    `${STREAMS_OBJECT}watch`,
    `${STREAMS_OBJECT}open`,
    `${VIDEO}verbs/played`,
    `${ADL_VERB}experienced`,
    `${ADB_VERB}read`,
    `${TINCAN_VERB}downloaded`,
  ],
  started: [`${ADL_VERB}initialized`, `${ADL_VERB}launched`, `${ADL_VERB}attempted`, `${ADL_VERB}resumed`, `${STREAMS_OBJECT}start`],
  answered: [`${ADL_VERB}answered`, `${ADL_VERB}responded`],
  submitted: [`${STREAMS_OBJECT}submit`, `${ADB_VERB}submitted`, `${ADL_VERB}submitted`, `${STREAMS_OBJECT}attach`],
  // Passed and failed carry a judgement, hence a mark, whether or not the score is sent along.
  scored: [`${ADL_VERB}scored`, `${ADL_VERB}passed`, `${ADL_VERB}failed`, `${ADL_VERB}mastered`, `${TINCAN_VERB}evaluated`],
  completed: [`${ADL_VERB}completed`, `${STREAMS_OBJECT}complete`, `${ADL_VERB}satisfied`, `https://w3id.org/xapi/adl/verbs/satisfied`],
  // Pausing, seeking and leaving show that somebody was there, and nothing about how far they got.
  interacted: [
    `${ADL_VERB}interacted`,
    `${ADL_VERB}progressed`,
    `${VIDEO}verbs/paused`,
    `${VIDEO}verbs/seeked`,
    `${ADL_VERB}terminated`,
    `${ADL_VERB}suspended`,
    `${ADL_VERB}exited`,
    `${ADL_VERB}commented`,
    `${ADL_VERB}asked`,
    `${ADL_VERB}shared`,
    `${STREAMS_OBJECT}create`,
    `${STREAMS_OBJECT}author`,
    `https://w3id.org/xapi/adl/verbs/abandoned`,
  ],
  voided: [VOIDED_VERB],
  other: [],
};

function inverted<K extends string>(table: Readonly<Record<K, readonly string[]>>): ReadonlyMap<string, K> {
  return new Map((Object.entries(table) as [K, readonly string[]][]).flatMap(([kind, iris]) => iris.map((iri) => [iri, kind] as const)));
}

const KIND_OF_TYPE = inverted(TYPES);
const KIND_OF_VERB = inverted(VERBS);

/** `http` and `https` forms, and a trailing slash, are in use for the same vocabulary. */
function lookUp<K>(table: ReadonlyMap<string, K>, iri: string): K | undefined {
  const known = table.get(iri);
  if (known !== undefined) return known;
  const plain = iri.endsWith('/') ? iri.slice(0, -1) : iri;
  return table.get(plain) ?? table.get(plain.startsWith('https:') ? `http:${plain.slice(6)}` : plain.replace(/^http:/, 'https:'));
}

/** A statement as sent or as the log holds it. */
interface AboutSomething {
  readonly object: StatementObject | TokenisedObject;
  readonly context?: Pick<Context, 'contextActivities'>;
}

/**
 * What kind of thing a statement is about, by the type of its activity; an interaction without a type is practice.
 * `assessment` is also a question whose parent is one. `other` for anything unknown, and for objects that are no activities.
 *
 * @example activityKind(played) // => 'video'
 */
export function activityKind(statement: AboutSomething): ActivityKind {
  const { object } = statement;
  if (object.objectType !== undefined && object.objectType !== 'Activity') return 'other';
  const definition = object.definition;
  const known = definition?.type === undefined ? undefined : lookUp(KIND_OF_TYPE, definition.type);
  const kind = known ?? (definition?.interactionType === undefined ? 'other' : 'practice');
  return kind === 'practice' && hasAssessmentParent(statement) ? 'assessment' : kind;
}

function hasAssessmentParent({ context }: AboutSomething): boolean {
  const parent = context?.contextActivities?.parent;
  if (parent === undefined) return false;
  const parents = 'id' in parent ? [parent] : parent;
  return parents.some(({ definition }) => definition?.type !== undefined && lookUp(KIND_OF_TYPE, definition.type) === 'assessment');
}

/**
 * What a statement says was done. `other` for a verb that no table knows.
 *
 * @example verbKind({ verb: { id: 'http://adlnet.gov/expapi/verbs/passed' } }) // => 'scored'
 */
export function verbKind(statement: Pick<Statement, 'verb'>): VerbKind {
  return lookUp(KIND_OF_VERB, statement.verb.id) ?? 'other';
}
