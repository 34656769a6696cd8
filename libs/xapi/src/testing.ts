import fc from 'fast-check';
import {
  type Attachment,
  type Context,
  isActivity,
  type Result,
  type Score,
  type Statement,
  type StatementObject,
  type SubStatement,
  type XapiVersion,
} from './statement.js';
import { activities, contextActivities } from './testing/activities.js';
import { actors, agents, authorities, groups } from './testing/actors.js';
import { durations, extensions, iris, languageMaps, languageTags, numbers, timestamps } from './testing/values.js';

export { BROKEN, BROKEN_IN_1_0_3, BROKEN_IN_2_0_0, BROKEN_WHOLE, type Broken } from './validation/broken-rules.js';
export { activities, actors, agents, extensions, groups, iris, languageMaps };

const verbs = fc.record({ id: iris, display: languageMaps }, { requiredKeys: ['id'] });
const references = fc.record({ objectType: fc.constant('StatementRef' as const), id: fc.uuid() });
const agentObjects = agents.map((agent) => ({ ...agent, objectType: 'Agent' as const }));
const simpleObjects = fc.oneof({ weight: 4, arbitrary: activities }, agentObjects, groups, references);

const scores: fc.Arbitrary<Score> = fc
  .record({ scaled: fc.double({ min: 0, max: 1, noNaN: true }), raw: numbers, min: numbers, max: numbers }, { requiredKeys: [] })
  .map((score) => {
    const { raw, min, max, ...rest } = score;
    const sorted = [min, raw, max].filter((value) => value !== undefined).sort((a, b) => a - b);
    if (min !== undefined && max !== undefined && sorted[0] === sorted.at(-1)) return rest;
    const ordered = { ...rest, ...(min !== undefined && { min: sorted.shift()! }), ...(max !== undefined && { max: sorted.pop()! }) };
    return raw === undefined ? ordered : { ...ordered, raw: sorted[0]! };
  });

const results: fc.Arbitrary<Result> = fc.record(
  {
    score: scores,
    success: fc.boolean(),
    completion: fc.boolean(),
    response: fc.string({ maxLength: 30 }),
    duration: durations,
    extensions,
  },
  { requiredKeys: [] },
);

const relevantTypes = fc.array(iris, { minLength: 1, maxLength: 2 });
const contextAgents = fc.array(
  fc.record({ objectType: fc.constant('contextAgent' as const), agent: agents, relevantTypes }, { requiredKeys: ['objectType', 'agent'] }),
  { maxLength: 2 },
);
const contextGroups = fc.array(
  fc.record({ objectType: fc.constant('contextGroup' as const), group: groups, relevantTypes }, { requiredKeys: ['objectType', 'group'] }),
  { maxLength: 2 },
);

function contexts(version: XapiVersion, object: StatementObject): fc.Arbitrary<Context> {
  return fc.record(
    {
      registration: fc.uuid(),
      instructor: actors,
      team: groups,
      contextActivities,
      language: languageTags,
      statement: references,
      extensions,
      ...(isActivity(object) && { revision: fc.string({ maxLength: 8 }), platform: fc.string({ maxLength: 8 }) }),
      ...(version === '2.0.0' && { contextAgents, contextGroups }),
    },
    { requiredKeys: [] },
  );
}

const attachments: fc.Arbitrary<Attachment[]> = fc.array(
  fc.record(
    {
      usageType: iris,
      display: languageMaps,
      description: languageMaps,
      contentType: fc.constantFrom('text/plain', 'application/octet-stream', 'text/html; charset=utf-8'),
      length: fc.nat(),
      sha2: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
      fileUrl: iris,
    },
    { requiredKeys: ['usageType', 'display', 'contentType', 'length', 'sha2'] },
  ),
  { maxLength: 2 },
);

function core(version: XapiVersion, object: StatementObject) {
  return { actor: actors, verb: verbs, result: results, context: contexts(version, object), timestamp: timestamps(version), attachments };
}

function subStatements(version: XapiVersion): fc.Arbitrary<SubStatement> {
  return simpleObjects.chain((object) =>
    fc
      .record(
        { objectType: fc.constant('SubStatement' as const), ...core(version, object) },
        { requiredKeys: ['objectType', 'actor', 'verb'] },
      )
      .map((statement) => ({ ...statement, object })),
  );
}

/**
 * Any valid statement of a version: every kind of object, actor, interaction, context and attachment occurs.
 *
 * @example fc.assert(fc.property(statements('1.0.3'), (statement) => validateStatement(statement, '1.0.3').length === 0))
 */
export function statements(version: XapiVersion): fc.Arbitrary<Statement> {
  const objects: fc.Arbitrary<StatementObject> = fc.oneof({ weight: 4, arbitrary: simpleObjects }, subStatements(version));
  return objects.chain((object) =>
    fc
      .record(
        {
          ...core(version, object),
          id: fc.uuid(),
          stored: timestamps(version),
          authority: authorities,
          version: fc.constant(version === '2.0.0' ? '2.0.0' : '1.0.0'),
        },
        { requiredKeys: ['actor', 'verb'] },
      )
      .map((statement): Statement => ({ ...statement, object })),
  );
}
