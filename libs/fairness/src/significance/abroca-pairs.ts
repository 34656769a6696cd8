import { drawPeople, withInterval } from '../bootstrap.js';
import { type Grouping } from '../grouping.js';
import { type Random, shuffle } from '../random.js';
import { type Sample } from '../sample.js';
import { type Estimate, known, unknown } from '../statistic.js';
import { abroca } from './abroca.js';
import { type Chance, chanceOf } from './chance.js';
import { type RocCurve, rocCurves } from './roc-curves.js';
import { exchange, peopleOf, stratumOf } from './stratum.js';

/** Area between the ROC curves of two groups. ABROCA cannot be negative, so read it beside what chance alone would show. */
export interface AbrocaPair extends Estimate {
  readonly groups: readonly [string, string];
  readonly chance: Chance | null;
}

const pairsOf = ({ names, judged }: Grouping): [number, number][] => {
  const groups = names.map((_, group) => group).filter((group) => judged[group]);
  return groups.flatMap((one, index) => groups.slice(index + 1).map((other): [number, number] => [one, other]));
};

const areas = (pairs: readonly [number, number][], curves: readonly (RocCurve | null)[]): number[] =>
  pairs.map(([a, b]) => (curves[a] && curves[b] ? abroca(curves[a], curves[b]) : Number.NaN));

/** Exchanges groups between people within each kind of outcome, so that base rates stay as they are. */
const exchanger = (sample: Sample, grouping: Grouping, random: Random): (() => Int32Array) => {
  const into = new Int32Array(sample.n);
  const strata = [0, 1].map((outcome) => {
    const stratum = stratumOf(sample, (row) => sample.label[row] === outcome);
    const code = Int32Array.from(stratum.rows, (row) => grouping.code[row]!);
    return { stratum, code, order: peopleOf(stratum), source: new Int32Array(code.length) };
  });
  return () => {
    for (const { stratum, code, order, source } of strata) {
      shuffle(order, random);
      exchange(stratum, order, source);
      stratum.rows.forEach((row, place) => (into[row] = code[source[place]!]!));
    }
    return into;
  };
};

/** ABROCA of every pair of judged groups, with interval and chance. O(rounds × (n + pairs × points)). */
export function abrocaPairs(
  sample: Sample,
  grouping: Grouping,
  order: Int32Array,
  settings: { readonly rounds: number; readonly level: number },
  random: Random,
): AbrocaPair[] {
  const pairs = pairsOf(grouping);
  if (pairs.length === 0) return [];
  const groups = grouping.names.length;
  const observed = areas(pairs, rocCurves(order, sample, grouping.code, () => 1, groups));
  const resampled = pairs.map(() => new Float64Array(settings.rounds));
  const byChance = pairs.map(() => new Float64Array(settings.rounds));
  const times = new Float64Array(sample.people);
  const exchanged = exchanger(sample, grouping, random);
  for (let round = 0; round < settings.rounds; round++) {
    drawPeople(times, random);
    areas(pairs, rocCurves(order, sample, grouping.code, (row) => times[sample.person[row]!]!, groups)).forEach((area, pair) => (resampled[pair]![round] = area));
    areas(pairs, rocCurves(order, sample, exchanged(), () => 1, groups)).forEach((area, pair) => (byChance[pair]![round] = area));
  }
  return pairs.map(([a, b], pair) => {
    const area = observed[pair]!;
    const statistic = Number.isNaN(area) ? unknown('one of the groups has only one kind of outcome') : known(area);
    return {
      groups: [grouping.names[a]!, grouping.names[b]!],
      ...withInterval(statistic, resampled[pair]!, settings.level),
      chance: chanceOf(byChance[pair]!, 'high'),
    };
  });
}
