import { type Random } from '../random.js';
import { type Sample } from '../sample.js';
import { type StratifiedRate } from './declared-family.js';
import { addUp, type Cells, divide, emptyRates, type RatesByGroup } from './rates-by-group.js';
import { drawFirst, peopleOf, stratumOf } from './stratum.js';

/**
 * One rate, ready to be counted again and again with the groups exchanged between people.
 *
 * Nothing depends on whose groups a person with a single row without a hit takes, but the groups' sizes; and those are the sizes of everyone's
 * first row, whoever takes it. So only people with a hit or with several rows are dealt with one by one: a fifth of the rows, often.
 */
export interface Exchange {
  readonly now: RatesByGroup;
  readonly people: Int32Array;
  /** The people who are dealt with one by one. */
  readonly moved: Int32Array;
  /** Where each person's places begin; one more entry than people. */
  readonly start: Int32Array;
  /** Per place: its cell, and 1 if it counts as a mark: a hit, or a miss where hits are the many. */
  readonly cell: Int32Array;
  readonly mark: Uint8Array;
  readonly marksAreHits: boolean;
  readonly hits: number;
  readonly cells: Cells;
  /** Sizes of the cells if everyone had one row. */
  readonly first: Float64Array;
  readonly size: Float64Array;
  readonly marks: Float64Array;
  readonly oneRowEach: boolean;
}

/** Prepares a rate, and counts it as it is observed. O(rows × groupings). */
export function exchangeOf(
  sample: Sample,
  cells: Cells,
  groups: number,
  { belongs, outcome }: StratifiedRate,
): { exchange: Exchange; observed: RatesByGroup } {
  const stratum = stratumOf(sample, belongs);
  const { rows, start } = stratum;
  const hits = rows.reduce((sum, row) => sum + outcome[row]!, 0);
  const marksAreHits = 2 * hits <= rows.length;
  const mark = Uint8Array.from(rows, (row) => (outcome[row] === (marksAreHits ? 1 : 0) ? 1 : 0));
  const cell = rows.map((row) => cells.ofRow[row]!);
  const people = peopleOf(stratum);
  const moved = people.filter((person) => start[person + 1]! - start[person]! > 1 || mark[start[person]!] === 1);
  const first = new Float64Array(cells.cells);
  for (const person of people) first[cell[start[person]!]!]! += 1;
  const own = { size: first.slice(), marks: new Float64Array(cells.cells), oneRowEach: people.length === rows.length };
  const exchange: Exchange = { now: emptyRates(groups), people, moved, start, cell, mark, marksAreHits, hits, cells, first, ...own };
  addUp(cells, first, exchange.now.size);
  const observed = emptyRates(groups);
  observed.size.set(exchange.now.size);
  count(exchange, moved, observed); // everyone who is moved takes their own groups
  return { exchange, observed };
}

/** Exchanges the groups between people and counts `now` again. O(moved people + cells × groupings). */
export function exchangeAndCount(exchange: Exchange, random: Random): void {
  drawFirst(exchange.people, exchange.moved.length, random);
  count(exchange, exchange.people, exchange.now);
}

/**
 * @param from the person whose groups each moved person takes
 * @param into with the sizes if everyone had one row
 */
function count(
  { moved, start, cell, mark, marksAreHits, hits: allHits, cells, first, size, marks, oneRowEach }: Exchange,
  from: Int32Array,
  into: RatesByGroup,
): void {
  marks.fill(0);
  if (!oneRowEach) size.set(first);
  for (let one = 0; one < moved.length; one++) {
    const person = moved[one]!;
    const begin = start[person]!;
    const own = start[person + 1]! - begin;
    const source = start[from[one]!]!;
    marks[cell[source]!]! += mark[begin]!;
    if (own === 1) continue;
    const others = start[from[one]! + 1]! - source;
    for (let step = 1; step < own; step++) {
      const taken = cell[source + (step % others)]!;
      marks[taken]! += mark[begin + step]!;
      size[taken]! += 1;
    }
  }
  if (!oneRowEach) addUp(cells, size, into.size);
  addUp(cells, marks, into.hits);
  if (!marksAreHits) for (let group = 0; group < into.hits.length; group++) into.hits[group] = into.size[group]! - into.hits[group]!;
  divide(into, mark.length, allHits);
}
