import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actorIdentifier } from '../actors/identity.js';
import { instantOf } from '../formats/timestamp.js';
import { type Actor, type Context, type ContextActivities, type Statement } from '../statement.js';
import { statements } from '../testing.js';
import { comparableHash } from './comparable-hash.js';

const key = createSecretKey(Buffer.alloc(32, 7));
const hash = (statement: Statement, options?: { omitTimestamp: boolean }) => comparableHash(statement, actorIdentifier, key, options);

/** Reverses the keys of every object: another serialisation of the same JSON. */
function reversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed) as T;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed<unknown>(inner)]),
  ) as T;
}

function withMembersReversed<T extends Actor>(actor: T): T {
  return 'member' in actor && actor.member !== undefined ? { ...actor, member: actor.member.toReversed() } : actor;
}

function asLists(activities: ContextActivities): ContextActivities {
  return Object.fromEntries(Object.entries(activities).map(([kind, value]) => [kind, Array.isArray(value) ? value : [value as object]]));
}

function withLists(context: Context): Context {
  return context.contextActivities === undefined ? context : { ...context, contextActivities: asLists(context.contextActivities) };
}

/** What a store or another serialiser may change without changing the statement (part two, 2.3.1). */
function retold(statement: Statement): Statement {
  const { id: _id, stored: _stored, version: _version, authority: _authority, ...rest } = statement;
  const { timestamp, context, object } = rest;
  const instant = timestamp === undefined ? undefined : instantOf(timestamp)!;
  const elsewhere = instant && `${new Date((instant.seconds + 7200) * 1000).toISOString().slice(0, 19)}.${instant.fraction}0+02:00`;
  return {
    ...rest,
    actor: withMembersReversed(statement.actor),
    verb: { id: statement.verb.id, display: { de: 'anders' } },
    object:
      object.objectType === undefined || object.objectType === 'Activity'
        ? { objectType: 'Activity', id: object.id, definition: { name: { en: 'else' } } }
        : object,
    ...(context !== undefined && { context: withLists(context) }),
    ...(elsewhere !== undefined && { timestamp: elsewhere }),
  };
}

describe('the hash of comparable content', () => {
  it.each(['1.0.3', '2.0.0'] as const)('stays when only what may differ differs (%s)', (version) => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        const expected = hash(statement);
        expect(hash(retold(statement))).toBe(expected);
        expect(hash(reversed(statement))).toBe(expected);
        expect(hash(JSON.parse(JSON.stringify(statement)) as Statement)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  const statement: Statement = {
    actor: { mbox: 'mailto:ann@example.org' },
    verb: { id: 'http://a/verb' },
    object: { id: 'http://a/activity' },
    result: { score: { raw: 1 }, success: true, response: 'a', duration: 'PT1.5S', extensions: { 'http://a/x': { a: 1, b: [1, 2] } } },
    context: {
      registration: '8f87ccde-bb56-4c2e-ab83-44982ef22df0',
      contextActivities: { parent: { id: 'http://a/1' }, other: [{ id: 'http://a/2' }, { id: 'http://a/3' }] },
      language: 'en-US',
      platform: 'LMS',
    },
    timestamp: '2021-11-29T23:09:00.867Z',
  };
  const result = (change: object): Statement => ({ ...statement, result: { ...statement.result, ...change } });
  const context = (change: object): Statement => ({ ...statement, context: { ...statement.context, ...change } });

  it.each<readonly [string, Statement]>([
    ['a duration beyond hundredths', result({ duration: 'PT1.509S' })],
    ['the case of a UUID', context({ registration: '8F87CCDE-BB56-4C2E-AB83-44982EF22DF0' })],
    ['the case of a language', context({ language: 'en-us' })],
    ['the case of a mail domain', { ...statement, actor: { mbox: 'mailto:ann@EXAMPLE.org' } }],
    ['objectType Agent, and a name', { ...statement, actor: { objectType: 'Agent', mbox: 'mailto:ann@example.org', name: 'Ann' } }],
    ['the order of keys in an extension', result({ extensions: { 'http://a/x': { b: [1, 2], a: 1 } } })],
  ])('ignores %s', (_, other) => {
    expect(hash(other)).toBe(hash(statement));
  });

  it.each<readonly [string, Statement]>([
    ['actor', { ...statement, actor: { mbox: 'mailto:bob@example.org' } }],
    ['actor that is a group', { ...statement, actor: { objectType: 'Group', mbox: 'mailto:ann@example.org' } }],
    ['verb', { ...statement, verb: { id: 'http://a/other' } }],
    ['object', { ...statement, object: { id: 'http://a/other' } }],
    ['kind of object', { ...statement, object: { objectType: 'StatementRef', id: '8f87ccde-bb56-4c2e-ab83-44982ef22df0' } }],
    ['score', result({ score: { raw: 2 } })],
    ['success', result({ success: false })],
    ['completion', result({ completion: true })],
    ['response', result({ response: 'b' })],
    ['duration', result({ duration: 'PT1.51S' })],
    ['extension', result({ extensions: { 'http://a/x': { a: 1, b: [2, 1] } } })],
    ['registration', context({ registration: '8f87ccde-bb56-4c2e-ab83-44982ef22df1' })],
    [
      'order of context activities',
      context({ contextActivities: { parent: { id: 'http://a/1' }, other: [{ id: 'http://a/3' }, { id: 'http://a/2' }] } }),
    ],
    [
      'kind of context activity',
      context({ contextActivities: { grouping: { id: 'http://a/1' }, other: [{ id: 'http://a/2' }, { id: 'http://a/3' }] } }),
    ],
    ['platform', context({ platform: 'other' })],
    ['revision', context({ revision: '1' })],
    ['instructor', context({ instructor: { mbox: 'mailto:ann@example.org' } })],
    ['instant', { ...statement, timestamp: '2021-11-29T23:09:00.868Z' }],
    ['attachment', { ...statement, attachments: [] }],
  ])('sees another %s', (_, other) => {
    expect(hash(other)).not.toBe(hash(statement));
  });

  it('can leave out a timestamp that the store set', () => {
    const { timestamp: _timestamp, ...without } = statement;
    expect(hash(statement)).not.toBe(hash(without));
    expect(hash(statement, { omitTimestamp: true })).toBe(hash(without));
  });

  it('depends on the key', () => {
    expect(comparableHash(statement, actorIdentifier, Buffer.alloc(32, 8))).not.toBe(hash(statement));
  });
});
