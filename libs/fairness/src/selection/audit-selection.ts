import { drawPeople, withInterval } from '../bootstrap.js';
import { everyoneOf, type Grouping, groupRows, NOT_DECLARED } from '../grouping.js';
import { randomFrom } from '../random.js';
import { indexPeople } from '../sample.js';
import { type Estimate, known, type Statistic, unknown } from '../statistic.js';

/** Who was named among whom, without a word on how it ended. */
export interface NamedLearners {
  /** 1 where the model named the learner. */
  readonly flagged: Uint8Array | readonly number[];
  /** Per attribute the group of each row; null where it is not declared. */
  readonly groups: Readonly<Record<string, readonly (string | null)[]>>;
  readonly person: readonly (string | number)[];
}

/** One group's selection rate, and by how much it differs from before. Shares of 1. */
export interface SelectionGroup {
  readonly group: string;
  readonly n: number;
  readonly people: number;
  readonly judged: boolean;
  readonly selectionRate: Estimate;
  /** The rate in the rows compared with; null without them. */
  readonly before: number | null;
  /** `selectionRate - before`, its interval from resamples of both. */
  readonly shift: Estimate;
}

/** What can be said of naming before any outcome: rates by group and their shift, described and not tested. Plain JSON. */
export interface SelectionReport {
  readonly version: 1;
  readonly settings: { readonly seed: number; readonly resamples: number; readonly level: number; readonly minimumGroup: number };
  readonly overall: SelectionGroup;
  readonly attributes: readonly { readonly attribute: string; readonly groups: readonly SelectionGroup[]; readonly pooled: readonly string[] }[];
}

/** One set of rows with the groups of all groupings in one line of numbers, and the rates of the present resample. */
interface Side {
  readonly flagged: Uint8Array;
  readonly person: Int32Array;
  readonly people: number;
  /** Place in line of each group of a row, row after row; the last place is for rows whose group is new on this side. */
  readonly places: Uint16Array;
  readonly width: number;
  readonly all: Float64Array;
  readonly named: Float64Array;
  /** NaN where no one is in the group. */
  readonly rate: Float64Array;
}

const sideOf = ({ flagged, person }: NamedLearners, codes: readonly Int32Array[], begins: readonly number[]): Side => {
  const { index, people } = indexPeople(person);
  const nowhere = begins.at(-1)!;
  const places = new Uint16Array(person.length * codes.length);
  codes.forEach((code, grouping) => code.forEach((group, row) => (places[row * codes.length + grouping] = group < 0 ? nowhere : begins[grouping]! + group)));
  const line = (): Float64Array => new Float64Array(nowhere + 1);
  return { flagged: Uint8Array.from(flagged), person: index, people, places, width: codes.length, all: line(), named: line(), rate: line() };
};

/** Named of all in each group, each row as often as its person was drawn. O(rows × groupings). */
const countRates = ({ flagged, person, places, width, all, named, rate }: Side, times: Int32Array): Float64Array => {
  all.fill(0);
  named.fill(0);
  for (let row = 0, at = 0; row < person.length; row++) {
    const weight = times[person[row]!]!;
    const hit = weight * flagged[row]!;
    for (const end = at + width; at < end; at++) {
      all[places[at]!]! += weight;
      named[places[at]!]! += hit;
    }
  }
  for (let place = 0; place < rate.length; place++) rate[place] = named[place]! / all[place]!;
  return rate;
};

/** The rates of a side when each person counts once, to be kept. */
const observedRates = (side: Side): Statistic[] =>
  Array.from(countRates(side, new Int32Array(side.people).fill(1)), (rate) => (Number.isNaN(rate) ? unknown('no one is in the group') : known(rate)));

/** Codes of other rows by the groups of these: what went into the pool here goes into it there; a group that is new there has none here. */
const codesLike = (grouping: Grouping, values: readonly (string | null)[]): Int32Array => {
  const names = new Map(grouping.names.map((name, code) => [name, code]));
  const pool = grouping.pooled.length > 0 ? grouping.names.length - 1 : -1;
  return Int32Array.from(values, (value) => {
    const name = value === null || value.trim() === '' ? NOT_DECLARED : value.trim();
    return names.get(name) ?? (grouping.pooled.includes(name) ? pool : -1);
  });
};

