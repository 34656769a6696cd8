import { randomUUID } from 'node:crypto';
import { type Cmi5Session } from '@pharos/registry';
import { type Context, type Result, type Statement } from '@pharos/xapi';
import { type Launch, type LaunchRequest } from './launch.js';
import { CMI5_CATEGORY, type Cmi5Verb, CONTEXT, MOVE_ON_CATEGORY, REASON, TYPES, VERBS } from './vocabulary.js';

export type Learner = LaunchRequest['actor'];

/** What every statement of a learning management system says. */
interface Saying {
  readonly id?: string;
  readonly learner: Learner;
  readonly verb: Cmi5Verb;
  readonly object: Statement['object'];
  readonly at: Date;
  readonly registration: string;
  readonly session: string;
  /** Id of what it is about in the course structure; null in sessions of an earlier release, which did not keep it. */
  readonly publisherId: string | null;
  readonly extensions?: Context['extensions'];
  readonly result?: Result;
}

/** Source: cmi5, Quartz 1st edition, 9.1 to 9.7. */
function statementOf(saying: Saying): Statement {
  const { id = randomUUID(), learner, verb, object, at, registration, session, publisherId, extensions, result } = saying;
  const judged = result?.success !== undefined || result?.completion !== undefined;
  return {
    id,
    actor: { objectType: 'Agent', ...(learner.name !== undefined && { name: learner.name }), account: learner.account },
    verb: { id: VERBS[verb], display: { en: verb } },
    object,
    timestamp: at.toISOString(),
    ...(result && { result }),
    context: {
      registration,
      contextActivities: {
        category: [{ id: CMI5_CATEGORY }, ...(judged ? [{ id: MOVE_ON_CATEGORY }] : [])],
        ...(publisherId !== null && { grouping: [{ id: publisherId }] }),
      },
      extensions: { [CONTEXT.sessionId]: session, ...extensions },
    },
  };
}

/** The statement that a launch is recorded by (9.3.1, 9.6.3). */
export function launchedStatement(asked: Launch, session: string, registration: string, at: Date): Statement {
  const { actor: learner, activityId, publisherId, url, launchMode, launchParameters, masteryScore, moveOn } = asked;
  const extensions = {
    [CONTEXT.launchMode]: launchMode,
    [CONTEXT.launchUrl]: url,
    [CONTEXT.moveOn]: moveOn,
    ...(launchParameters !== undefined && { [CONTEXT.launchParameters]: launchParameters }),
    ...(masteryScore !== undefined && { [CONTEXT.masteryScore]: masteryScore }),
  };
  const object = { objectType: 'Activity' as const, id: activityId };
  return statementOf({ learner, verb: 'launched', object, at, registration, session, publisherId, extensions });
}

/**
 * Said on behalf of a unit that never said terminated, when another session of the registration begins (9.3.6). It lasted
 * until the unit spoke last (9.5.4.2).
 */
export function abandonedStatement(learner: Learner, open: Cmi5Session, at: Date): Statement {
  const { session, registration, activity, unit: publisherId, madeAt, spokeAt } = open;
  const seconds = Math.max(0, (spokeAt ?? madeAt).getTime() - madeAt.getTime()) / 1000;
  const object = { objectType: 'Activity' as const, id: activity };
  const result = { duration: `PT${seconds}S` };
  return statementOf({ learner, verb: 'abandoned', object, at, registration, session, publisherId, result });
}

type Told = Required<Pick<Saying, 'id' | 'learner' | 'at' | 'registration' | 'session'>>;

/** A unit that the learner may skip, and why (9.3.7, 9.5.5.2). */
export function waivedStatement(
  told: Told,
  unit: { readonly publisherId: string; readonly activityId: string },
  reason: string,
): Statement {
  const { publisherId, activityId } = unit;
  const result = { success: true, completion: true, extensions: { [REASON]: reason } };
  return statementOf({ ...told, verb: 'waived', object: { objectType: 'Activity', id: activityId }, publisherId, result });
}

/** A block or a course of which the learner has met every unit's moveOn (9.3.9). */
export interface Satisfied {
  readonly kind: 'block' | 'course';
  readonly publisherId: string;
  /** Made here: it must not be the publisher's. */
  readonly activityId: string;
  readonly title: Readonly<Record<string, string>>;
}

export function satisfiedStatement(told: Told, { kind, publisherId, activityId, title }: Satisfied): Statement {
  const definition = { type: TYPES[kind], ...(Object.keys(title).length > 0 && { name: title }) };
  return statementOf({ ...told, verb: 'satisfied', object: { objectType: 'Activity', id: activityId, definition }, publisherId });
}
