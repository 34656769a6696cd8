import { drawPeople, withInterval } from '../bootstrap.js';
import { everyoneOf, type Grouping, groupRows } from '../grouping.js';
import { randomFrom } from '../random.js';
import { indexPeople } from '../sample.js';
import { type Estimate, known, unknown } from '../statistic.js';

/** How early one group's learners were named. */
export interface LeadTimeGroup {
  readonly group: string;
  /** Rows with the outcome. */
  readonly n: number;
  /** Of them, those that were named at any time before it. */
  readonly named: number;
  readonly people: number;
  readonly judged: boolean;
  /** Mean weeks from the first naming to the outcome, of those who were named. */
  readonly weeks: Estimate;
}

/** Lead time by group: described, not tested. Plain JSON. */
export interface LeadTimeReport {
  readonly overall: LeadTimeGroup;
  readonly attributes: readonly { readonly attribute: string; readonly groups: readonly LeadTimeGroup[]; readonly pooled: readonly string[] }[];
}

/**
 * How many weeks before the outcome each group's learners were first named. Early for some and late for others is a gap too, which error
 * rates at one moment do not show. Those who were never named have no lead; they stand in the false negative rate. O(resamples × attributes × rows).
 *
 * @param input one row per enrolment with the outcome that is warned of; `weeks` null where it was never named
 * @throws RangeError when columns differ in length
 * @example leadTimes({ weeks: [8, null, 2], groups: { sex: ['F', 'F', 'M'] }, person: [1, 2, 3], seed: 1, minimumGroup: 1 }).overall.weeks.value // => 5
 */
export function leadTimes(input: {
  readonly weeks: readonly (number | null)[];
  readonly groups: Readonly<Record<string, readonly (string | null)[]>>;
  readonly person: readonly (string | number)[];
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
  readonly minimumGroup?: number;
}): LeadTimeReport {
  const { weeks, groups, person, seed, resamples = 1000, level = 0.95, minimumGroup = 30 } = input;
  for (const [name, column] of Object.entries({ weeks, ...groups })) {
    if (column.length !== person.length) throw new RangeError(`${name} has ${column.length} rows, person has ${person.length}`);
  }
  const { index, people } = indexPeople(person);
  const groupings = [everyoneOf(person.length, people), ...Object.entries(groups).map(([name, values]) => groupRows(name, values, { person: index }, minimumGroup))];
  const once = new Int32Array(people).fill(1);
  const named = namedRows(weeks, index);
  const means = groupings.map((grouping) => meansOf(grouping, named, once));
  const drawn = groupings.map(({ names }) => names.map(() => new Float64Array(resamples)));
  const random = randomFrom(seed);
  const times = new Int32Array(people);
  for (let at = 0; at < resamples; at++) {
    drawPeople(times, random);
    groupings.forEach((grouping, place) => meansOf(grouping, named, times).forEach((mean, group) => (drawn[place]![group]![at] = mean)));
  }
  const report = (place: number): LeadTimeGroup[] => {
    const grouping = groupings[place]!;
    return grouping.names.map((name, group) => {
      const rows = weeks.filter((_, row) => grouping.code[row] === group);
      const judged = grouping.judged[group]!;
      const mean = means[place]![group]!;
      const statistic = !judged ? unknown(`fewer than ${minimumGroup} people`) : Number.isNaN(mean) ? unknown('no one of the group was named in time') : known(mean);
      return {
        group: name,
        n: rows.length,
        named: rows.filter((week) => week !== null).length,
        people: grouping.people[group]!,
        judged,
        weeks: withInterval(statistic, drawn[place]![group]!, level),
      };
    });
  };
  return {
    overall: report(0)[0]!,
    attributes: groupings.slice(1).map(({ attribute, pooled }, place) => ({ attribute, pooled, groups: report(place + 1) })),
  };
}

/** The rows that were named, in typed arrays. */
interface NamedRows {
  readonly row: Int32Array;
  readonly week: Float64Array;
  readonly person: Int32Array;
}

const namedRows = (weeks: readonly (number | null)[], person: Int32Array): NamedRows => {
  const row = Int32Array.from([...weeks.keys()].filter((at) => weeks[at] !== null));
  return { row, week: Float64Array.from(row, (at) => weeks[at]!), person: row.map((at) => person[at]!) };
};

/** Mean weeks of each group, each row as often as its person was drawn; NaN where no one was named. */
function meansOf({ names, code }: Grouping, { row, week, person }: NamedRows, times: Int32Array): Float64Array {
  const all = new Float64Array(names.length);
  const sum = new Float64Array(names.length);
  for (let at = 0; at < row.length; at++) {
    const weight = times[person[at]!]!;
    const group = code[row[at]!]!;
    all[group]! += weight;
    sum[group]! += weight * week[at]!;
  }
  for (let group = 0; group < sum.length; group++) sum[group]! /= all[group]!;
  return sum;
}
