import { TOKEN_KEY } from './actors/tokens.js';
import { type ActivityDefinition, CONTEXT_ACTIVITY_KINDS } from './statement.js';
import { type TokenisedStatement } from './actors/tokenised.js';
import { isSealed } from './sealing/sealed.js';

type Loose = Readonly<Record<string, unknown>>;

/** Every statement has this key: what a query without filters goes by. */
export const ANY_KEY = '*';
/** Who acts or is acted on: `agent` finds it. */
export const agentKey = (token: string) => `a:${token}`;
/** Whoever else stands in the statement: `agent` with `related_agents` finds it besides. */
export const relatedAgentKey = (token: string) => `A:${token}`;
export const verbKey = (iri: string) => `v:${iri}`;
export const activityKey = (iri: string) => `o:${iri}`;
/** An activity of the context or of a sub-statement: `activity` with `related_activities` finds it besides. */
export const relatedActivityKey = (iri: string) => `O:${iri}`;
export const registrationKey = (uuid: string) => `r:${uuid.toLowerCase()}`;
/** Who sent it, and so its authority. */
export const credentialKey = (credential: string) => `c:${credential}`;
export const idKey = (id: string) => `i:${id.toLowerCase()}`;

export interface FoundStatement {
  readonly id: string;
  /** Who sent it. */
  readonly credential: string;
  /** As the log holds it. */
  readonly statement: TokenisedStatement;
}

/**
 * What a statement as the log holds it is found by, each key once. Anything that a query of the statement resource filters
 * by is one of these (xAPI 1.0.3, part three, 2.1.3), so a query is a set of keys and an order.
 *
 * What a fact of the log lacks gives no key: the fold takes whatever lies there.
 *
 * @example recordKeys({ id, credential: 'lms', statement: logged }) // => ['*', 'c:lms', 'i:…', 'v:http://…/answered', 'a:t_8f…', 'o:https://lms/quiz']
 */
export function recordKeys({ id, credential, statement }: FoundStatement): string[] {
  const { actor = {}, verb = {}, object = {}, context } = statement as unknown as Readonly<Record<string, Loose | undefined>>;
  const keys = new Set([ANY_KEY, credentialKey(credential), idKey(id)]);
  const add = (make: (text: string) => string, value: unknown) => {
    if (typeof value === 'string') keys.add(make(value));
  };
  add(verbKey, verb.id);
  add(registrationKey, context?.registration);
  for (const token of [...tokensOfActor(actor), ...(isActor(object) ? tokensOfActor(object) : [])]) add(agentKey, token);
  if (isActivityObject(object)) add(activityKey, object.id);
  addRelated(statement, false, (token) => {
    if (!keys.has(agentKey(token))) keys.add(relatedAgentKey(token));
  }, (iri) => {
    if (!keys.has(activityKey(iri))) keys.add(relatedActivityKey(iri));
  }); // prettier-ignore
  return [...keys];
}

const isActor = ({ objectType }: Loose) => objectType === 'Agent' || objectType === 'Group';
const isActivityObject = ({ objectType }: Loose) => objectType === undefined || objectType === 'Activity';

/** An agent's or group's own token and its members'. */
function tokensOfActor(actor: Loose): string[] {
  const own = actor[TOKEN_KEY];
  const members = (actor.member as readonly Loose[] | undefined) ?? [];
  return [...(typeof own === 'string' ? [own] : []), ...members.flatMap(tokensOfActor)];
}

/** @param inner a sub-statement: its actor and object are related too */
function addRelated(statement: Loose, inner: boolean, agent: (token: string) => void, activity: (iri: string) => void): void {
  const actors: Loose[] = [];
  const take = (value: unknown) => {
    if (value !== undefined) actors.push(value as Loose);
  };
  const object = (statement.object ?? {}) as Loose;
  if (inner) {
    take(statement.actor);
    if (isActor(object)) take(object);
    if (isActivityObject(object) && typeof object.id === 'string') activity(object.id);
  }
  take(statement.authority);
  const context = statement.context as Loose | undefined;
  if (context !== undefined) {
    take(context.instructor);
    take(context.team);
    for (const item of (context.contextAgents as readonly Loose[] | undefined) ?? []) take(item.agent);
    for (const item of (context.contextGroups as readonly Loose[] | undefined) ?? []) take(item.group);
    for (const iri of contextActivityIris(context.contextActivities as Loose | undefined)) activity(iri);
  }
  for (const token of actors.flatMap(tokensOfActor)) agent(token);
  if (object.objectType === 'SubStatement') addRelated(object, true, agent, activity);
}

function contextActivityIris(listed: Loose | undefined): string[] {
  const found: string[] = [];
  if (listed === undefined) return found;
  for (const kind of CONTEXT_ACTIVITY_KINDS) {
    const activities = listed[kind];
    if (activities === undefined) continue;
    for (const { id } of (Array.isArray(activities) ? activities : [activities]) as Loose[]) if (typeof id === 'string') found.push(id);
  }
  return found;
}

/**
 * A key as 32 bits (FNV-1a over UTF-16 units): small enough to stand beside each row, so that a second filter is tested
 * without another look-up. Two keys in four thousand million agree by chance, so whoever filters by it checks the keys.
 *
 * @example keyTag('*') // => 788313311
 */
export function keyTag(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Says in a definition that some of it is sealed in the statement, and left out here. */
export const PARTLY_SEALED_KEY = 'pharos:partly-sealed';

export interface DefinedActivity {
  readonly id: string;
  readonly definition: ActivityDefinition & { readonly [PARTLY_SEALED_KEY]?: true };
}

/**
 * The activities of a statement that come with a definition, wherever they stand. What is sealed of a definition is left
 * out, and it says so: the statement has it, for those who may read it. So statements that differ in sealed parts alone
 * say the same definition.
 */
export function definedActivities(statement: TokenisedStatement): DefinedActivity[] {
  const found: DefinedActivity[] = [];
  const visit = (activity: unknown) => {
    const { id, definition } = activity as Loose;
    if (typeof id !== 'string' || typeof definition !== 'object' || definition === null || isSealed(definition)) return;
    const open = withoutSealed(definition) as ActivityDefinition;
    found.push({ id, definition: open === definition ? open : { ...open, [PARTLY_SEALED_KEY]: true } });
  };
  const walk = (each: Loose) => {
    const object = (each.object ?? {}) as Loose;
    if (isActivityObject(object)) visit(object);
    const activities = (each.context as Loose | undefined)?.contextActivities as Loose | undefined;
    if (activities !== undefined) for (const kind of CONTEXT_ACTIVITY_KINDS) ([activities[kind] ?? []].flat() as unknown[]).forEach(visit);
    if (object.objectType === 'SubStatement') walk(object);
  };
  walk(statement);
  return found;
}

/** Without sealed values, and without list items that lost their id by it; the same object where nothing is sealed. */
function withoutSealed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.filter((item) => !isSealed(item) && !isSealed((item as Loose | null)?.id)).map(withoutSealed);
    return kept.length === value.length && kept.every((item, index) => item === value[index]) ? value : kept;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value as Loose)) {
    const open = isSealed(inner) ? undefined : withoutSealed(inner);
    if (open === inner) continue;
    copy ??= { ...(value as Loose) };
    if (open === undefined) delete copy[key];
    else copy[key] = open;
  }
  return copy ?? value;
}
