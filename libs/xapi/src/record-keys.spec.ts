import { describe, expect, it } from '@jest/globals';
import { definedActivities, keyTag, recordKeys } from './record-keys.js';

const agent = (token: string) => ({ 'pharos:token': token, 'pharos:variant': '1' });
const verb = { id: 'http://example.com/verb' };

describe('what a statement is found by', () => {
  it('names every place of an agent and an activity once, related ones apart', () => {
    const statement = {
      actor: { objectType: 'Group', ...agent('team'), member: [agent('ann')] },
      verb,
      object: {
        objectType: 'SubStatement',
        actor: agent('bob'),
        verb,
        object: { id: 'http://x/inner' },
        context: { contextActivities: { other: { id: 'http://x/other' } } },
      },
      context: {
        registration: 'ABC',
        instructor: agent('cy'),
        team: { objectType: 'Group', member: [agent('ann')] },
        contextAgents: [{ objectType: 'contextAgent', agent: agent('di') }],
        contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group', member: [agent('ed')] } }],
        contextActivities: { parent: [{ id: 'http://x/parent' }], grouping: { id: { 'pharos:sealed': 'x' } } },
      },
    };
    expect(recordKeys({ id: 'I1', credential: 'lms', statement: statement as never }).sort()).toEqual(
      ['*', 'A:bob', 'A:cy', 'A:di', 'A:ed', 'O:http://x/inner', 'O:http://x/other', 'O:http://x/parent', 'a:ann', 'a:team', 'c:lms', 'i:i1', 'r:abc', 'v:http://example.com/verb'].sort(), // prettier-ignore
    );
  });

  it('takes what a statement without its parts has', () => {
    expect(recordKeys({ id: 'i', credential: 'lms', statement: {} as never })).toEqual(['*', 'c:lms', 'i:i']);
  });

  it('tags are 32 bits by FNV-1a', () => {
    // Expected: the test vectors of the hash's authors, for the empty text, "a" and "foobar".
    expect(['', 'a', 'foobar'].map(keyTag)).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });
});

describe('definitions that a statement says', () => {
  const sealed = { 'pharos:sealed': 'x' };
  const said = (definition: unknown) =>
    definedActivities({ object: { id: 'http://x/a', definition } } as never).map((one) => one.definition);

  it('are as they were sent where nothing is sealed', () => {
    const definition = { name: { en: 'Quiz' }, choices: [{ id: 'a' }], extensions: { 'http://x/e': [null] } };
    expect(said(definition)).toEqual([definition]);
  });

  it('leave out what is sealed and say so, and are the same whatever it was', () => {
    const definition = (text: string) => ({
      name: { en: { 'pharos:sealed': text }, es: 'Prueba' },
      choices: [{ id: sealed }, { id: 'b', description: { en: sealed, es: 'B' } }],
      extensions: { 'http://x/e': { 'pharos:sealed': text }, 'http://x/f': 1 },
    });
    const open = { name: { es: 'Prueba' }, choices: [{ id: 'b', description: { es: 'B' } }], extensions: { 'http://x/f': 1 } };
    expect(said(definition('x'))).toEqual([{ ...open, 'pharos:partly-sealed': true }]);
    expect(said(definition('y'))).toEqual(said(definition('x')));
  });

  it('are none where all of it is sealed', () => {
    expect(said(sealed)).toEqual([]);
  });
});
