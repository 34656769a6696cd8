import { all, create, type Unit } from 'mathjs';
import { type Mark, sure, unsure } from './mark.js';

export interface QuantityKey {
  readonly kind: 'number';
  readonly value: number;
  /** Unit of the value, `m/s`, `cm^2`; a plain number without. */
  readonly unit?: string;
  /** Largest absolute difference that still counts, in the key's unit. Default: 0, with room for the rounding of doubles only. */
  readonly tolerance?: number;
}

const math = create(all!, {});

const WRITTEN =
  /^([+-]?(?:\d[\d\s\u00a0\u202f]*)?(?:[.,]\d+)?(?:e[+-]?\d+)?|[+-]?\d+\s*\/\s*\d+)\s*([\p{L}°µμΩ%][\p{L}\d\s°µμΩ*/^()·²³%-]*)?$/iu;

interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/**
 * Reads a number as people write it, with its unit: `3,5 km`, `1 000 m`, `3/4`, `12 cm²`. A comma is the decimal sign, as in
 * most languages; where it could also part thousands (`1,234`), nothing is read: either reading could be wrong by a thousand.
 *
 * @example readQuantity('3,5 km') // => { value: 3.5, unit: 'km' }
 */
export function readQuantity(text: string): Quantity | undefined {
  const match = WRITTEN.exec(text.trim().replace(/\u2212/g, '-'));
  if (match === null || text.length > 100) return undefined;
  const written = match[1]!.replace(/[\s\u00a0\u202f]/g, '');
  if (!/\d/.test(written) || /^[+-]?\d{1,3},\d{3}$/.test(written)) return undefined;
  const [over, under] = written.split('/');
  const value = Number(over!.replace(',', '.')) / (under === undefined ? 1 : Number(under));
  const unit = (match[2] ?? '').trim().replace(/²/g, '^2').replace(/³/g, '^3').replace(/·/g, '*').replace(/[µμ]/g, 'u').replace(/^°\s*C$/i, 'degC').replace(/^°\s*F$/i, 'degF').replace(/^°$/, 'deg'); // prettier-ignore
  return Number.isFinite(value) ? { value, unit } : undefined;
}

function unitOf(value: number, name: string): Unit | undefined {
  try {
    return math.unit(value, name);
  } catch {
    return undefined; // the library's only way to say that it knows no such unit
  }
}

/**
 * Grades a number, converting units where the key has one.
 *
 * @example markQuantity({ kind: 'number', value: 1.5, unit: 'km', tolerance: 0.01 }, '1500 m') // => { sure: true, correct: true, share: 1 }
 */
export function markQuantity(key: QuantityKey, answer: string): Mark {
  const { value, unit = '', tolerance = 0 } = key;
  if (!Number.isFinite(value) || !(tolerance >= 0)) return unsure('unreadable-key');
  const given = readQuantity(answer);
  if (given === undefined) return unsure('unreadable-answer');
  const near = (number: number) => Math.abs(number - value) <= tolerance + 1e-9 * Math.max(1, Math.abs(value));
  if (unit === '') return given.unit === '' ? sure(near(given.value)) : unsure('unreadable-answer', near(given.value));
  const asked = unitOf(value, unit);
  if (asked === undefined) return unsure('unreadable-key');
  if (given.unit === '') return near(given.value) ? sure(false, 'unit-missing') : sure(false);
  const told = unitOf(given.value, given.unit);
  if (told === undefined) return unsure('unreadable-answer', near(given.value) ? false : null);
  if (!told.equalBase(asked)) return sure(false, 'unit-wrong');
  return sure(near(told.toNumber(unit)));
}
