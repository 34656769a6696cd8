import { MAX_EXTENSION_DEPTH } from './depth.js';

/** One broken rule: what to change in a valid statement, and the path that has to be named. For tests. */
export interface Broken {
  readonly rule: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly path: string;
}

const agent = { mbox: 'mailto:ann@example.org' };
const account = { homePage: 'http://lms.example', name: '7' };
const verb = { id: 'http://example.com/verb' };
const id = 'http://example.com/activity';
const uuid = '8f87ccde-bb56-4c2e-ab83-44982ef22df0';
const reference = { objectType: 'StatementRef', id: uuid };
const attachment = { usageType: id, display: {}, contentType: 'text/plain', length: 1, sha2: 'a'.repeat(64) };

const rule = (name: string, change: Broken['change'], path: string): Broken => ({ rule: name, change, path });
const defined = (name: string, definition: unknown, path: string) => rule(name, { object: { id, definition } }, `object.definition${path}`);
const context = (name: string, value: unknown, path: string) => rule(name, { context: value }, `context.${path}`);
const result = (name: string, value: unknown, path: string) => rule(name, { result: value }, `result.${path}`);

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

const ACTORS: readonly Broken[] = [
  rule('no actor', { actor: undefined }, 'actor'),
  rule('a null actor', { actor: null }, 'actor'),
  rule('an agent without identifier', { actor: { name: 'Ann' } }, 'actor'),
  rule('an agent with two identifiers', { actor: { ...agent, account } }, 'actor'),
  rule('an unknown property of an agent', { actor: { ...agent, age: 3 } }, 'actor.age'),
  rule('another objectType of an actor', { actor: { ...agent, objectType: 'Activity' } }, 'actor.objectType'),
  rule('an objectType in another case', { actor: { ...agent, objectType: 'agent' } }, 'actor.objectType'),
  rule('members without objectType Group', { actor: { ...agent, member: [agent] } }, 'actor.objectType'),
  rule('a name that is no string', { actor: { ...agent, name: 3 } }, 'actor.name'),
  rule('an mbox without mailto', { actor: { mbox: 'ann@example.org' } }, 'actor.mbox'),
  rule('an mbox without a domain', { actor: { mbox: 'mailto:ann' } }, 'actor.mbox'),
  rule('a hash that is too short', { actor: { mbox_sha1sum: 'abc' } }, 'actor.mbox_sha1sum'),
  rule('an openid without scheme', { actor: { openid: 'example.org/ann' } }, 'actor.openid'),
  rule('an account without home page', { actor: { account: { name: '7' } } }, 'actor.account.homePage'),
  rule('an account without name', { actor: { account: { homePage: id } } }, 'actor.account.name'),
  rule('a home page without scheme', { actor: { account: { homePage: 'lms', name: '7' } } }, 'actor.account.homePage'),
  rule('a group of nobody', { actor: { objectType: 'Group' } }, 'actor.member'),
  rule('a group with an empty list', { actor: { objectType: 'Group', member: [] } }, 'actor.member'),
  rule('a group with two identifiers', { actor: { objectType: 'Group', ...agent, account } }, 'actor'),
  rule(
    'a group in a group',
    { actor: { objectType: 'Group', member: [agent, { objectType: 'Group', ...agent }] } },
    'actor.member[1].objectType',
  ),
  rule('a member without identifier', { actor: { objectType: 'Group', member: [{}] } }, 'actor.member[0]'),
];

