import { randomUUID } from 'node:crypto';
import { type Cmi5Session } from '@pharos/registry';
import { type Activity, type Context, type Statement } from '@pharos/xapi';
import { z } from 'zod';
import { CMI5_CATEGORY, CONTEXT, VERBS } from './vocabulary.js';

const iri = z.string().min(1).max(4_000);

/** What a learning management system says to launch an assignable unit; what is left out is as the specification has it. */
export const LaunchRequest = z.strictObject({
  actor: z.strictObject({
    objectType: z.literal('Agent').default('Agent'),
    name: z.string().optional(),
    account: z.strictObject({ homePage: z.url(), name: z.string().min(1) }),
  }),
  /** The one that the system made for the unit; not the publisher's. */
  activityId: iri,
  /** The unit's id in the course structure. */
  publisherId: iri,
  /** Where the unit lies. */
  url: z.url(),
  registration: z.uuid().optional(),
  launchMode: z.enum(['Normal', 'Browse', 'Review']).default('Normal'),
  launchMethod: z.enum(['OwnWindow', 'AnyWindow']).optional(),
  launchParameters: z.string().optional(),
  masteryScore: z.number().min(0).max(1).optional(),
  moveOn: z.enum(['Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable']).default('NotApplicable'),
  returnURL: z.url().optional(),
  entitlementKey: z.strictObject({ courseStructure: z.string().optional(), alternate: z.string().optional() }).optional(),
});
export type LaunchRequest = z.infer<typeof LaunchRequest>;

const publisher = ({ publisherId }: LaunchRequest): Activity => ({ id: publisherId });

/** The state document that the unit reads before anything else (10). */
export function launchData(asked: LaunchRequest, session: string): Readonly<Record<string, unknown>> {
  const { launchMode, launchMethod, launchParameters, masteryScore, moveOn, returnURL, entitlementKey } = asked;
  const contextTemplate: Context = {
    contextActivities: { grouping: [publisher(asked)] },
    extensions: { [CONTEXT.sessionId]: session },
  };
  return { contextTemplate, launchMode, launchMethod, launchParameters, masteryScore, moveOn, returnURL, entitlementKey };
}

/** The statement that a launch is recorded by (9.3.1, 9.6.3). */
export function launchedStatement(asked: LaunchRequest, session: string, registration: string, at: Date): Statement {
  const { actor, activityId, url, launchMode, launchParameters, masteryScore, moveOn } = asked;
  const { name, account } = actor;
  return {
    id: randomUUID(),
    actor: { objectType: 'Agent', ...(name !== undefined && { name }), account },
    verb: { id: VERBS.launched, display: { en: 'launched' } },
    object: { objectType: 'Activity', id: activityId },
    timestamp: at.toISOString(),
    context: {
      registration,
      contextActivities: { category: [{ id: CMI5_CATEGORY }], grouping: [publisher(asked)] },
      extensions: {
        [CONTEXT.sessionId]: session,
        [CONTEXT.launchMode]: launchMode,
        [CONTEXT.launchUrl]: url,
        [CONTEXT.moveOn]: moveOn,
        ...(launchParameters !== undefined && { [CONTEXT.launchParameters]: launchParameters }),
        ...(masteryScore !== undefined && { [CONTEXT.masteryScore]: masteryScore }),
      },
    },
  };
}

/** Said on behalf of a unit that never said terminated, when another session of the registration begins (9.3.6). */
export function abandonedStatement(actor: LaunchRequest['actor'], open: Cmi5Session, at: Date): Statement {
  const seconds = Math.max(0, at.getTime() - open.madeAt.getTime()) / 1000;
  return {
    id: randomUUID(),
    actor: { objectType: 'Agent', account: actor.account },
    verb: { id: VERBS.abandoned, display: { en: 'abandoned' } },
    object: { objectType: 'Activity', id: open.activity },
    timestamp: at.toISOString(),
    result: { duration: `PT${seconds}S` },
    context: {
      registration: open.registration,
      contextActivities: { category: [{ id: CMI5_CATEGORY }] },
      extensions: { [CONTEXT.sessionId]: open.session },
    },
  };
}

/** The address that opens the unit, with the five names that it is told by (8.1). */
export function launchUrl(
  asked: LaunchRequest,
  told: { readonly endpoint: string; readonly fetch: string; readonly registration: string },
): string {
  const url = new URL(asked.url);
  const { objectType, account } = asked.actor;
  url.searchParams.set('endpoint', told.endpoint);
  url.searchParams.set('fetch', told.fetch);
  url.searchParams.set('actor', JSON.stringify({ objectType, account }));
  url.searchParams.set('registration', told.registration);
  url.searchParams.set('activityId', asked.activityId);
  return url.href;
}
