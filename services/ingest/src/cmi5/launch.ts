import { type Cmi5Unit, type MoveOn, moveOns } from '@pharos/registry';
import { type Context, isIri } from '@pharos/xapi';
import { z } from 'zod';
import { CONTEXT } from './vocabulary.js';

export const iri = z.string().min(1).max(4_000).refine(isIri, 'must be an IRI');

/** The learner, by the account that the learning management system knows (9.2). */
export const actor = z.strictObject({
  objectType: z.literal('Agent').default('Agent'),
  name: z.string().optional(),
  account: z.strictObject({ homePage: z.url(), name: z.string().min(1) }),
});

/**
 * What a learning management system says to launch an assignable unit. What is left out is as the course structure has it, or
 * else as the specification has it.
 */
export const LaunchRequest = z.strictObject({
  actor,
  /** The one that the system made for the unit; not the publisher's. */
  activityId: iri,
  /** The unit's id in the course structure. */
  publisherId: iri,
  /** The publisher's id of the course, where several courses that were imported hold the unit. */
  course: iri.optional(),
  /** Where the unit lies. */
  url: z.url(),
  registration: z.uuid().optional(),
  launchMode: z.enum(['Normal', 'Browse', 'Review']).default('Normal'),
  launchMethod: z.enum(['OwnWindow', 'AnyWindow']).optional(),
  launchParameters: z.string().optional(),
  masteryScore: z.number().min(0).max(1).optional(),
  moveOn: z.enum(moveOns).optional(),
  returnURL: z.url().optional(),
  entitlementKey: z.strictObject({ courseStructure: z.string().optional(), alternate: z.string().optional() }).optional(),
});
export type LaunchRequest = z.infer<typeof LaunchRequest>;

/** A launch with what the course structure says of the unit. */
export type Launch = LaunchRequest & { readonly moveOn: MoveOn };

/** What the structure says of the unit stands where the launch says nothing else; its entitlement key is the structure's alone (10). */
export function withStructure(asked: LaunchRequest, unit: Partial<Cmi5Unit> = {}): Launch {
  const courseStructure = unit.entitlementKey ?? asked.entitlementKey?.courseStructure;
  return {
    ...asked,
    moveOn: asked.moveOn ?? unit.moveOn ?? 'NotApplicable',
    masteryScore: asked.masteryScore ?? unit.masteryScore,
    launchMethod: asked.launchMethod ?? unit.launchMethod,
    launchParameters: asked.launchParameters ?? unit.launchParameters,
    entitlementKey: courseStructure === undefined ? asked.entitlementKey : { ...asked.entitlementKey, courseStructure },
  };
}

/** The state document that the unit reads before anything else (10). */
export function launchData(asked: Launch, session: string): Readonly<Record<string, unknown>> {
  const { launchMode, launchMethod, launchParameters, masteryScore, moveOn, returnURL, entitlementKey } = asked;
  const contextTemplate: Context = {
    contextActivities: { grouping: [{ id: asked.publisherId }] },
    extensions: { [CONTEXT.sessionId]: session },
  };
  return { contextTemplate, launchMode, launchMethod, launchParameters, masteryScore, moveOn, returnURL, entitlementKey };
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
