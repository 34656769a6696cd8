import { type XapiVersion } from '../statement.js';

/** One rule of the specification as a change of a valid statement, and whether the statement stays valid. For tests. */
export interface SectionCase {
  /** Part two of 1.0.3 by its anchors: `2.4.5.1.s2` is the table of the score. */
  readonly section: string;
  readonly what: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly valid: boolean;
  /** Where the versions differ; both where left out. */
  readonly versions?: readonly XapiVersion[];
}

const mbox = 'mailto:ann@example.org';
const iri = 'http://example.com/x';
const uuid = '8f87ccde-bb56-4c2e-ab83-44982ef22df0';
const activity = { id: iri };
const ref = { objectType: 'StatementRef', id: uuid };
const verb = { id: iri };
const member = [{ mbox }];
const group = { objectType: 'Group', member };
const attachment = { usageType: iri, display: { en: 'x' }, contentType: 'text/plain', length: 1, sha2: 'a'.repeat(64), fileUrl: iri };
const ONLY_1: readonly XapiVersion[] = ['1.0.3'];
const ONLY_2: readonly XapiVersion[] = ['2.0.0'];

type Change = Readonly<Record<string, unknown>>;
const takes = (section: string, what: string, change: Change, versions?: readonly XapiVersion[]): SectionCase => ({ section, what, change, valid: true, ...(versions && { versions }) }); // prettier-ignore
const refuses = (section: string, what: string, change: Change, versions?: readonly XapiVersion[]): SectionCase => ({ section, what, change, valid: false, ...(versions && { versions }) }); // prettier-ignore

const definition = (value: unknown): Change => ({ object: { ...activity, definition: value } });
const context = (value: unknown): Change => ({ context: value });
const result = (value: unknown): Change => ({ result: value });
const sub = (more: Change): Change => ({ object: { objectType: 'SubStatement', actor: { mbox }, verb, object: activity, ...more } });

/** 2.2: what holds for every property. */
const FORMATTING: readonly SectionCase[] = [
  ...['actor', 'verb', 'object', 'result', 'context', 'timestamp', 'authority', 'attachments', 'id', 'stored', 'version'].map((key) =>
    refuses('2.2.s4.b1.b1', `null as ${key}`, { [key]: null }),
  ),
  refuses('2.2.s4.b1.b1', 'null as a name', { actor: { mbox, name: null } }),
  refuses('2.2.s4.b1.b1', 'null in a language map', { verb: { ...verb, display: { en: null } } }),
  refuses('2.2.s4.b1.b1', 'null as a definition', definition(null)),
  refuses('2.2.s4.b1.b1', 'null as a context activity', context({ contextActivities: { parent: null } })),
  refuses('2.2.s4.b1.b1', 'null among context activities', context({ contextActivities: { parent: [null] } })),
  refuses('2.2.s4.b1.b1', 'null among members', { actor: { ...group, member: [null] } }),
  refuses('2.2.s4.b1.b1', 'null as extensions', result({ extensions: null })),
  takes('2.2.s4.b1.b1', 'null inside extensions', result({ extensions: { [iri]: null, [`${iri}/2`]: { a: [null] } } })),
  ...['raw', 'min', 'max', 'scaled'].map((key) => refuses('2.2.s4.b1.b2', `a string as ${key}`, result({ score: { [key]: '0.5' } }))),
  refuses('2.2.s4.b1.b2', 'a string as length', { attachments: [{ ...attachment, length: '1' }] }),
  refuses('2.2.s4.b1.b3', 'a string as success', result({ success: 'true' })),
  refuses('2.2.s4.b1.b3', 'a string as completion', result({ completion: 'false' })),
  refuses('2.2.s4.b1.b4', 'an empty id', { id: '' }),
  refuses('2.2.s4.b1.b4', 'an empty IRI', { verb: { id: '' } }),
  refuses('2.2.s4.b1.b4', 'an empty mailto', { actor: { mbox: '' } }),
  refuses('2.2.s4.b1.b4', 'an empty duration', result({ duration: '' })),
  refuses('2.2.s4.b1.b4', 'an empty language', context({ language: '' })),
  refuses('2.2.s4.b1.b4', 'an empty timestamp', { timestamp: '' }),
  refuses('2.2.s4.b1.b5', 'Actor', { actor: undefined, Actor: { mbox } }),
  refuses('2.2.s4.b1.b5', 'MBOX', { actor: { MBOX: mbox } }),
  refuses('2.2.s4.b1.b5', 'interactiontype', definition({ interactiontype: 'choice' })),
  refuses('2.2.s4.b1.b6', 'activity as objectType', { object: { ...activity, objectType: 'activity' } }),
  refuses('2.2.s4.b1.b6', 'statementref as objectType', { object: { ...ref, objectType: 'statementref' } }),
  refuses('2.2.s4.b1.b6', 'True-False as interactionType', definition({ interactionType: 'True-False' })),
  refuses('2.2.s4.b1.b7', 'an unknown property of a statement', { iD: uuid }),
  refuses('2.2.s4.b1.b7', 'an unknown property of a verb', { verb: { ...verb, type: 'x' } }),
  refuses('2.2.s4.b1.b7', 'an unknown property of an account', { actor: { account: { homePage: iri, name: 'a', more: 1 } } }),
  refuses('2.2.s4.b1.b8', 'an activity id without scheme', { object: { id: 'example.com/x' } }),
  refuses('2.2.s4.b1.b8', 'moreInfo without scheme', definition({ moreInfo: 'www.example.com' })),
  refuses('2.2.s4.b1.b8', 'fileUrl without scheme', { attachments: [{ ...attachment, fileUrl: 'example.com/a.pdf' }] }),
  refuses('2.2.s4.b2', 'a first subtag of nine letters', { verb: { ...verb, display: { abcdefghi: 'x' } } }),
  takes('2.2.s4.b2', 'language, script and region', { verb: { ...verb, display: { 'zh-Hant-TW': 'x', und: 'y' } } }),
  takes('2.2.s2.b1', 'empty objects, which only SHOULD NOT be', { result: {}, context: {}, verb: { ...verb, display: {} } }),
];

