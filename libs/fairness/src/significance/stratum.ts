import { type Random } from '../random.js';
import { type Sample } from '../sample.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { floor } = Math;

/** The rows within which groups are exchanged between people (for example those with the outcome), one person's rows side by side. */
export interface Stratum {
  /** Row numbers of the sample. */
  readonly rows: Int32Array;
  /** Where each person's rows begin in `rows`; one more entry than people. */
  readonly start: Int32Array;
}

/** Picks the rows of a stratum. O(n log n). */
export function stratumOf(sample: Sample, belongs: (row: number) => boolean): Stratum {
  const rows = Int32Array.from({ length: sample.n }, (_, row) => row)
    .filter(belongs)
    .sort((a, b) => sample.person[a]! - sample.person[b]! || a - b);
  const start: number[] = [];
  rows.forEach((row, place) => {
    if (place === 0 || sample.person[row] !== sample.person[rows[place - 1]!]) start.push(place);
  });
  return { rows, start: Int32Array.from([...start, rows.length]) };
}

/** The people of a stratum in their own order, to be drawn from. */
export const peopleOf = (stratum: Stratum): Int32Array => Int32Array.from({ length: stratum.start.length - 1 }, (_, person) => person);

/**
 * Brings `count` people to the front, each choice and order of them equally likely whatever the order was before
 * (the first steps of Fisher and Yates). O(count).
 */
export function drawFirst(people: Int32Array, count: number, random: Random): void {
  for (let place = 0; place < count; place++) {
    const other = place + floor(random() * (people.length - place));
    const kept = people[place]!;
    people[place] = people[other]!;
    people[other] = kept;
  }
}

/**
 * Gives each person the groups of another, all of a person's rows together: in a world where groups do not matter, nothing would change.
 * A person with more rows than the other repeats the other's groups in turn. One exchange serves every attribute. O(rows).
 *
 * @param order people, shuffled
 * @param source receives for each place of the stratum the place whose group it takes
 */
export function exchange(stratum: Stratum, order: Int32Array, source: Int32Array): void {
  const { start } = stratum;
  for (let person = 0; person < order.length; person++) {
    const other = order[person]!;
    const from = start[other]!;
    const width = start[other + 1]! - from;
    const first = start[person]!;
    const end = start[person + 1]!;
    for (let place = first, step = 0; place < end; place++) {
      source[place] = from + step;
      step = step + 1 === width ? 0 : step + 1;
    }
  }
}
