import { type Actor, actorOf, type LearnerName } from './who.js';

/** A statement of xAPI 1.0.3, as far as this client has to know it. Anything that the specification allows may be sent. */
export interface Statement {
  readonly id: string;
  readonly actor: Actor;
  readonly verb: { readonly id: string };
  readonly object: { readonly objectType: 'Activity'; readonly id: string; readonly definition?: Readonly<Record<string, unknown>> };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly timestamp: string;
}

const VERBS = 'http://adlnet.gov/expapi/verbs/';
/** Hints that were taken before an answer. */
export const HINTS = 'https://pharos.example/xapi/extensions/hints';
const COMPETENCY = 'https://w3id.org/xapi/tla/activity-types/competency';

export interface Answer {
  readonly learner: LearnerName;
  /** Id of the item, an IRI. */
  readonly item: string;
  /** How it went, by the platform's own judgement; left out where Pharos grades it by `interaction`. */
  readonly correct?: boolean;
  readonly response?: string;
  /** From -1 to 1. */
  readonly scaled?: number;
  readonly seconds?: number;
  readonly hints?: number;
  /** When it was given; a batch that was kept on a device tells its own moments. */
  readonly at: Date;
  /** Skills that it is evidence for, where the item is in no catalogue of Pharos. */
  readonly skills?: readonly string[];
  /** By which Pharos grades the response at the door. */
  readonly interaction?: { readonly type: string; readonly patterns: readonly string[] };
  /** What was done, where it is not answering: `completed`, `passed`, `failed`, `scored`. */
  readonly verb?: 'answered' | 'completed' | 'passed' | 'failed' | 'scored';
  /** Makes sending it twice the same as sending it once. */
  readonly id?: string;
}

/**
 * An answer as the statement that Pharos reads an attempt from.
 *
 * @example answered({ learner: byMail('ada@example.org'), item: 'https://game.example/items/7', correct: true, at: new Date() })
 */
export function answered({ learner, item, correct, response, scaled, seconds, hints, at, skills = [], interaction, verb = 'answered', id = crypto.randomUUID() }: Answer): Statement {
  const definition = interaction && { type: 'http://adlnet.gov/expapi/activities/cmi.interaction', interactionType: interaction.type, correctResponsesPattern: interaction.patterns };
  return {
    id,
    actor: actorOf(learner),
    verb: { id: `${VERBS}${verb}` },
    object: { objectType: 'Activity', id: item, ...(definition && { definition }) },
    result: {
      ...(correct !== undefined && { success: correct }),
      ...(response !== undefined && { response }),
      ...(scaled !== undefined && { score: { scaled } }),
      ...(seconds !== undefined && { duration: `PT${seconds.toFixed(2)}S` }),
      ...(hints !== undefined && { extensions: { [HINTS]: hints } }),
    },
    ...(skills.length > 0 && { context: { contextActivities: { category: skills.map((skill) => ({ objectType: 'Activity', id: skill, definition: { type: COMPETENCY } })) } } }),
    timestamp: at.toISOString(),
  };
} // prettier-ignore