/** 2.4.1 to 2.4.3: id, actor, verb. */
const WHO_AND_WHAT: readonly SectionCase[] = [
  takes('2.4.1', 'a UUID in upper case', { id: uuid.toUpperCase() }),
  refuses('2.4.1', 'a UUID without hyphens', { id: uuid.replaceAll('-', '') }),
  refuses('2.4.1', 'a UUID with a digit too many', { id: `${uuid}0` }),
  ...[
    { mbox },
    { mbox_sha1sum: 'a'.repeat(40) },
    { openid: 'http://ann.example.org/' },
    { account: { homePage: iri, name: 'ann' } },
  ].flatMap((identifier) => [
    takes('2.4.2.1.s2.b1', `an agent by ${Object.keys(identifier)[0]!}`, { actor: { name: 'Ann', ...identifier } }),
    takes('2.4.2.2.s5.b1', `a group by ${Object.keys(identifier)[0]!}`, { actor: { objectType: 'Group', ...identifier } }),
    takes('2.4.4.2.s1', `an agent as object by ${Object.keys(identifier)[0]!}`, { object: { objectType: 'Agent', ...identifier } }),
  ]),
  refuses('2.4.2.1.s2.b1', 'an agent without identifier', { actor: { objectType: 'Agent', name: 'Ann' } }),
  refuses('2.4.2.1.s2.b2', 'an agent by two', { actor: { mbox, openid: iri } }),
  takes('2.4.2.2.s4.b1', 'an anonymous group with members', { actor: group }),
  refuses('2.4.2.2.s4.b1', 'an anonymous group without', { actor: { objectType: 'Group', name: 'us' } }),
  refuses('2.4.2.2.s4.b2', 'a group in an anonymous group', { actor: { ...group, member: [group] } }),
  refuses('2.4.2.2.s5.b1', 'a group by two', { actor: { ...group, mbox, openid: iri } }),
  refuses('2.4.2.2.s5.b2', 'a group in an identified group', { actor: { ...group, mbox, member: [group] } }),
  takes('2.4.2.2.s5.b4', 'an identified group with members', { actor: { ...group, mbox } }),
  refuses('2.4.2.3', 'an mbox_sha1sum of 39 digits', { actor: { mbox_sha1sum: 'a'.repeat(39) } }),
  refuses('2.4.2.4', 'an account name that is a number', { actor: { account: { homePage: iri, name: 7 } } }),
  takes('2.4.3.s3', 'a verb without display', { verb }),
  refuses('2.4.3.s3', 'a display that is a list', { verb: { ...verb, display: [] } }),
];

