import { isIdentified } from './actors/identity.js';
import { type ActivityDefinition, COMPONENT_LISTS, CONTEXT_ACTIVITY_KINDS, type LanguageMap, type Statement } from './statement.js';

type Loose = Readonly<Record<string, unknown>>;

interface Mappings {
  readonly actor: (actor: Loose) => Loose;
  readonly verb: (verb: Loose) => Loose;
  readonly activity: (activity: Loose) => Loose;
}

/** The one walk over agents, verbs and activities of a statement that is answered. */
function mapped(statement: Loose, to: Mappings): Loose {
  const object = statement.object as Loose;
  const result: Record<string, unknown> = {
    ...statement,
    actor: to.actor(statement.actor as Loose),
    verb: to.verb(statement.verb as Loose),
    object: mappedObject(object, to),
  };
  if (statement.authority !== undefined) result.authority = to.actor(statement.authority as Loose);
  if (statement.context !== undefined) result.context = mappedContext(statement.context as Loose, to);
  return result;
}

function mappedObject(object: Loose, to: Mappings): Loose {
  switch (object.objectType) {
    case 'Agent':
    case 'Group':
      return to.actor(object);
    case 'SubStatement':
      return mapped(object, to);
    case 'StatementRef':
      return object;
    default:
      return to.activity(object);
  }
}

function mappedContext(context: Loose, to: Mappings): Loose {
  const result: Record<string, unknown> = { ...context };
  for (const key of ['instructor', 'team'] as const) if (context[key] !== undefined) result[key] = to.actor(context[key] as Loose);
  for (const [list, key] of [['contextAgents', 'agent'], ['contextGroups', 'group']] as const) {
    if (context[list] !== undefined) result[list] = (context[list] as Loose[]).map((item) => ({ ...item, [key]: to.actor(item[key] as Loose) }));
  } // prettier-ignore
  const activities = context.contextActivities as Loose | undefined;
  if (activities !== undefined) {
    const lists = CONTEXT_ACTIVITY_KINDS.filter((kind) => activities[kind] !== undefined);
    result.contextActivities = Object.fromEntries(
      lists.map((kind) => [kind, [activities[kind]].flat().map((one) => to.activity(one as Loose))]),
    );
  }
  return result;
}

const IDENTIFIERS = ['objectType', 'mbox', 'mbox_sha1sum', 'openid', 'account'];
const only = (object: Loose, keys: readonly string[]): Loose =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));

function identifiersOnly(actor: Loose): Loose {
  if (isIdentified(actor)) return only(actor, IDENTIFIERS);
  return { objectType: 'Group', member: ((actor.member as Loose[] | undefined) ?? []).map(identifiersOnly) };
}

/**
 * A statement in the format `ids`: agents, groups, verbs and activities with what identifies them, and nothing else.
 *
 * Source: xAPI 1.0.3, part three, 2.1.3.
 */
export function idsFormat(statement: Statement): Statement {
  return mapped(statement as never, {
    actor: identifiersOnly,
    verb: ({ id }) => ({ id }),
    activity: (activity) => only(activity, ['objectType', 'id']),
  }) as unknown as Statement;
}

/**
 * A statement in the format `canonical`: activities with their merged definitions, and one language in each language map of
 * activities and verbs.
 *
 * @param definitionOf the definition of an activity, merged from all that was ever said of it
 * @param acceptLanguage the header, as sent
 */
export function canonicalFormat(
  statement: Statement,
  definitionOf: (activity: string) => ActivityDefinition | undefined,
  acceptLanguage: string | undefined,
): Statement {
  const ranges = languageRanges(acceptLanguage);
  return mapped(statement as never, {
    actor: (actor) => actor,
    verb: (verb) => (verb.display === undefined ? verb : { ...verb, display: oneLanguage(verb.display as LanguageMap, ranges) }),
    activity: (activity) => {
      const definition = definitionOf(String(activity.id)) ?? (activity.definition as ActivityDefinition | undefined);
      return definition === undefined ? activity : { ...activity, definition: inOneLanguage(definition, ranges) };
    },
  }) as unknown as Statement;
}

/** A definition with one language in each of its language maps. */
function inOneLanguage(definition: ActivityDefinition, ranges: readonly string[]): ActivityDefinition {
  const result: Record<string, unknown> = { ...definition };
  for (const key of ['name', 'description'] as const) {
    const map = definition[key];
    if (map !== undefined) result[key] = oneLanguage(map, ranges);
  }
  for (const list of COMPONENT_LISTS) {
    const components = definition[list];
    if (components === undefined) continue;
    result[list] = components.map((each) =>
      each.description === undefined ? each : { ...each, description: oneLanguage(each.description, ranges) },
    );
  }
  return result;
}

/** Language ranges of an Accept-Language header, the most wanted first. Source: RFC 9110, 12.5.4. */
export function languageRanges(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.toLowerCase().startsWith('q='));
      return { range: range.toLowerCase(), quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ range, quality }) => range !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

/**
 * The entry that is wanted most, by the ranges in their order; the first one where none is wanted.
 *
 * @example oneLanguage({ 'en-US': 'answered', de: 'antwortete' }, ['de-AT']) // => { de: 'antwortete' }
 */
export function oneLanguage(map: LanguageMap, ranges: readonly string[]): LanguageMap {
  const tags = Object.keys(map);
  const first = tags[0];
  if (first === undefined) return map;
  const chosen = ranges.map((range) => tagFor(range, tags)).find((tag) => tag !== undefined) ?? first;
  return { [chosen]: map[chosen]! };
}

/** Exactly it, else one within it (`en` is met by `en-US`), else one that it is within (`de-AT` is met by `de`). */
function tagFor(range: string, tags: readonly string[]): string | undefined {
  if (range === '*') return tags[0];
  const lower = (tag: string) => tag.toLowerCase();
  return (
    tags.find((tag) => lower(tag) === range) ??
    tags.find((tag) => lower(tag).startsWith(`${range}-`)) ??
    tags.find((tag) => range.startsWith(`${lower(tag)}-`))
  );
}

/**
 * One definition from all that were sent, oldest first: later ones win, property by property; languages and extensions add up.
 *
 * @example mergedDefinition([{ name: { en: 'Quiz' } }, { name: { de: 'Test' } }]) // => { name: { en: 'Quiz', de: 'Test' } }
 */
export function mergedDefinition(definitions: readonly ActivityDefinition[]): ActivityDefinition | undefined {
  if (definitions.length === 0) return undefined;
  return definitions.reduce<ActivityDefinition>((merged, next) => {
    const result: Record<string, unknown> = { ...merged, ...next };
    for (const key of ['name', 'description', 'extensions'] as const) {
      if (merged[key] !== undefined && next[key] !== undefined) result[key] = { ...merged[key], ...next[key] };
    }
    return result;
  }, {});
}
