/**
 * The shapes of xAPI statements, versions 1.0.3 and 2.0.0, as they look after validation.
 *
 * Source: xAPI 1.0.3, part two, section 2.4; IEEE 9274.1.1 for contextAgents and contextGroups.
 */
export type XapiVersion = '1.0.3' | '2.0.0';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type LanguageMap = Readonly<Record<string, string>>;
export type Extensions = Readonly<Record<string, Json>>;

export interface Account {
  readonly homePage: string;
  readonly name: string;
}

/** Exactly one of the four is present in an agent or an identified group; none in an anonymous group. */
export interface Identifiers {
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: Account;
}

export interface Agent extends Identifiers {
  readonly objectType?: 'Agent';
  readonly name?: string;
}

export interface Group extends Identifiers {
  readonly objectType: 'Group';
  readonly name?: string;
  readonly member?: readonly Agent[];
}

export type Actor = Agent | Group;

export interface Verb {
  readonly id: string;
  readonly display?: LanguageMap;
}

export const INTERACTION_TYPES = [
  'true-false',
  'choice',
  'fill-in',
  'long-fill-in',
  'matching',
  'performance',
  'sequencing',
  'likert',
  'numeric',
  'other',
] as const;
export type InteractionType = (typeof INTERACTION_TYPES)[number];

export const COMPONENT_LISTS = ['choices', 'scale', 'source', 'target', 'steps'] as const;
export type ComponentList = (typeof COMPONENT_LISTS)[number];

export interface InteractionComponent {
  readonly id: string;
  readonly description?: LanguageMap;
}

export interface ActivityDefinition extends Partial<Readonly<Record<ComponentList, readonly InteractionComponent[]>>> {
  readonly name?: LanguageMap;
  readonly description?: LanguageMap;
  readonly type?: string;
  readonly moreInfo?: string;
  readonly interactionType?: InteractionType;
  readonly correctResponsesPattern?: readonly string[];
  readonly extensions?: Extensions;
}

export interface Activity {
  readonly objectType?: 'Activity';
  readonly id: string;
  readonly definition?: ActivityDefinition;
}

export interface StatementRef {
  readonly objectType: 'StatementRef';
  readonly id: string;
}

export interface Score {
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface Result {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Extensions;
}

export const CONTEXT_ACTIVITY_KINDS = ['parent', 'grouping', 'category', 'other'] as const;
export type ContextActivityKind = (typeof CONTEXT_ACTIVITY_KINDS)[number];
export type ContextActivities = Partial<Readonly<Record<ContextActivityKind, Activity | readonly Activity[]>>>;

export interface ContextAgent {
  readonly objectType: 'contextAgent';
  readonly agent: Agent;
  readonly relevantTypes?: readonly string[];
}

export interface ContextGroup {
  readonly objectType: 'contextGroup';
  readonly group: Group;
  readonly relevantTypes?: readonly string[];
}

export interface Context {
  readonly registration?: string;
  readonly instructor?: Actor;
  readonly team?: Group;
  readonly contextActivities?: ContextActivities;
  readonly contextAgents?: readonly ContextAgent[];
  readonly contextGroups?: readonly ContextGroup[];
  readonly revision?: string;
  readonly platform?: string;
  readonly language?: string;
  readonly statement?: StatementRef;
  readonly extensions?: Extensions;
}

export interface Attachment {
  readonly usageType: string;
  readonly display: LanguageMap;
  readonly description?: LanguageMap;
  readonly contentType: string;
  readonly length: number;
  readonly sha2: string;
  readonly fileUrl?: string;
}

/** What a statement and a sub-statement have in common. */
export interface StatementCore {
  readonly actor: Actor;
  readonly verb: Verb;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly attachments?: readonly Attachment[];
}

export interface SubStatement extends StatementCore {
  readonly objectType: 'SubStatement';
  readonly object: Exclude<StatementObject, SubStatement>;
}

export interface Statement extends StatementCore {
  readonly id?: string;
  readonly object: StatementObject;
  readonly stored?: string;
  readonly authority?: Actor;
  readonly version?: string;
}

/** An agent as an object has to say that it is one (2.4.4.2). */
export type AgentObject = Agent & { readonly objectType: 'Agent' };
export type StatementObject = Activity | AgentObject | Group | StatementRef | SubStatement;

/** The one verb that the specification reserves: its object is the statement to be disregarded. */
export const VOIDED_VERB = 'http://adlnet.gov/expapi/verbs/voided';

/** True when the object is an activity: the objectType says so or is left out (part two, 2.4.4). */
export function isActivity(object: StatementObject): object is Activity {
  return object.objectType === undefined || object.objectType === 'Activity';
}

/**
 * The id of the statement that this one voids, in lower case; undefined where it voids none (part two, 2.3.2).
 *
 * @example voidedTarget(voiding) // => '8f87ccde-bb56-4c2e-ab83-44982ef22df0'
 */
export function voidedTarget({ verb, object }: { readonly verb: Verb; readonly object: ObjectKind }): string | undefined {
  return verb.id === VOIDED_VERB && isReference(object) ? object.id.toLowerCase() : undefined;
}

/** Any object, as sent or as the log holds it. */
interface ObjectKind {
  readonly objectType?: string;
  readonly id?: string;
}

function isReference(object: ObjectKind): object is StatementRef {
  return object.objectType === 'StatementRef';
}
