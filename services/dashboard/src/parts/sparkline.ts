import { type Figure } from '@pharos/contract';
import { valueOf } from '../app/format.js';

type Point = readonly [x: number, y: number];

/**
 * Lines of a small multiple from zero up; a gap where a figure is missing or suppressed.
 *
 * @example sparkline([{ is: 'value', value: 0 }, { is: 'value', value: 4 }], 96, 24).last // => [93, 3]
 */
export function sparkline(figures: readonly Figure[], width: number, height: number): { readonly paths: readonly string[]; readonly last: Point | null } {
  const margin = 3;
  const values = figures.map(valueOf);
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const step = figures.length > 1 ? (width - 2 * margin) / (figures.length - 1) : 0;
  const points = values.map((value, index): Point | null =>
    value === null ? null : [round(margin + index * step), round(height - margin - (value / most) * (height - 2 * margin))],
  );
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point) runs.at(-1)!.push(point);
    else runs.push([]);
  }
  const paths = runs.filter((run) => run.length > 1).map((run) => `M${run.map((point) => point.join(' ')).join('L')}`);
  return { paths, last: points.findLast((point) => point !== null) ?? null };
} // prettier-ignore

const round = (value: number): number => Math.round(value * 10) / 10;