/** 2.4.4: objects. */
const OBJECTS: readonly SectionCase[] = [
  takes('2.4.4.s2', 'an activity without objectType', { object: activity }),
  refuses('2.4.4.1.s1', 'an activity without id', { object: { objectType: 'Activity' } }),
  ...['true-false', 'choice', 'fill-in', 'long-fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric', 'other'].map((interactionType) =>
    takes('2.4.4.1.s8', `the interaction type ${interactionType}`, definition({ interactionType, correctResponsesPattern: [] })),
  ), // prettier-ignore
  refuses('2.4.4.1.s13.b1', 'an unknown interaction type', definition({ interactionType: 'essay' })),
  takes('2.4.4.1.s13.b4', 'a response pattern of 5,000 characters', definition({ interactionType: 'fill-in', correctResponsesPattern: ['a'.repeat(5_000)] })), // prettier-ignore
  refuses('2.4.4.1.s15', 'a component that is a string', definition({ interactionType: 'choice', choices: ['a'] })),
  refuses(
    '2.4.4.1.s15',
    'a description that is a string',
    definition({ interactionType: 'choice', choices: [{ id: 'a', description: 'A' }] }),
  ),
  refuses('2.4.4.1.s16.b1', 'two components of one id', definition({ interactionType: 'likert', scale: [{ id: 'a' }, { id: 'a' }] })),
  refuses('2.4.4.2.s1.b1', 'an agent as object without objectType', { object: { mbox } }),
  takes('2.4.4.2.s1.b1', 'a group as object', { object: group }),
  refuses('2.4.4.3.s4.b1', 'a reference without objectType', { object: { id: uuid } }),
  refuses('2.4.4.3.s4.b2', 'a reference without id', { object: { objectType: 'StatementRef' } }),
  takes(
    '2.4.4.3.s8.b1',
    'a sub-statement',
    sub({ timestamp: '2099-01-01T00:00:00Z', result: { success: true }, attachments: [attachment] }),
  ),
  refuses('2.4.4.3.s8.b2', 'a sub-statement without verb', sub({ verb: undefined })),
  refuses('2.4.4.3.s8.b2', 'a score out of range in a sub-statement', sub({ result: { score: { scaled: 2 } } })),
  ...['id', 'stored', 'version', 'authority'].map((key) => refuses('2.4.4.3.s8.b3', `${key} in a sub-statement`, sub({ [key]: key === 'authority' ? { mbox } : uuid }))), // prettier-ignore
  refuses('2.4.4.3.s8.b4', 'a sub-statement in a sub-statement', sub(sub({}))),
  takes('2.4.4.3.s8', 'a reference in a sub-statement', sub({ object: ref })),
  refuses('2.3.2.s2.b1', 'voiding an agent', {
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'Agent', mbox },
  }),
  takes('2.3.2.s2.b5', 'voiding what is not there', { verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: ref }),
];

