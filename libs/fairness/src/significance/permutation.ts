import { findEnds, type GroupEnds, noGroupEnds } from '../gaps/between-groups.js';
import { type GapName, gapNames, gaps } from '../gaps/catalogue.js';
import { type Grouping } from '../grouping.js';
import { type Random } from '../random.js';
import { type Sample } from '../sample.js';
import { stratifiedRates, type TestedMetric, testedMetrics } from './declared-family.js';
import { type Exchange, exchangeAndCount, exchangeOf } from './exchanged-rates.js';
import { cellsOf, lineUp, type RatesByGroup } from './rates-by-group.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs } = Math;

/** What was seen of a rate in a grouping, and how often and how far chance alone strays from nothing. */
export interface RateUnderChance {
  readonly metric: TestedMetric;
  readonly observed: RatesByGroup;
  /** Per group: permutations at least as far from the rest as observed. */
  readonly asFar: Float64Array;
  /** Per group: sum of squared distances from the rest. */
  readonly squares: Float64Array;
}

export interface GroupingUnderChance {
  readonly grouping: Grouping;
  readonly rates: readonly RateUnderChance[];
  /** Each gap in each permutation; NaN where it does not exist. */
  readonly gaps: Readonly<Record<GapName, Float64Array>>;
}

/** A rate with the tallies of its permutations, over the groups of all groupings in line. */
interface Layer extends Omit<RateUnderChance, 'metric'> {
  readonly exchange: Exchange;
}

/** Equal distances may differ in the last bit by the order of summing. */
const ROUNDING = 1e-12;

const permute = ({ exchange, observed, asFar, squares }: Layer, random: Random): void => {
  exchangeAndCount(exchange, random);
  const { fromRest } = exchange.now;
  for (let group = 0; group < asFar.length; group++) {
    const distance = fromRest[group]!;
    // a permutation that leaves the group empty (NaN) counts against significance
    if (!(abs(distance) < abs(observed.fromRest[group]!) - ROUNDING)) asFar[group]! += 1;
    squares[group]! += distance === distance ? distance * distance : 1;
  }
};

const part = (rates: RatesByGroup, from: number, to: number): RatesByGroup => ({
  size: rates.size.subarray(from, to),
  hits: rates.hits.subarray(from, to),
  rate: rates.rate.subarray(from, to),
  fromRest: rates.fromRest.subarray(from, to),
});

/**
 * Exchanges the groups between people, again and again, all groupings at once and within each stratum,
 * and records what chance alone makes of every rate and gap. O(permutations × (people with a hit or several rows + cells × groupings)).
 */
export function permuteGroups(sample: Sample, groupings: readonly Grouping[], permutations: number, random: Random): GroupingUnderChance[] {
  const line = lineUp(groupings);
  const cells = cellsOf(groupings, line, sample.n);
  const layers = stratifiedRates(sample).map((rate): Layer => {
    const { exchange, observed } = exchangeOf(sample, cells, line.groups, rate);
    return { exchange, observed, asFar: new Float64Array(line.groups), squares: new Float64Array(line.groups) };
  });
  const found = groupings.map(() => gapNames.map(() => new Float64Array(permutations)));
  const ends = noGroupEnds();
  const measures = gapNames.map((name) => gaps[name]);
  const now = (Object.keys(ends) as (keyof GroupEnds)[]).map((name) => ({
    ends: ends[name],
    rate: layers[testedMetrics.indexOf(name)]!.exchange.now.rate,
  }));
  for (let round = 0; round < permutations; round++) {
    for (const layer of layers) permute(layer, random);
    for (let index = 0; index < found.length; index++) {
      for (const rates of now) findEnds(rates.ends, rates.rate, line.begins[index]!, line.begins[index + 1]!, line.judged);
      for (let gap = 0; gap < measures.length; gap++) found[index]![gap]![round] = measures[gap]!.of(ends);
    }
  }
  return groupings.map((grouping, index) => {
    const [from, to] = [line.begins[index]!, line.begins[index + 1]!];
    return {
      grouping,
      rates: layers.map(({ observed, asFar, squares }, layer) => ({
        metric: testedMetrics[layer]!,
        observed: part(observed, from, to),
        asFar: asFar.subarray(from, to),
        squares: squares.subarray(from, to),
      })),
      gaps: Object.fromEntries(gapNames.map((name, gap) => [name, found[index]![gap]!])) as Record<GapName, Float64Array>,
    };
  });
}
