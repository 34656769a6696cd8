import { drawPeople, withInterval } from '../bootstrap.js';
import { everyoneOf, type Grouping, groupRows, NOT_DECLARED } from '../grouping.js';
import { randomFrom } from '../random.js';
import { indexPeople } from '../sample.js';
import { asNumber, type Estimate, known, share, type Statistic, unknown } from '../statistic.js';

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

interface Side {
  readonly flagged: Uint8Array | readonly number[];
  readonly person: Int32Array;
  readonly people: number;
  readonly codes: readonly Int32Array[];
}

/** Named and all of each group, each row as often as its person was drawn. */
const ratesOf = ({ flagged, person, codes }: Side, times: Float64Array | null, sizes: readonly number[]): Statistic[][] =>
  codes.map((code, index) => {
    const all = new Float64Array(sizes[index]!);
    const named = new Float64Array(sizes[index]!);
    for (let row = 0; row < code.length; row++) {
      const group = code[row]!;
      if (group < 0) continue;
      const weight = times ? times[person[row]!]! : 1;
      all[group]! += weight;
      named[group]! += weight * flagged[row]!;
    }
    return Array.from(all, (n, group) => share(named[group]!, n, 'no one is in the group'));
  });

const sideOf = (rows: NamedLearners, code: (attribute: string) => Int32Array): Side => {
  const { index, people } = indexPeople(rows.person);
  return { flagged: rows.flagged, person: index, people, codes: ['', ...Object.keys(rows.groups)].map(code) };
};

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
  const sizes = groupings.map(({ names }) => names.length);
  const today = sideOf(now, (attribute) => groupings[attributes.indexOf(attribute) + 1]!.code);
  const earlier = before
    ? sideOf({ ...before, groups: Object.fromEntries(attributes.map((name) => [name, before.groups[name] ?? before.person.map(() => null)])) }, (attribute) =>
        attribute === '' ? new Int32Array(before.person.length) : codesLike(groupings[attributes.indexOf(attribute) + 1]!, before.groups[attribute] ?? before.person.map(() => null)),
      )
    : undefined;
  const rates = ratesOf(today, null, sizes);
  const earlierRates = earlier && ratesOf(earlier, null, sizes);
  const drawn = sizes.map((size) => Array.from({ length: size }, () => ({ rate: new Float64Array(resamples), shift: new Float64Array(resamples) })));
  const random = randomFrom(seed);
  const times = new Float64Array(today.people);
  const earlierTimes = new Float64Array(earlier?.people ?? 0);
  for (let at = 0; at < resamples; at++) {
    drawPeople(times, random);
    const draw = ratesOf(today, times, sizes);
    if (earlier) drawPeople(earlierTimes, random);
    const earlierDraw = earlier && ratesOf(earlier, earlierTimes, sizes);
    draw.forEach((groups, grouping) =>
      groups.forEach((rate, group) => {
        drawn[grouping]![group]!.rate[at] = asNumber(rate);
        drawn[grouping]![group]!.shift[at] = asNumber(minus(rate, earlierDraw?.[grouping]![group]));
      }),
    );
  }
  const groupOf = (grouping: number, group: number): SelectionGroup => {
    const { names, people: counts, judged, code } = groupings[grouping]!;
    const tooFew = unknown(`fewer than ${minimumGroup} people`);
    const rate = judged[group] ? rates[grouping]![group]! : tooFew;
    const earlierRate = earlierRates?.[grouping]![group];
    return {
      group: names[group]!,
      n: code.reduce((sum, own) => sum + (own === group ? 1 : 0), 0),
      people: counts[group]!,
      judged: judged[group]!,
      selectionRate: withInterval(rate, drawn[grouping]![group]!.rate, level),
      before: judged[group] ? (earlierRate?.value ?? null) : null,
      shift: withInterval(judged[group] ? minus(rate, earlierRate) : tooFew, drawn[grouping]![group]!.shift, level),
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
