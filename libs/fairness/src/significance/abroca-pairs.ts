import { drawPeople, withInterval } from '../bootstrap.js';
import { type Grouping } from '../grouping.js';
import { type Random } from '../random.js';
import { type Sample } from '../sample.js';
import { type Estimate, known, unknown } from '../statistic.js';
import { abroca } from './abroca.js';
import { type Chance, chanceOf } from './chance.js';
import { curveDrawer } from './roc-curves.js';
import { drawFirst, exchange, peopleOf, stratumOf } from './stratum.js';

/** Area between the ROC curves of two groups. ABROCA cannot be negative, so read it beside what chance alone would show. */
export interface AbrocaPair extends Estimate {
  readonly groups: readonly [string, string];
  readonly chance: Chance | null;
}

interface Settings {
  readonly rounds: number;
  readonly level: number;
}

const pairsOf = ({ names, judged }: Grouping): [number, number][] => {
  const groups = names.map((_, group) => group).filter((group) => judged[group]);
  return groups.flatMap((one, index) => groups.slice(index + 1).map((other): [number, number] => [one, other]));
};

/** Exchanges groups between people within each kind of outcome, so that base rates stay as they are. All groupings at once. */
const exchanger = (sample: Sample, random: Random): ((codes: readonly Int32Array[], into: readonly Int32Array[]) => void) => {
  const strata = [0, 1].map((outcome) => {
    const stratum = stratumOf(sample, (row) => sample.label[row] === outcome);
    return { stratum, order: peopleOf(stratum), source: new Int32Array(stratum.rows.length) };
  });
  return (codes, into) => {
    for (const { stratum, order, source } of strata) {
      drawFirst(order, order.length, random);
      exchange(stratum, order, source);
      const { rows } = stratum;
      codes.forEach((code, grouping) => {
        const taken = into[grouping]!;
        for (let place = 0; place < rows.length; place++) taken[rows[place]!] = code[rows[source[place]!]!]!;
      });
    }
  };
};

/** A grouping with room for its curves, so that nothing is made anew in a round. */
interface AreaBench {
  readonly grouping: Grouping;
  readonly pairs: readonly (readonly [number, number])[];
  /** Areas of each pair under the groups as given, each person as often as `weight` says. */
  readonly areas: (code: Int32Array, weight: Int32Array) => Float64Array;
  readonly resampled: readonly Float64Array[];
  readonly byChance: readonly Float64Array[];
}

const benchOf = (sample: Sample, grouping: Grouping, order: Int32Array, rounds: number): AreaBench => {
  const pairs = pairsOf(grouping);
  const draw = curveDrawer(sample, order, grouping.names.length);
  const found = new Float64Array(pairs.length);
  const areas = (code: Int32Array, weight: Int32Array): Float64Array => {
    const curves = draw(code, weight);
    for (let pair = 0; pair < pairs.length; pair++) found[pair] = abroca(curves[pairs[pair]![0]]!, curves[pairs[pair]![1]]!);
    return found;
  };
  return {
    grouping,
    pairs,
    areas,
    resampled: pairs.map(() => new Float64Array(rounds)),
    byChance: pairs.map(() => new Float64Array(rounds)),
  };
};

/**
 * ABROCA of every pair of judged groups, with interval and chance; the same draws for all groupings. O(rounds × groupings × (n + pairs × pieces)).
 *
 * @param order rows in rising order of score
 */
export function abrocaPairs(
  sample: Sample,
  groupings: readonly Grouping[],
  order: Int32Array,
  { rounds, level }: Settings,
  random: Random,
): AbrocaPair[][] {
  const benches = groupings.map((grouping) => benchOf(sample, grouping, order, rounds));
  const once = new Int32Array(sample.people).fill(1);
  const observed = benches.map(({ grouping, areas }) => areas(grouping.code, once).slice());
  const times = new Int32Array(sample.people);
  const exchanged = exchanger(sample, random);
  const codes = groupings.map(({ code }) => code);
  const taken = codes.map((code) => new Int32Array(code.length));
  for (let round = 0; round < rounds; round++) {
    drawPeople(times, random);
    exchanged(codes, taken);
    benches.forEach(({ grouping, pairs, areas, resampled, byChance }, index) => {
      if (pairs.length === 0) return;
      areas(grouping.code, times).forEach((area, pair) => (resampled[pair]![round] = area));
      areas(taken[index]!, once).forEach((area, pair) => (byChance[pair]![round] = area));
    });
  }
  return benches.map(({ grouping, pairs, resampled, byChance }, index) =>
    pairs.map(([a, b], pair) => {
      const area = observed[index]![pair]!;
      const statistic = Number.isNaN(area) ? unknown('one of the groups has only one kind of outcome') : known(area);
      return {
        groups: [grouping.names[a]!, grouping.names[b]!],
        ...withInterval(statistic, resampled[pair]!, level),
        chance: chanceOf(byChance[pair]!, 'high'),
      };
    }),
  );
}