/** 2.4.5 to 2.4.11, and part 4. */
const REST: readonly SectionCase[] = [
  ...[-1, -0.5, 0, 1].map((scaled) => takes('2.4.5.1.s2', `scaled ${scaled}`, result({ score: { scaled } }))),
  ...[-1.0001, 1.0001, 100].map((scaled) => refuses('2.4.5.1.s2', `scaled ${scaled}`, result({ score: { scaled } }))),
  takes('2.4.5.1.s2', 'raw at min', result({ score: { raw: 0, min: 0, max: 10 } })),
  takes('2.4.5.1.s2', 'raw at max', result({ score: { raw: 10, min: 0, max: 10 } })),
  refuses('2.4.5.1.s2', 'raw below min alone', result({ score: { raw: -1, min: 0 } })),
  refuses('2.4.5.1.s2', 'raw above max alone', result({ score: { raw: 11, max: 10 } })),
  refuses('2.4.5.1.s2', 'min above max', result({ score: { min: 10, max: 0 } })),
  refuses('2.4.5.s2', 'a score that is a number', result({ score: 1 })),
  takes('2.4.6.s3', 'a group as instructor', context({ instructor: group })),
  refuses('2.4.6.s3', 'an agent as team', context({ team: { mbox } })),
  takes('2.4.6.s3', 'an anonymous group as team', context({ team: group })),
  refuses('2.4.6.s3', 'a sub-statement as statement', context({ statement: sub({}).object })),
  takes('2.4.6.s3', 'a reference as statement', context({ statement: ref })),
  takes('2.4.6.s4.b1', 'revision of an activity', context({ revision: '1', platform: 'x' })),
  ...[ref, { objectType: 'Agent', mbox }, group, sub({}).object].flatMap((object) => [
    refuses('2.4.6.s4.b1', `revision beside ${String((object as Change).objectType)}`, { object, context: { revision: '1' } }),
    refuses('2.4.6.s4.b2', `platform beside ${String((object as Change).objectType)}`, { object, context: { platform: '1' } }),
  ]),
  ...['parent', 'grouping', 'category', 'other'].flatMap((kind) => [
    takes('2.4.6.2.s4.b2', `one activity as ${kind}`, context({ contextActivities: { [kind]: activity } })),
    takes('2.4.6.2.s4.b2', `a list as ${kind}`, context({ contextActivities: { [kind]: [activity, activity] } })),
    refuses('2.4.6.2.s4.b2', `a reference as ${kind}`, context({ contextActivities: { [kind]: [ref] } })),
  ]),
  refuses('2.4.6.2.s4.b1', 'a fifth kind', context({ contextActivities: { Parent: [activity] } })),
  takes('2.4.7.s3.b6', 'a timestamp in the future', { timestamp: '2199-01-01T00:00:00Z' }),
  takes('2.4.9.s3.b1', 'an authority of an application and a user', { authority: { objectType: 'Group', member: [{ account: { homePage: iri, name: 'app' } }, { mbox }] } }), // prettier-ignore
  refuses('2.4.9.s3.b1', 'an authority of one', { authority: group }),
  refuses('2.4.9.s3.b1', 'an authority of three', { authority: { ...group, member: [{ mbox }, { mbox }, { mbox }] } }),
  takes('2.4.10.s3.b1', 'version 1.0.0', { version: '1.0.0' }),
  takes('2.4.10.s3.b1', 'version 1.0.17', { version: '1.0.17' }),
  ...['0.9.9', '1.1.0', '1.0', '3.0.0', 'x'].map((version) => refuses('2.4.10.s3.b2', `version ${version}`, { version })),
  refuses('2.4.10.s3.b2', 'version 2.0.0 where 1.0.3 is spoken', { version: '2.0.0' }, ONLY_1),
  takes('2.0 g4', 'version 2.0.0', { version: '2.0.0' }, ONLY_2),
  ...['usageType', 'display', 'contentType', 'length', 'sha2'].map((key) => refuses('2.4.11.s2', `an attachment without ${key}`, { attachments: [{ ...attachment, [key]: undefined }] })), // prettier-ignore
  refuses('2.4.11.s2', 'attachments that are no list', { attachments: attachment }),
  takes('2.4.11.s2', 'an attachment with a description', { attachments: [{ ...attachment, description: { en: 'y' } }] }),
  refuses('4.1.s3.b1', 'an extension key without scheme', context({ extensions: { key: 1 } })),
  ...[0, '', false, [], {}, { a: { b: [1, 'x', null, {}] } }].map((value) => takes('4.1.s3.b2', `an extension of ${JSON.stringify(value)}`, context({ extensions: { [iri]: value } }))), // prettier-ignore
  ...['2015-11-18T12:17:00+00:00', '2015-11-18T12:17:00Z', '2015-11-18T12:17:00.1234567Z', '2015-11-18T12:17:00-08:00'].map((timestamp) => takes('4.5.s1.b1', timestamp, { timestamp })), // prettier-ignore
  ...['18/11/2015', '2015-11-18', '12:17', '2015-11-18T12:17:00-00:00', '2015-11-31T12:17:00Z'].map((timestamp) => refuses('4.5.s1.b1', timestamp, { timestamp })), // prettier-ignore
  ...['20151118T121700Z', '2015-11-18T12:17:00'].flatMap((timestamp) => [
    takes('4.5.s1.b2', timestamp, { timestamp }, ONLY_1),
    refuses('2.0 s19 RFC 3339', timestamp, { timestamp }, ONLY_2),
  ]),
  ...['PT4H35M59.14S', 'P3Y1M29DT4H35M59.14S', 'P3Y', 'P4W', 'PT0.123456S'].map((duration) =>
    takes('4.6.s1.b1', duration, result({ duration })),
  ),
  ...['P4W1D', '4H', 'P0003-06-04T12:30:05', 'PT', '1:30'].map((duration) => refuses('4.6.s1.b1', duration, result({ duration }))),
  takes('2.0 contextAgents', 'an agent with types', context({ contextAgents: [{ objectType: 'contextAgent', agent: { mbox }, relevantTypes: [iri] }] }), ONLY_2), // prettier-ignore
  takes('2.0 contextGroups', 'a group without types', context({ contextGroups: [{ objectType: 'contextGroup', group }] }), ONLY_2),
  refuses('2.0 contextAgents', 'a list of types that is empty', context({ contextAgents: [{ objectType: 'contextAgent', agent: { mbox }, relevantTypes: [] }] }), ONLY_2), // prettier-ignore
  refuses('2.0 contextGroups', 'an agent as group', context({ contextGroups: [{ objectType: 'contextGroup', group: { mbox } }] }), ONLY_2),
  refuses('2.2.s4.b1.b7', 'contextAgents, which 1.0.3 has not', context({ contextAgents: [] }), ONLY_1),
];

/** Rules of part two that a store has to hold, each named by its section. */
export const SECTION_CASES: readonly SectionCase[] = [...FORMATTING, ...WHO_AND_WHAT, ...OBJECTS, ...REST];

/** A statement to change: `undefined` takes a property away. */
export function changedStatement(change: Change): Record<string, unknown> {
  const changed: Record<string, unknown> = { actor: { mbox }, verb, object: activity, ...change };
  return JSON.parse(JSON.stringify(changed)) as Record<string, unknown>;
}
