import {
  COMPONENT_LISTS,
  type ComponentList,
  CONTEXT_ACTIVITY_KINDS,
  type InteractionType,
  VOIDED_VERB,
  type XapiVersion,
} from '../statement.js';
import { type Shape } from './schemas.js';
import { child, dot, type StatementError } from './errors.js';
import { describe, STRUCTURES } from './structure.js';
import { checkExtensionDepth } from './depth.js';

type Loose = Readonly<Record<string, unknown>>;

/** What a walk carries: the version, and the findings so far. */
export interface Walk {
  readonly version: XapiVersion;
  readonly errors: StatementError[];
}

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;

const LISTS_OF: Readonly<Record<InteractionType, readonly ComponentList[]>> = {
  choice: ['choices'],
  sequencing: ['choices'],
  likert: ['scale'],
  matching: ['source', 'target'],
  performance: ['steps'],
  'true-false': [],
  'fill-in': [],
  'long-fill-in': [],
  numeric: [],
  other: [],
};

function conforms(walk: Walk, shape: Shape, value: unknown, path: string): boolean {
  const validate = STRUCTURES[walk.version][shape];
  if (validate(value)) return true;
  for (const error of validate.errors ?? []) {
    // "property name must be valid" repeats what its cause has said before it.
    if (error.keyword !== 'propertyNames') walk.errors.push(describe(error, path, walk.version));
  }
  return false;
}

function fault(walk: Walk, path: string, message: string): void {
  walk.errors.push({ path, message });
}

function identifiersOf(actor: Loose): string[] {
  const found: string[] = [];
  for (const key of IDENTIFIERS) if (actor[key] !== undefined) found.push(key);
  return found;
}

function checkAgent(walk: Walk, agent: Loose, path: string): void {
  if (agent.member !== undefined && agent.objectType === undefined) {
    fault(walk, dot(path, 'objectType'), 'must be "Group" where there is a member property');
    return;
  }
  if (!conforms(walk, 'agent', agent, path)) return;
  const found = identifiersOf(agent);
  if (found.length === 0) fault(walk, path, 'needs one of mbox, mbox_sha1sum, openid, account');
  if (found.length > 1) fault(walk, path, `must have one identifier only, not ${found.join(' and ')}`);
}

function checkGroup(walk: Walk, group: Loose, path: string): void {
  if (!conforms(walk, 'group', group, path)) return;
  const members = group.member as readonly Loose[] | undefined;
  const found = identifiersOf(group);
  if (found.length > 1) fault(walk, path, `must have one identifier only, not ${found.join(' and ')}`);
  if (found.length === 0 && (members === undefined || members.length === 0)) {
    fault(walk, dot(path, 'member'), 'must list the agents of a group that has no identifier');
  }
  members?.forEach((member, index) => {
    checkAgent(walk, member, child(dot(path, 'member'), index));
  });
}

/** An agent or a group, told apart by objectType. */
export function checkActor(walk: Walk, actor: Loose, path: string): void {
  const { objectType } = actor;
  if (objectType === 'Group') checkGroup(walk, actor, path);
  else if (objectType === undefined || objectType === 'Agent') checkAgent(walk, actor, path);
  else fault(walk, dot(path, 'objectType'), 'must be "Agent" or "Group"');
}

function checkAuthority(walk: Walk, authority: Loose, path: string): void {
  checkActor(walk, authority, path);
  if (authority.objectType !== 'Group') return;
  if (!Array.isArray(authority.member) || authority.member.length !== 2)
    fault(walk, dot(path, 'member'), 'must hold two agents, the application and the user, where the authority is a group');
}

function checkInteraction(walk: Walk, definition: Loose, path: string): void {
  const type = definition.interactionType as InteractionType | undefined;
  for (const list of COMPONENT_LISTS) {
    const components = definition[list] as readonly { id: string }[] | undefined;
    if (components === undefined) continue;
    const at = dot(path, list);
    if (type !== undefined && !LISTS_OF[type].includes(list)) fault(walk, at, `does not belong to the interaction type ${type}`);
    const seen = new Set<string>();
    components.forEach(({ id }, index) => {
      if (seen.has(id)) fault(walk, child(child(at, index), 'id'), `repeats ${JSON.stringify(id)} within its list`);
      seen.add(id);
    });
  }
  const isInteraction = definition.correctResponsesPattern !== undefined || COMPONENT_LISTS.some((list) => definition[list] !== undefined);
  if (type === undefined && isInteraction) fault(walk, dot(path, 'interactionType'), 'is required of an interaction');
}