const OBJECTS: readonly Broken[] = [
  rule('no verb', { verb: undefined }, 'verb'),
  rule('a verb without id', { verb: {} }, 'verb.id'),
  rule('a verb id without scheme', { verb: { id: 'played' } }, 'verb.id'),
  rule('a verb id with a space', { verb: { id: 'http://a/b c' } }, 'verb.id'),
  rule('a display that is a string', { verb: { ...verb, display: 'played' } }, 'verb.display'),
  rule('a language that is no tag', { verb: { ...verb, display: { abcdefghi: 'x' } } }, 'verb.display.abcdefghi'),
  rule('a text of a language map that is no string', { verb: { ...verb, display: { en: 1 } } }, 'verb.display.en'),
  rule('no object', { object: undefined }, 'object'),
  rule('an activity without id', { object: {} }, 'object.id'),
  rule('an activity id without scheme', { object: { id: 'course' } }, 'object.id'),
  rule('an unknown objectType', { object: { id, objectType: 'Course' } }, 'object.objectType'),
  rule('a reference without UUID', { object: { objectType: 'StatementRef', id } }, 'object.id'),
  rule('an unknown property of a reference', { object: { ...reference, definition: {} } }, 'object.definition'),
  rule('an agent as object without identifier', { object: { objectType: 'Agent' } }, 'object'),
  rule('voiding an activity', { verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: { id } }, 'object.objectType'),
  defined('an unknown property of a definition', { title: 'x' }, '.title'),
  defined('a type without scheme', { type: 'course' }, '.type'),
  defined('an interaction type in another case', { interactionType: 'Choice' }, '.interactionType'),
  defined('a pattern without interaction type', { correctResponsesPattern: ['a'] }, '.interactionType'),
  defined('choices without interaction type', { choices: [] }, '.interactionType'),
  defined('choices of a likert', { interactionType: 'likert', choices: [] }, '.choices'),
  defined('a scale of a choice', { interactionType: 'choice', scale: [] }, '.scale'),
  defined('choices of a true-false', { interactionType: 'true-false', choices: [] }, '.choices'),
  defined('a pattern that is no list', { interactionType: 'choice', correctResponsesPattern: 'a' }, '.correctResponsesPattern'),
  defined('a pattern that is no string', { interactionType: 'choice', correctResponsesPattern: [1] }, '.correctResponsesPattern[0]'),
  defined('two components of one id', { interactionType: 'choice', choices: [{ id: 'a' }, { id: 'a' }] }, '.choices[1].id'),
  defined('a component without id', { interactionType: 'matching', source: [{}] }, '.source[0].id'),
  defined('an extension key that is no IRI', { extensions: { plain: 1 } }, '.extensions.plain'),
];

const RESULTS: readonly Broken[] = [
  result('a scaled score above one', { score: { scaled: 1.01 } }, 'score.scaled'),
  result('a scaled score below minus one', { score: { scaled: -1.01 } }, 'score.scaled'),
  result('a score as a string', { score: { raw: '1' } }, 'score.raw'),
  result('a raw score below min', { score: { raw: 1, min: 2 } }, 'score.raw'),
  result('a raw score above max', { score: { raw: 3, max: 2 } }, 'score.raw'),
  result('min above max', { score: { min: 3, max: 2 } }, 'score.min'),
  result('min equal to max', { score: { min: 2, max: 2 } }, 'score.min'),
  result('an unknown property of a score', { score: { mean: 2 } }, 'score.mean'),
  result('success as a string', { success: 'true' }, 'success'),
  result('completion as null', { completion: null }, 'completion'),
  result('a response that is no string', { response: 5 }, 'response'),
  result('weeks with days', { duration: 'P4W1D' }, 'duration'),
  result('an empty duration', { duration: 'P' }, 'duration'),
  result('a time designator without time', { duration: 'P1DT' }, 'duration'),
  result('seconds without time designator', { duration: 'P16559.14S' }, 'duration'),
  result('a fraction before the last unit', { duration: 'PT1.5H3M' }, 'duration'),
  result('extensions as a list', { extensions: [] }, 'extensions'),
  result('an absurdly deep extension', { extensions: { [id]: nested(MAX_EXTENSION_DEPTH + 1) } }, `extensions["${id}"]`),
];

