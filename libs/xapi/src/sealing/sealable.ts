import { isIdentified } from '../actors/identity.js';
import {
  type ActivityDefinition,
  type Actor,
  type Attachment,
  isActivity,
  type Json,
  type Result,
  type Statement,
  type SubStatement,
} from '../statement.js';
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
  /** Where the search is. Copied only where something is found, which is rare. */
  readonly path: (string | number)[];
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

/** Notes the value at the key of where the search is. */
function found(search: Search, key: string | number, value: unknown): void {
  search.sites.push({ path: [...search.path, key], value: value as Json });
}

/** Goes a step down for the time of the search there. */
function within(search: Search, key: string | number, searchThere: () => void): void {
  search.path.push(key);
  searchThere();
  search.path.pop();
}

function searchText(search: Search, key: string | number, value: unknown): void {
  if (typeof value === 'string') {
    if (search.names(value)) found(search, key, value);
  } else if (typeof value === 'object' && value !== null) {
    search.path.push(key);
    if (Array.isArray(value)) for (let index = 0; index < value.length; index++) searchText(search, index, value[index]);
    else searchObject(search, value as Loose);
    search.path.pop();
  }
}

function searchObject(search: Search, object: Loose): void {
  for (const key in object) {
    if (!SKIPPED.has(key)) searchText(search, key, object[key]);
    else if (key === 'extensions') searchExtensions(search, object[key] as Loose);
  }
}

function namesInside(names: NamesSomebody, value: unknown): boolean {
  return typeof value === 'string' && names(value);
}

function searchExtensions(search: Search, extensions: Loose): void {
  for (const key in extensions) {
    if (!search.names(key)) continue;
    found(search, 'extensions', extensions);
    return;
  }
  search.path.push('extensions');
  for (const key in extensions) {
    const value = extensions[key];
    const shape = search.allowed.get(key);
    if (shape === undefined || !hasShape(value, shape) || namesInside(search.names, value)) found(search, key, value);
  }
  search.path.pop();
}

/** A group without an identifier keeps its place in the log, but a name such as "Ann and Ben" must not. */
function searchActor(search: Search, key: string, actor: Actor): void {
  if (isIdentified(actor) || actor.name === undefined) return;
  within(search, key, () => {
    found(search, 'name', actor.name);
  });
}

function searchGroups(search: Search, groups: readonly { readonly group: Actor }[]): void {
  groups.forEach(({ group }, index) => {
    within(search, index, () => {
      searchActor(search, 'group', group);
    });
  });
}

function searchContext(search: Search, context: Loose): void {
  for (const key in context) {
    const value = context[key];
    if (key === 'instructor' || key === 'team') searchActor(search, key, value as Actor);
    else if (key === 'contextGroups') {
      within(search, key, () => {
        searchGroups(search, value as readonly { group: Actor }[]);
      });
    } else if (key === 'extensions') searchExtensions(search, value as Loose);
    else if (key !== 'contextAgents' && !SKIPPED.has(key)) searchText(search, key, value);
  }
}

function searchResult(search: Search, result: Result, definition: ActivityDefinition | undefined): void {
  const { response, extensions } = result;
  if (response !== undefined && (!isClosedResponse(definition, response) || search.names(response))) found(search, 'response', response);
  if (extensions !== undefined) searchExtensions(search, extensions);
}

function searchObjectOf(search: Search, object: Statement['object']): void {
  switch (object.objectType) {
    case 'Agent':
    case 'Group':
      searchActor(search, 'object', object);
      break;
    case 'SubStatement':
      within(search, 'object', () => {
        searchStatement(search, object);
      });
      break;
    case 'Activity':
    case undefined:
      searchText(search, 'object', object);
      break;
    case 'StatementRef':
  }
}

function searchAttachments(search: Search, attachments: readonly Attachment[]): void {
  attachments.forEach((attachment, index) => {
    within(search, index, () => {
      for (const key of ['display', 'description', 'fileUrl'] as const) {
        if (attachment[key] !== undefined) found(search, key, attachment[key]);
      }
    });
  });
}

function searchStatement(search: Search, { actor, verb, object, result, context, attachments }: Statement | SubStatement): void {
  searchActor(search, 'actor', actor);
  within(search, 'verb', () => {
    searchText(search, 'display', verb.display);
  });
  searchObjectOf(search, object);
  if (result !== undefined) {
    within(search, 'result', () => {
      searchResult(search, result, isActivity(object) ? object.definition : undefined);
    });
  }
  if (context !== undefined) {
    within(search, 'context', () => {
      searchContext(search, context as Loose);
    });
  }
  if (attachments !== undefined) {
    within(search, 'attachments', () => {
      searchAttachments(search, attachments);
    });
  }
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
  const search: Search = { allowed, names: namesSomebodyOf(statement), sites: [], path: [] };
  searchStatement(search, statement);
  if (statement.authority !== undefined) searchActor(search, 'authority', statement.authority);
  return search.sites;
}
