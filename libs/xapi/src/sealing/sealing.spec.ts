import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replaceActors, restoreActors } from '../actors/tokens.js';
import { type Json, type Statement } from '../statement.js';
import { statements } from '../testing.js';
import { type AllowedExtensions, KNOWN_EXTENSIONS } from './known-extensions.js';
import { isClosedResponse } from './responses.js';
import { sealablePaths } from './sealable.js';
import { withSealed, withUnsealed } from './sealed.js';

const seal = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64');
const unseal = (sealed: string) => JSON.parse(Buffer.from(sealed, 'base64').toString('utf8')) as Json;
const none: AllowedExtensions = new Map();

const statement: Statement = {
  actor: { name: 'Ann Lee', account: { homePage: 'http://lms.example', name: 'ann.lee' } },
  verb: { id: 'http://a/verb' },
  object: { id: 'http://a/activity' },
};
const pathsOf = (change: Partial<Statement>, allowed = KNOWN_EXTENSIONS) =>
  sealablePaths({ ...statement, ...change }, allowed).map(({ path }) => path.join(' '));

describe('what may name people', () => {
  it('is nothing in a statement of closed parts', () => {
    const definition = { interactionType: 'choice', choices: [{ id: 'a' }, { id: 'b' }] } as const;
    expect(pathsOf({ object: { id: 'http://a/q', definition }, result: { response: 'a[,]b', score: { raw: 1 } } })).toEqual([]);
  });

  it('is a response without definition, an open one, and one that was not offered', () => {
    expect(pathsOf({ result: { response: 'a' } })).toEqual(['result response']);
    expect(pathsOf({ object: { id: 'http://a/q', definition: { interactionType: 'fill-in' } }, result: { response: 'a' } })).toEqual([
      'result response',
    ]);
    const definition = { interactionType: 'choice', choices: [{ id: 'a' }] } as const;
    expect(pathsOf({ object: { id: 'http://a/q', definition }, result: { response: 'Ann' } })).toEqual(['result response']);
  });

  it('is an extension that is unknown, or known and of another shape', () => {
    const time = 'https://w3id.org/xapi/video/extensions/time';
    expect(pathsOf({ result: { extensions: { [time]: 5, 'http://a/mood': 'good' } } })).toEqual(['result extensions http://a/mood']);
    expect(pathsOf({ context: { extensions: { [time]: 'with Ann' } } })).toEqual([`context extensions ${time}`]);
    expect(pathsOf({ object: { id: 'http://a/b', definition: { extensions: { 'http://a/x': 1 } } } })).toEqual([
      'object definition extensions http://a/x',
    ]);
    expect(
      pathsOf({ context: { contextActivities: { parent: [{ id: 'http://a/b', definition: { extensions: { 'http://a/x': 1 } } }] } } }),
    ).toEqual(['context contextActivities parent 0 definition extensions http://a/x']);
  });

  it('is the title of an attachment, and the name of a group without identifier', () => {
    const attachment = { usageType: 'http://a/b', display: { en: 'Essay' }, contentType: 'text/plain', length: 1, sha2: 'a'.repeat(64) };
    expect(pathsOf({ attachments: [attachment] })).toEqual(['attachments 0 display']);
    const team = { objectType: 'Group', name: 'Ann and Ben', member: [{ mbox: 'mailto:b@example.org' }] } as const;
    expect(pathsOf({ context: { team }, actor: team })).toEqual(['actor name', 'context team name']);
  });

  it.each<readonly [string, Partial<Statement>]>([
    ['object id', { object: { id: 'http://lms.example/users/ann.lee/essay' } }],
    ['object id', { object: { id: 'http://lms.example/?user=Ann%20Lee' } }],
    ['object definition name en', { object: { id: 'http://a/b', definition: { name: { en: "ann lee's essay" } } } }],
    ['object definition moreInfo', { object: { id: 'http://a/b', definition: { moreInfo: 'http://lms.example/ANN.LEE' } } }],
    ['context platform', { context: { platform: 'Laptop of Ann Lee' } }],
    ['context contextActivities grouping id', { context: { contextActivities: { grouping: { id: 'http://lms.example/~ann.lee' } } } }],
    [
      'object object id',
      { object: { objectType: 'SubStatement', actor: statement.actor, verb: statement.verb, object: { id: 'http://a/ann.lee' } } },
    ],
    ['result extensions', { result: { extensions: { 'http://a/ann.lee': 1 } } }],
  ])('is %s where it holds a name or an account: %j', (path, change) => {
    expect(pathsOf(change)).toEqual([path]);
  });

  it('takes a name with half a surrogate pair', () => {
    expect(pathsOf({ actor: { mbox: 'mailto:a@example.org', name: 'Ann \ud800' } })).toEqual([]);
  });

  it('is no word that only contains a name', () => {
    expect(pathsOf({ object: { id: 'http://a/joann.leeway' } })).toEqual([]);
  });

  it.each([
    [{ interactionType: 'numeric' }, '3.5', true],
    [{ interactionType: 'numeric' }, '1[:]2', true],
    [{ interactionType: 'numeric' }, 'Ann', false],
    [{ interactionType: 'true-false' }, 'perhaps', false],
    [{ interactionType: 'likert' }, 'likert_3', true],
    [{ interactionType: 'matching' }, 'ben[.]3[,]chris[.]2', true],
    [{ interactionType: 'matching', source: [{ id: 'x' }] }, 'ben[.]3', false],
    [{ interactionType: 'sequencing' }, 'a[,]b', true],
    [{ interactionType: 'choice' }, 'my friend Ann', false],
    [{ interactionType: 'performance' }, 'pong[.]1', false],
    [{ interactionType: 'other' }, 'x', false],
    [undefined, 'true', false],
  ] as const)('a response to %j that is %j is closed: %s', (definition, response, closed) => {
    expect(isClosedResponse(definition, response)).toBe(closed);
  });
});

describe('sealing', () => {
  it.each([
    ['everything unknown', none],
    ['by the known extensions', KNOWN_EXTENSIONS],
  ])('comes back equal: %s', (_, allowed) => {
    fc.assert(
      fc.property(statements('2.0.0'), (any) => {
        const sites = sealablePaths(any, allowed);
        const swapped = replaceActors(any, ({ sent }) => ({ token: 't', variant: seal(sent as Json) }));
        const sealed = JSON.parse(JSON.stringify(withSealed(swapped, sites, seal))) as typeof swapped;
        const back = restoreActors(withUnsealed(sealed, unseal), (_token, variant) => unseal(variant) as never);
        expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(JSON.stringify(any)));
      }),
      { numRuns: 200 },
    );
  });

  it('is not fooled by values that look sealed', () => {
    const extensions = {
      'pharos:sealed': 'x',
      'http://a/b': { 'pharos:sealed': seal('forged') },
      'http://a/c': [{ 'pharos:sealed': 'y' }],
    };
    for (const change of [extensions, { 'pharos:sealed': 'x' }]) {
      const tricky: Statement = { ...statement, result: { extensions: change } };
      expect(withUnsealed(withSealed(tricky, sealablePaths(tricky, none), seal), unseal)).toEqual(tricky);
    }
  });

  it('leaves the original, and what has nothing to seal, as they are', () => {
    const sites = sealablePaths({ ...statement, result: { response: 'a' } }, none);
    const original: Statement = { ...statement, result: { response: 'a' } };
    const sealed = withSealed(original, sites, seal);
    expect(original.result?.response).toBe('a');
    expect(sealed.object).toBe(original.object);
    expect(withUnsealed(statement, unseal)).toBe(statement);
  });
});
