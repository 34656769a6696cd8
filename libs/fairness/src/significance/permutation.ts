import { type GapName, gapNames, gaps } from '../gaps/catalogue.js';
import { type Grouping } from '../grouping.js';
import { type Random, shuffle } from '../random.js';
import { type Sample } from '../sample.js';
import { asNumber } from '../statistic.js';
import { stratifiedRates, type StratifiedRate, type TestedMetric, testedMetrics } from './declared-family.js';
import { countRates, emptyRates, type RateByGroup } from './rate-by-group.js';
import { exchange, peopleOf, type Stratum, stratumOf, unchanged } from './stratum.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs } = Math;

/** What was seen of a rate in a grouping, and how often and how far chance alone strays from nothing. */
export interface RateUnderChance {
  readonly metric: TestedMetric;
  readonly observed: RateByGroup;
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

interface Layer {
  readonly stratum: Stratum;
  readonly order: Int32Array;
  readonly outcome: Uint8Array;
  /** Place whose group each place takes in the present permutation. */
  readonly source: Int32Array;
  /** Per grouping: group of each place, and the rates of the present permutation. */
  readonly codes: readonly Int32Array[];
  readonly now: readonly RateByGroup[];
  readonly seen: readonly RateUnderChance[];
}

/** Equal distances may differ in the last bit by the order of summing. */
const ROUNDING = 1e-12;

const layerOf = (sample: Sample, groupings: readonly Grouping[], { metric, belongs, outcome }: StratifiedRate): Layer => {
  const stratum = stratumOf(sample, belongs);
  const outcomes = Uint8Array.from(stratum.rows, (row) => outcome[row]!);
  const source = unchanged(stratum);
  const codes = groupings.map((grouping) => Int32Array.from(stratum.rows, (row) => grouping.code[row]!));
  const seen = groupings.map(({ names }, index): RateUnderChance => {
    const observed = emptyRates(names.length);
    countRates(codes[index]!, source, outcomes, observed);
    return { metric, observed, asFar: new Float64Array(names.length), squares: new Float64Array(names.length) };
  });
  const now = groupings.map(({ names }) => emptyRates(names.length));
  return { stratum, order: peopleOf(stratum), outcome: outcomes, source, codes, now, seen };
};

const permute = (layer: Layer, random: Random): void => {
  shuffle(layer.order, random);
  exchange(layer.stratum, layer.order, layer.source);
  layer.codes.forEach((code, index) => {
    const now = layer.now[index]!;
    const { observed, asFar, squares } = layer.seen[index]!;
    countRates(code, layer.source, layer.outcome, now);
    for (let group = 0; group < asFar.length; group++) {
      const distance = now.fromRest[group]!;
      // a permutation that leaves the group empty (NaN) counts against significance
      if (!(abs(distance) < abs(observed.fromRest[group]!) - ROUNDING)) asFar[group]! += 1;
      squares[group]! += distance === distance ? distance * distance : 1;
    }
  });
};

/**
 * Exchanges the groups between people, again and again, all groupings at once and within each stratum,
 * and records what chance alone makes of every rate and gap. O(permutations × groupings × n).
 */
export function permuteGroups(sample: Sample, groupings: readonly Grouping[], permutations: number, random: Random): GroupingUnderChance[] {
  const layers = stratifiedRates(sample).map((rate) => layerOf(sample, groupings, rate));
  const results = groupings.map((grouping, index) => ({
    grouping,
    rates: layers.map((layer) => layer.seen[index]!),
    gaps: Object.fromEntries(gapNames.map((name) => [name, new Float64Array(permutations)])) as Record<GapName, Float64Array>,
  }));
  const layer = (metric: TestedMetric): Layer => layers[testedMetrics.indexOf(metric)]!;
  for (let round = 0; round < permutations; round++) {
    for (const one of layers) permute(one, random);
    results.forEach(({ grouping, gaps: found }, index) => {
      const judged = (metric: TestedMetric): Float64Array => layer(metric).now[index]!.rate.filter((_, group) => grouping.judged[group]);
      const rates = { selectionRate: judged('selectionRate'), tpr: judged('tpr'), fpr: judged('fpr') };
      for (const name of gapNames) found[name][round] = asNumber(gaps[name](rates));
    });
  }
  return results;
}
