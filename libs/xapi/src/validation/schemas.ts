import { COMPONENT_LISTS, CONTEXT_ACTIVITY_KINDS, INTERACTION_TYPES, type XapiVersion } from '../statement.js';

/**
 * The structure of statements as JSON Schema, one schema per kind of object. Where the specification lets a place hold
 * several kinds, the schema says only "object" and the walk in rules.ts picks the kind by objectType:
 * a choice inside a schema would answer "must match one of", which helps nobody.
 */
export type Shape = 'statement' | 'subStatement' | 'agent' | 'group' | 'activity' | 'statementRef';

type Schema = Readonly<Record<string, unknown>>;

const string = { type: 'string' };
const object = { type: 'object' };
const formatted = (format: string): Schema => ({ type: 'string', format });
const iri = formatted('iri');

function closed(title: string, properties: Schema, required: readonly string[] = []): Schema {
  return { title, type: 'object', properties, required, additionalProperties: false };
}

const languageMap: Schema = {
  title: 'a language map',
  type: 'object',
  propertyNames: formatted('language-tag'),
  additionalProperties: string,
};
const extensions: Schema = { title: 'extensions', type: 'object', propertyNames: iri };

const account = closed('an account', { homePage: iri, name: string }, ['homePage', 'name']);
const identifiers = { mbox: formatted('mailto'), mbox_sha1sum: formatted('sha1'), openid: formatted('uri'), account };
const statementRef = closed('a statement reference', { objectType: { const: 'StatementRef' }, id: formatted('uuid') }, [
  'objectType',
  'id',
]);

const component = closed('an interaction component', { id: string, description: languageMap }, ['id']);
const definition = closed('an activity definition', {
  name: languageMap,
  description: languageMap,
  type: iri,
  moreInfo: iri,
  extensions,
  interactionType: { enum: INTERACTION_TYPES },
  correctResponsesPattern: { type: 'array', items: string },
  ...Object.fromEntries(COMPONENT_LISTS.map((list) => [list, { type: 'array', items: component }])),
});

const number = { type: 'number' };
const score = closed('a score', { scaled: { type: 'number', minimum: -1, maximum: 1 }, raw: number, min: number, max: number });
const result = closed('a result', {
  score,
  success: { type: 'boolean' },
  completion: { type: 'boolean' },
  response: string,
  duration: formatted('duration'),
  extensions,
});

const contextActivities = closed(
  'contextActivities',
  Object.fromEntries(CONTEXT_ACTIVITY_KINDS.map((kind) => [kind, { type: ['object', 'array'] }])),
);

function contextMembers(objectType: string, holds: string): Schema {
  const relevantTypes = { type: 'array', minItems: 1, items: iri };
  return {
    type: 'array',
    items: closed(`a ${objectType}`, { objectType: { const: objectType }, [holds]: object, relevantTypes }, ['objectType', holds]),
  };
}

function context(version: XapiVersion): Schema {
  return closed('a context', {
    registration: formatted('uuid'),
    instructor: object,
    team: object,
    contextActivities,
    ...(version === '2.0.0' && {
      contextAgents: contextMembers('contextAgent', 'agent'),
      contextGroups: contextMembers('contextGroup', 'group'),
    }),
    revision: string,
    platform: string,
    language: formatted('language-tag'),
    statement: statementRef,
    extensions,
  });
}

const attachment = closed(
  'an attachment',
  {
    usageType: iri,
    display: languageMap,
    description: languageMap,
    contentType: formatted('media-type'),
    length: { type: 'integer', minimum: 0 },
    sha2: formatted('sha2'),
    fileUrl: iri,
  },
  ['usageType', 'display', 'contentType', 'length', 'sha2'],
);

function core(version: XapiVersion): Schema {
  return {
    actor: object,
    verb: closed('a verb', { id: iri, display: languageMap }, ['id']),
    object,
    result,
    context: context(version),
    timestamp: formatted('timestamp'),
    attachments: { type: 'array', items: attachment },
  };
}

/** The schemas of one version, to be compiled once. */
export function schemasOf(version: XapiVersion): Readonly<Record<Shape, Schema>> {
  const needed = ['actor', 'verb', 'object'];
  return {
    statement: closed(
      'a statement',
      { id: formatted('uuid'), ...core(version), stored: formatted('timestamp'), authority: object, version: formatted('version') },
      needed,
    ),
    subStatement: closed('a sub-statement', { objectType: { const: 'SubStatement' }, ...core(version) }, needed),
    agent: closed('an agent', { objectType: { const: 'Agent' }, name: string, ...identifiers }),
    group: closed('a group', { objectType: { const: 'Group' }, name: string, ...identifiers, member: { type: 'array', items: object } }, [
      'objectType',
    ]),
    activity: closed('an activity', { objectType: { const: 'Activity' }, id: iri, definition }, ['id']),
    statementRef,
  };
}