function checkActivity(walk: Walk, activity: unknown, path: string): void {
  if (!conforms(walk, 'activity', activity, path)) return;
  const definition = (activity as Loose).definition as Loose | undefined;
  if (definition === undefined) return;
  const at = dot(path, 'definition');
  checkInteraction(walk, definition, at);
  checkExtensionDepth(walk, definition.extensions, at);
}

function checkContextActivities(walk: Walk, kinds: Loose, path: string): void {
  for (const kind of CONTEXT_ACTIVITY_KINDS) {
    const value = kinds[kind];
    if (value === undefined) continue;
    const at = dot(path, kind);
    if (!Array.isArray(value)) checkActivity(walk, value, at);
    else for (let index = 0; index < value.length; index++) checkActivity(walk, value[index], child(at, index));
  }
}

function checkContext(walk: Walk, context: Loose, hasActivity: boolean, path: string): void {
  for (const key of ['revision', 'platform']) {
    if (context[key] !== undefined && !hasActivity) fault(walk, dot(path, key), 'may be used only where the object is an Activity');
  }
  if (context.instructor !== undefined) checkActor(walk, context.instructor as Loose, dot(path, 'instructor'));
  if (context.team !== undefined) checkGroup(walk, context.team as Loose, dot(path, 'team'));
  if (context.contextActivities !== undefined) {
    checkContextActivities(walk, context.contextActivities as Loose, dot(path, 'contextActivities'));
  }
  (context.contextAgents as readonly { agent: Loose }[] | undefined)?.forEach(({ agent }, index) => {
    checkAgent(walk, agent, `${child(dot(path, 'contextAgents'), index)}.agent`);
  });
  (context.contextGroups as readonly { group: Loose }[] | undefined)?.forEach(({ group }, index) => {
    checkGroup(walk, group, `${child(dot(path, 'contextGroups'), index)}.group`);
  });
  checkExtensionDepth(walk, context.extensions, path);
}

function checkResult(walk: Walk, result: Loose, path: string): void {
  checkExtensionDepth(walk, result.extensions, path);
  const score = result.score as { raw?: number; min?: number; max?: number } | undefined;
  if (score === undefined) return;
  const { raw, min, max } = score;
  const at = dot(path, 'score');
  if (min !== undefined && max !== undefined && min >= max) fault(walk, dot(at, 'min'), 'must be less than max');
  else if (raw !== undefined && ((min !== undefined && raw < min) || (max !== undefined && raw > max))) {
    fault(walk, dot(at, 'raw'), 'must lie between min and max');
  }
}

function checkObject(walk: Walk, object: Loose, within: 'statement' | 'subStatement', path: string): void {
  const { objectType } = object;
  if (objectType === undefined || objectType === 'Activity') checkActivity(walk, object, path);
  else if (objectType === 'Agent' || objectType === 'Group') checkActor(walk, object, path);
  else if (objectType === 'StatementRef') conforms(walk, 'statementRef', object, path);
  else if (objectType !== 'SubStatement')
    fault(walk, dot(path, 'objectType'), 'must be one of Activity, Agent, Group, StatementRef, SubStatement');
  else if (within === 'subStatement') fault(walk, dot(path, 'objectType'), 'must not be another SubStatement inside a SubStatement');
  else checkWhole(walk, object, 'subStatement', path);
}

/** Structure first, then, where that holds, the rules that no schema says, over a statement or a sub-statement. */
export function checkWhole(walk: Walk, value: unknown, shape: 'statement' | 'subStatement', path: string): void {
  if (!conforms(walk, shape, value, path)) return;
  const statement = value as Loose & { verb: { id: string }; object: Loose };
  const { object } = statement;
  checkActor(walk, statement.actor as Loose, dot(path, 'actor'));
  checkObject(walk, object, shape, dot(path, 'object'));
  if (statement.verb.id === VOIDED_VERB && object.objectType !== 'StatementRef') {
    fault(walk, dot(dot(path, 'object'), 'objectType'), 'must be "StatementRef" where the verb is voided');
  }
  if (statement.result !== undefined) checkResult(walk, statement.result as Loose, dot(path, 'result'));
  const hasActivity = object.objectType === undefined || object.objectType === 'Activity';
  if (statement.context !== undefined) checkContext(walk, statement.context as Loose, hasActivity, dot(path, 'context'));
  if (statement.authority !== undefined) checkAuthority(walk, statement.authority as Loose, dot(path, 'authority'));
}