const CONTEXTS: readonly Broken[] = [
  context('a registration that is no UUID', { registration: 'attempt-1' }, 'registration'),
  context('an agent as team', { team: agent }, 'team.objectType'),
  context('an instructor without identifier', { instructor: { name: 'Ann' } }, 'instructor'),
  context('a language that is no tag', { language: 'en_US' }, 'language'),
  context('a statement that is no reference', { statement: { id: uuid } }, 'statement.objectType'),
  context('a fifth kind of context activity', { contextActivities: { sibling: [] } }, 'contextActivities.sibling'),
  context(
    'an agent as context activity',
    { contextActivities: { parent: [{ ...agent, objectType: 'Agent' }] } },
    'contextActivities.parent[0].id',
  ),
  context('a context activity without scheme', { contextActivities: { other: { id: 'x' } } }, 'contextActivities.other.id'),
  context('a string as context activity', { contextActivities: { other: 'x' } }, 'contextActivities.other'),
  context('an unknown property of a context', { mood: 'good' }, 'mood'),
  rule('revision without an activity', { object: reference, context: { revision: '2' } }, 'context.revision'),
  rule('platform without an activity', { object: { objectType: 'Agent', ...agent }, context: { platform: 'LMS' } }, 'context.platform'),
  rule('a timestamp that is no time', { timestamp: 'yesterday' }, 'timestamp'),
  rule('a timestamp without time', { timestamp: '2021-11-29' }, 'timestamp'),
  rule('the offset -00:00', { timestamp: '2021-11-29T23:09:00-00:00' }, 'timestamp'),
  rule('the 30th of February', { timestamp: '2020-02-30T00:00:00Z' }, 'timestamp'),
  rule('an attachment without hash', { attachments: [{ ...attachment, sha2: undefined }] }, 'attachments[0].sha2'),
  rule('an attachment without title', { attachments: [{ ...attachment, display: undefined }] }, 'attachments[0].display'),
  rule('a length that is no integer', { attachments: [{ ...attachment, length: 1.5 }] }, 'attachments[0].length'),
  rule('a negative length', { attachments: [{ ...attachment, length: -1 }] }, 'attachments[0].length'),
  rule('a usage without scheme', { attachments: [attachment, { ...attachment, usageType: 'x' }] }, 'attachments[1].usageType'),
  rule('a content type that is none', { attachments: [{ ...attachment, contentType: 'text' }] }, 'attachments[0].contentType'),
  rule('a hash that is no hex', { attachments: [{ ...attachment, sha2: 'z'.repeat(64) }] }, 'attachments[0].sha2'),
  rule('an unknown property', { mood: 'good' }, 'mood'),
];

/** Rules of statements and sub-statements in both versions. */
export const BROKEN: readonly Broken[] = [...ACTORS, ...OBJECTS, ...RESULTS, ...CONTEXTS];

/** Rules of whole statements only. */
export const BROKEN_WHOLE: readonly Broken[] = [
  rule('an id that is no UUID', { id: 'first' }, 'id'),
  rule('stored that is no time', { stored: '12:00' }, 'stored'),
  rule('another version', { version: '0.95' }, 'version'),
  rule('an authority without identifier', { authority: {} }, 'authority'),
  rule('an authority of three', { authority: { objectType: 'Group', member: [agent, agent, agent] } }, 'authority.member'),
  rule('an authority that is a group without members', { authority: { objectType: 'Group', ...agent } }, 'authority.member'),
  rule('an identifier twice in an authority', { authority: { ...agent, openid: 'http://a/b' } }, 'authority'),
];

const contextAgent = { objectType: 'contextAgent', agent };
export const BROKEN_IN_1_0_3: readonly Broken[] = [
  context('contextAgents, which came with 2.0', { contextAgents: [contextAgent] }, 'contextAgents'),
  context('contextGroups, which came with 2.0', { contextGroups: [] }, 'contextGroups'),
];

export const BROKEN_IN_2_0_0: readonly Broken[] = [
  context('a context agent without objectType', { contextAgents: [{ agent }] }, 'contextAgents[0].objectType'),
  context('a context agent without agent', { contextAgents: [{ objectType: 'contextAgent' }] }, 'contextAgents[0].agent'),
  context('no relevant type in the list', { contextAgents: [{ ...contextAgent, relevantTypes: [] }] }, 'contextAgents[0].relevantTypes'),
  context(
    'a relevant type without scheme',
    { contextAgents: [{ ...contextAgent, relevantTypes: ['x'] }] },
    'contextAgents[0].relevantTypes[0]',
  ),
  context(
    'a context agent without identifier',
    { contextAgents: [contextAgent, { ...contextAgent, agent: {} }] },
    'contextAgents[1].agent',
  ),
  context(
    'a group as context agent',
    { contextAgents: [{ ...contextAgent, agent: { ...agent, objectType: 'Group' } }] },
    'contextAgents[0].agent.objectType',
  ),
  context(
    'an agent as context group',
    { contextGroups: [{ objectType: 'contextGroup', group: agent }] },
    'contextGroups[0].group.objectType',
  ),
  rule('a timestamp without zone', { timestamp: '2021-11-29T23:09:00' }, 'timestamp'),
  rule('a timestamp in basic format', { timestamp: '20211129T230900Z' }, 'timestamp'),
];
