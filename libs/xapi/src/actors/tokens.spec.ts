import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Statement } from '../statement.js';
import { statements } from '../testing.js';
import { actorIdentifier, type IdentifiedActor } from './identity.js';
import { type ActorSite, type ActorToken, collectActors, replaceActors, restoreActors, tokensOf } from './tokens.js';

/** A vault in two maps: one token per identifier, one variant per agent as sent. */
function vault() {
  const tokens = new Map<string, string>();
  const variants = new Map<string, { readonly id: string; readonly sent: IdentifiedActor }>();
  return {
    variants,
    tokenOf: ({ identifier, variantKey, sent }: ActorSite): ActorToken => {
      if (!tokens.has(identifier)) tokens.set(identifier, `t_${tokens.size}`);
      if (!variants.has(variantKey)) variants.set(variantKey, { id: `v_${variants.size}`, sent });
      return { token: tokens.get(identifier)!, variant: variants.get(variantKey)!.id };
    },
    sentAs: (_: string, variant: string) => [...variants.values()].find(({ id }) => id === variant)!.sent,
  };
}

const verb = { id: 'http://example.com/verb' };
const ann = { mbox: 'mailto:ann@example.org', name: 'Ann' } as const;
const bob = { objectType: 'Agent', account: { homePage: 'http://lms.example', name: 'bob7' } } as const;

describe('swapping people for tokens', () => {
  it.each(['1.0.3', '2.0.0'] as const)('comes back equal, and leaves no identifier behind (%s)', (version) => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        const { tokenOf, sentAs, variants } = vault();
        const before = JSON.stringify(statement);
        const swapped = replaceActors(statement, tokenOf);
        expect(restoreActors(swapped, sentAs)).toEqual(statement);
        expect(JSON.stringify(statement)).toBe(before);
        expect(JSON.stringify(swapped)).not.toMatch(/"(?:mbox|mbox_sha1sum|openid|account)":/);
        expect([...variants.keys()].sort()).toEqual(
          collectActors(statement)
            .map(({ variantKey }) => variantKey)
            .sort(),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('finds every place', () => {
    const agent = (n: number) => ({ mbox: `mailto:p${n}@example.org` }) as const;
    const group = (n: number) => ({ objectType: 'Group', member: [agent(n), agent(n + 1)] }) as const;
    const context = {
      instructor: agent(1),
      team: { ...group(2), openid: 'http://team' },
      contextAgents: [{ objectType: 'contextAgent', agent: agent(4) }],
      contextGroups: [{ objectType: 'contextGroup', group: group(5) }],
    } as const;
    const statement: Statement = {
      actor: group(7),
      verb,
      object: { objectType: 'SubStatement', actor: agent(9), verb, object: { objectType: 'Agent', ...agent(10) }, context },
      context: { instructor: group(11) },
      authority: group(13),
    };
    const found = collectActors(statement).map(({ identifier }) => identifier);
    const people = [...Array(14).keys()].map((n) => `mailto:p${n + 1}@example.org`);
    expect(found.sort()).toEqual([...people, 'openid:http://team'].sort());
  });

  it('keeps in the log what a group is, and shares what has no people in it', () => {
    const object = { id: 'http://example.com/activity' };
    const statement: Statement = { actor: { objectType: 'Group', openid: 'http://team', name: 'Team', member: [ann, bob] }, verb, object };
    const swapped = replaceActors(statement, vault().tokenOf);
    expect(swapped.actor).toEqual({
      objectType: 'Group',
      'pharos:token': 't_2',
      'pharos:variant': 'v_2',
      member: [
        { 'pharos:token': 't_0', 'pharos:variant': 'v_0' },
        { objectType: 'Agent', 'pharos:token': 't_1', 'pharos:variant': 'v_1' },
      ],
    });
    expect(swapped.object).toBe(object);
    expect(tokensOf(swapped)).toEqual(['t_0', 't_1', 't_2']);
  });

  it('tells variants of one person apart', () => {
    const actors = [
      ann,
      { ...ann, name: 'Ann L.' },
      { mbox: ann.mbox },
      { ...ann, objectType: 'Agent' as const },
      { ...ann, mbox: 'mailto:ann@EXAMPLE.org' },
    ];
    const sites = actors.flatMap((actor) => collectActors({ actor, verb, object: { id: 'http://a/b' } }));
    expect(new Set(sites.map(({ identifier }) => identifier)).size).toBe(1);
    expect(new Set(sites.map(({ variantKey }) => variantKey)).size).toBe(actors.length);
  });
});

describe('an identifier', () => {
  it.each([
    [{ mbox: 'mailto:Ann@Example.ORG' }, 'mailto:Ann@example.org'],
    [{ mbox_sha1sum: 'EBD31E95054C018B10727CCFFD2EF2EC3A016EE9' }, 'sha1:ebd31e95054c018b10727ccffd2ef2ec3a016ee9'],
    [{ openid: 'http://example.org/ann' }, 'openid:http://example.org/ann'],
    [{ account: { homePage: 'http://lms.example', name: 'Bob' } }, 'account:http://lms.example|Bob'],
  ])('of %j is %s', (actor, identifier) => {
    expect(actorIdentifier(actor)).toBe(identifier);
  });

  it('is not to be had of an anonymous group', () => {
    expect(() => actorIdentifier({})).toThrow(TypeError);
  });
});
