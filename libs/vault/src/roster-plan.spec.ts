import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type KnownIdentifier, type KnownPerson, type PlannedPerson, planRoster } from './roster-plan.js';

const person = (...identifiers: string[]): PlannedPerson => ({
  identifiers: identifiers.map((blind) => ({ blind, kind: blind.startsWith('s') ? 'sourced' : 'mailto' })),
});
const known = (blind: string, token: string, change: Partial<KnownIdentifier> = {}): KnownIdentifier => ({
  blind, token, canonical: token, separate: false, ...change,
}); // prettier-ignore
const someone = (token: string, change: Partial<KnownPerson> = {}): KnownPerson => ({
  token,
  sourced: null,
  rostered: false,
  madeAt: 0,
  ...change,
});
const tokens = () => {
  let n = 0;
  return () => `new${++n}`;
};

describe('placing the people of a roster', () => {
  it('makes a person whom nobody knew, once', () => {
    const plan = planRoster([person('s1', 'm1'), person('s1', 'm2')], [], [], tokens());
    expect(plan).toMatchObject({ tokens: ['new1', 'new1'], made: ['new1'], moves: [] });
    expect(plan.given).toEqual(new Map([['s1', 'new1'], ['m1', 'new1'], ['m2', 'new1']])); // prettier-ignore
  });

  it('gives a known person their further identifiers', () => {
    const plan = planRoster([person('s1', 'm1')], [known('m1', 'a')], [someone('a')], tokens());
    expect(plan).toMatchObject({ tokens: ['a'], made: [], moves: [] });
    expect(plan.given).toEqual(new Map([['s1', 'a']]));
  });

  it('links two, keeping the one with the sourced id, else the rostered one, else the oldest', () => {
    const identifiers = [known('s1', 'b'), known('m1', 'a'), known('m2', 'c')];
    const bySourced = [someone('a'), someone('b', { sourced: 's1', rostered: true, madeAt: 5 }), someone('c')];
    expect(planRoster([person('s1', 'm1')], identifiers, bySourced, tokens()).moves).toEqual([{ from: 'a', to: 'b', because: 'mailto' }]);
    const byRoster = [someone('a'), someone('b'), someone('c', { rostered: true, madeAt: 9 })];
    expect(planRoster([person('m1', 'm2')], identifiers, byRoster, tokens()).tokens).toEqual(['c']);
    const byAge = [someone('a', { madeAt: 2 }), someone('b'), someone('c', { madeAt: 1 })];
    expect(planRoster([person('m1', 'm2')], identifiers, byAge, tokens()).tokens).toEqual(['c']);
  });

  it('does not make one person of two who share a mailbox and have ids of their own', () => {
    const plan = planRoster([person('s1', 'm1'), person('s2', 'm1')], [], [], tokens());
    expect(plan).toMatchObject({ tokens: ['new1', 'new2'], moves: [] });
    expect(plan.given.get('m1')).toBe('new1');
  });

  it('does not make a link again that was taken back', () => {
    const identifiers = [known('s1', 'a'), known('m1', 'b', { separate: true })];
    const plan = planRoster([person('s1', 'm1')], identifiers, [someone('a', { sourced: 's1' }), someone('b')], tokens());
    expect(plan).toMatchObject({ tokens: ['a'], moves: [] });
  });

  it('follows links that the same roster makes', () => {
    const identifiers = [known('m1', 'a'), known('m2', 'b'), known('m3', 'c')];
    const persons = [someone('a', { madeAt: 3 }), someone('b', { madeAt: 2 }), someone('c', { madeAt: 1, rostered: true })];
    const plan = planRoster([person('m1', 'm2'), person('m2', 'm3')], identifiers, persons, tokens());
    expect(new Set(plan.tokens).size).toBe(1);
    const [target] = plan.tokens;
    expect(plan.moves.every(({ to }) => to === target)).toBe(true);
  });

  it('never joins two sourced ids, and ends in one step, whatever the roster', () => {
    const people = fc.array(
      fc.record({ s: fc.integer({ min: 1, max: 5 }), m: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(people, (rows) => {
        const plan = planRoster(
          rows.map(({ s, m }) => person(`s${s}`, ...new Set(m.map((one) => `m${one}`)))),
          [known('m1', 'a'), known('m2', 'b')],
          [someone('a'), someone('b')],
          tokens(),
        );
        const bySourced = new Map<number, string>();
        for (const [index, { s }] of rows.entries()) {
          if (bySourced.has(s) && bySourced.get(s) !== plan.tokens[index]) return false;
          bySourced.set(s, plan.tokens[index]!);
        }
        const moved = new Set(plan.moves.map(({ from }) => from));
        return (
          new Set(bySourced.values()).size === bySourced.size &&
          plan.moves.every(({ to }) => !moved.has(to)) &&
          plan.tokens.every((token) => !moved.has(token))
        );
      }),
    );
  });
});
