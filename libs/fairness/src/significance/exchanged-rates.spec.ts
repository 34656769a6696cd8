import { describe, expect, it } from '@jest/globals';
import { groupRows } from '../grouping.js';
import { randomFrom } from '../random.js';
import { readSample } from '../sample.js';
import { exchangeAndCount, exchangeOf } from './exchanged-rates.js';
import { cellsOf, lineUp } from './rates-by-group.js';
import { exchange as exchangeRows, stratumOf } from './stratum.js';

/** Sixty people with one to three rows, whose groups may differ between their rows. */
const world = (seed: number, hitRate: number) => {
  const random = randomFrom(seed);
  const person = Array.from({ length: 60 }, (_, who) => Array<number>(1 + Math.floor(random() * 3)).fill(who)).flat();
  const flagged = person.map(() => (random() < hitRate ? 1 : 0));
  const sample = readSample({ label: flagged, flagged, score: flagged, groups: {}, person });
  const letters = (some: string): string[] => person.map(() => some.charAt(Math.floor(random() * some.length)));
  return { sample, groupings: [groupRows('one', letters('ab'), sample, 1), groupRows('other', letters('xyz'), sample, 1)], random };
};

describe('rates with groups exchanged between people', () => {
  it.each([
    ['few hits', 0.1],
    ['many hits', 0.8],
  ])('are those of a count row by row: %s', (_, hitRate) => {
    const { sample, groupings, random } = world(3, hitRate);
    const line = lineUp(groupings);
    const belongs = (row: number): boolean => row % 7 !== 0;
    const { exchange } = exchangeOf(sample, cellsOf(groupings, line, sample.n), line.groups, {
      metric: 'selectionRate',
      belongs,
      outcome: sample.flagged,
    });
    const stratum = stratumOf(sample, belongs);
    for (let round = 0; round < 20; round++) {
      exchangeAndCount(exchange, random);
      // those who are moved take from the first people, everyone else from those who are left
      const order = new Int32Array(exchange.people.length);
      const moved = new Set(exchange.moved);
      exchange.moved.forEach((person, place) => (order[person] = exchange.people[place]!));
      const left = [...exchange.people.slice(moved.size)];
      for (const person of order.keys()) if (!moved.has(person)) order[person] = left.pop()!;
      const source = new Int32Array(stratum.rows.length);
      exchangeRows(stratum, order, source);
      const count = (outcomeOnly: boolean): number[] => {
        const counts = new Array<number>(line.groups).fill(0);
        groupings.forEach(({ code }, index) =>
          stratum.rows.forEach(
            (row, place) => (counts[line.begins[index]! + code[stratum.rows[source[place]!]!]!]! += outcomeOnly ? sample.flagged[row]! : 1),
          ),
        );
        return counts;
      };
      expect([...exchange.now.size]).toEqual(count(false));
      expect([...exchange.now.hits]).toEqual(count(true));
    }
  });

  it('give everyone the same chance of everyone else, whatever the order was before', () => {
    const flagged = [1, 0, 0, 0];
    const sample = readSample({ label: flagged, flagged, score: flagged, groups: {}, person: [0, 1, 2, 3] });
    const groupings = [groupRows('own', ['a', 'b', 'c', 'd'], sample, 1)];
    const line = lineUp(groupings);
    const { exchange } = exchangeOf(sample, cellsOf(groupings, line, 4), 4, {
      metric: 'selectionRate',
      belongs: () => true,
      outcome: sample.flagged,
    });
    const random = randomFrom(2);
    const taken = [0, 0, 0, 0];
    for (let round = 0; round < 4000; round++) {
      exchangeAndCount(exchange, random);
      taken[exchange.now.hits.indexOf(1)]! += 1;
    }
    // a fair die of four falls on a side 1000 times with a spread of 27
    for (const times of taken) expect(Math.abs(times - 1000)).toBeLessThan(110);
  });
});