const minus = (now: Statistic, before: Statistic | undefined): Statistic => {
  if (!before) return unknown('there is nothing to compare with');
  if (now.value === null || before.value === null) return unknown('no one was in the group before');
  return known(now.value - before.value);
};

/**
 * Selection rates by group and their shift against earlier rows, with intervals by person. Made for the weeks in which nobody knows
 * how it will end: no error rate is claimed. O(resamples × attributes × rows).
 *
 * @param input `before` is what the model named when it was judged; without it there are rates and no shift
 * @throws RangeError when columns differ in length or there is no row
 * @example auditSelection({ now, before, seed: 1 }).attributes[0].groups[0].shift
 */
export function auditSelection(input: {
  readonly now: NamedLearners;
  readonly before?: NamedLearners;
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
  readonly minimumGroup?: number;
}): SelectionReport {
  const { now, before, seed, resamples = 1000, level = 0.95, minimumGroup = 30 } = input;
  for (const rows of before ? [now, before] : [now]) checkRows(rows);
  const { index, people } = indexPeople(now.person);
  const attributes = Object.keys(now.groups);
  const groupings = [everyoneOf(now.person.length, people), ...attributes.map((name) => groupRows(name, now.groups[name]!, { person: index }, minimumGroup))];
  const begins = [0];
  for (const { names } of groupings) begins.push(begins.at(-1)! + names.length);
  const today = sideOf(now, groupings.map(({ code }) => code), begins);
  const valuesBefore = (attribute: string): readonly (string | null)[] => before?.groups[attribute] ?? before!.person.map(() => null);
  const earlier = before && sideOf(before, groupings.map((grouping, index) => (index === 0 ? new Int32Array(before.person.length) : codesLike(grouping, valuesBefore(grouping.attribute)))), begins);
  const rates = observedRates(today);
  const earlierRates = earlier && observedRates(earlier);
  const drawn = rates.map(() => ({ rate: new Float64Array(resamples), shift: new Float64Array(resamples) }));
  const random = randomFrom(seed);
  const times = new Int32Array(today.people);
  const earlierTimes = new Int32Array(earlier?.people ?? 0);
  for (let at = 0; at < resamples; at++) {
    drawPeople(times, random);
    const draw = countRates(today, times);
    if (earlier) drawPeople(earlierTimes, random);
    const earlierDraw = earlier && countRates(earlier, earlierTimes);
    drawn.forEach(({ rate, shift }, place) => {
      rate[at] = draw[place]!;
      shift[at] = earlierDraw ? draw[place]! - earlierDraw[place]! : Number.NaN;
    });
  }
  const groupOf = (grouping: number, group: number): SelectionGroup => {
    const { names, people: counts, judged, code } = groupings[grouping]!;
    const place = begins[grouping]! + group;
    const tooFew = unknown(`fewer than ${minimumGroup} people`);
    const rate = judged[group] ? rates[place]! : tooFew;
    const earlierRate = earlierRates?.[place];
    return {
      group: names[group]!,
      n: code.reduce((sum, own) => sum + (own === group ? 1 : 0), 0),
      people: counts[group]!,
      judged: judged[group]!,
      selectionRate: withInterval(rate, drawn[place]!.rate, level),
      before: judged[group] ? (earlierRate?.value ?? null) : null,
      shift: withInterval(judged[group] ? minus(rate, earlierRate) : tooFew, drawn[place]!.shift, level),
    };
  };
  return {
    version: 1,
    settings: { seed, resamples, level, minimumGroup },
    overall: groupOf(0, 0),
    attributes: groupings.slice(1).map(({ attribute, names, pooled }, place) => ({ attribute, pooled, groups: names.map((_, group) => groupOf(place + 1, group)) })),
  };
}

const checkRows = ({ flagged, groups, person }: NamedLearners): void => {
  if (person.length === 0) throw new RangeError('there is no row to audit');
  for (const [name, column] of Object.entries({ flagged, ...groups })) {
    if (column.length !== person.length) throw new RangeError(`${name} has ${column.length} rows, person has ${person.length}`);
  }
};
