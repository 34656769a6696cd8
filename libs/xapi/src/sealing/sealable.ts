import { isIdentified } from '../actors/identity.js';
import { type ActivityDefinition, type Actor, type Json, type Statement, type SubStatement } from '../statement.js';
import { type AllowedExtensions, hasShape } from './known-extensions.js';
import { namesSomebodyOf, type NamesSomebody } from './needles.js';
import { isClosedResponse } from './responses.js';

export type JsonPath = readonly (string | number)[];

/** A value of a statement that may name people, and where it stands. */
export interface SealableSite {
  readonly path: JsonPath;
  readonly value: Json;
}

type Loose = Readonly<Record<string, unknown>>;

interface Search {
  readonly allowed: AllowedExtensions;
  readonly names: NamesSomebody;
  readonly sites: SealableSite[];
}

/** Parts with rules of their own, and those that hold nothing but times, UUIDs and words of a vocabulary. */
const SKIPPED = new Set([
  'extensions',
  'attachments',
  'response',
  'registration',
  'timestamp',
  'statement',
  'objectType',
  'interactionType',
  'type',
]);

function found(search: Search, path: JsonPath, value: unknown): void {
  search.sites.push({ path, value: value as Json });
}

function searchText(search: Search, value: unknown, path: JsonPath): void {
  if (typeof value === 'string') {
    if (search.names(value)) found(search, path, value);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) searchText(search, value[index], [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    const object = value as Loose;
    for (const key in object) {
      if (!SKIPPED.has(key)) searchText(search, object[key], [...path, key]);
      else if (key === 'extensions') searchExtensions(search, object[key] as Loose, [...path, key]);
    }
  }
}

function namesInside(names: NamesSomebody, value: unknown): boolean {
  return typeof value === 'string' && names(value);
}

function searchExtensions(search: Search, extensions: Loose, path: JsonPath): void {
  if (Object.keys(extensions).some(search.names)) {
    found(search, path, extensions);
    return;
  }
  for (const key in extensions) {
    const value = extensions[key];
    const shape = search.allowed.get(key);
    if (shape === undefined || !hasShape(value, shape) || namesInside(search.names, value)) found(search, [...path, key], value);
  }
}

/** A group without an identifier keeps its place in the log, but a name such as "Ann and Ben" must not. */
function searchActor(search: Search, actor: Actor, path: JsonPath): void {
  if (!isIdentified(actor) && actor.name !== undefined) found(search, [...path, 'name'], actor.name);
}

function searchContext(search: Search, context: Loose, path: JsonPath): void {
  for (const key in context) {
    const value = context[key];
    const at = [...path, key];
    if (key === 'instructor' || key === 'team') searchActor(search, value as Actor, at);
    else if (key === 'contextGroups') {
      (value as readonly { group: Actor }[]).forEach(({ group }, index) => {
        searchActor(search, group, [...at, index, 'group']);
      });
    } else if (key === 'extensions') searchExtensions(search, value as Loose, at);
    else if (key !== 'contextAgents' && !SKIPPED.has(key)) searchText(search, value, at);
  }
}

function searchStatement(search: Search, statement: Statement | SubStatement, path: JsonPath): void {
  const { actor, verb, object, result, context, attachments } = statement;
  let definition: ActivityDefinition | undefined;
  searchActor(search, actor, [...path, 'actor']);
  searchText(search, verb.display, [...path, 'verb', 'display']);
  const at = [...path, 'object'];
  switch (object.objectType) {
    case 'Agent':
    case 'Group':
      searchActor(search, object, at);
      break;
    case 'SubStatement':
      searchStatement(search, object, at);
      break;
    case 'Activity':
    case undefined:
      ({ definition } = object);
      searchText(search, object, at);
      break;
    case 'StatementRef':
  }
  if (result !== undefined) {
    const { response } = result;
    if (response !== undefined && (!isClosedResponse(definition, response) || search.names(response))) {
      found(search, [...path, 'result', 'response'], response);
    }
    if (result.extensions !== undefined) searchExtensions(search, result.extensions, [...path, 'result', 'extensions']);
  }
  if (context !== undefined) searchContext(search, context as Loose, [...path, 'context']);
  attachments?.forEach((attachment, index) => {
    for (const key of ['display', 'description', 'fileUrl'] as const) {
      if (attachment[key] !== undefined) found(search, [...path, 'attachments', index, key], attachment[key]);
    }
  });
}

/**
 * The parts of a valid statement, besides its agents, that may name people and so must be sealed before the log:
 *
 * - responses, except those that can only be one of the answers offered;
 * - extensions that are not on the allow-list or do not look as it promises;
 * - titles, descriptions and addresses of attachments; names of groups without an identifier;
 * - any other text that contains a name, account name or mail address of one of the statement's own people.
 *
 * @param statement as sent, agents not yet swapped
 * @example sealablePaths(essay, KNOWN_EXTENSIONS) // => [{ path: ['result', 'response'], value: 'My father …' }]
 */
export function sealablePaths(statement: Statement, allowed: AllowedExtensions): SealableSite[] {
  const search: Search = { allowed, names: namesSomebodyOf(statement), sites: [] };
  searchStatement(search, statement, []);
  if (statement.authority !== undefined) searchActor(search, statement.authority, ['authority']);
  return search.sites;
}
