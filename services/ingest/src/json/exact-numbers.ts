import { type Path } from './walk-json.js';

/** A number as it was written, and where: a double would give back another. */
export type ExactNumber = readonly [path: Path, literal: string];

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Sign, significant digits, and the power of ten of the last: equal for equal decimals, however they are written. */
function decimalOf(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(literal) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  let end = all.length;
  while (end > 0 && all.charCodeAt(end - 1) === 48) end--;
  const digits = all.slice(0, end);
  return digits === '' ? '0' : `${sign}${digits}e${Number(exponent) - fraction.length + (all.length - digits.length)}`;
}

/**
 * Whether a number comes back as the same decimal after it was read into a double.
 *
 * @example isExact('0.1') // => true
 * @example isExact('12345678901234567890') // => false
 */
export function isExact(literal: string): boolean {
  const value = Number(literal);
  return Number.isFinite(value) && decimalOf(String(value)) === decimalOf(literal);
}

/** Says JSON.stringify to write this text as it is. Part of the language since ES2026; its types do not have it yet. */
const rawJson = (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON;

/**
 * Puts numbers back as they were written, for JSON.stringify to write: what stands there otherwise (left out by a format, not
 * shown to this reader) stays. A single context activity has become a list since: its first item is meant then.
 */
export function withExactNumbers<T>(value: T, numbers: readonly ExactNumber[]): T {
  return numbers.reduce<unknown>((changed, [path, literal]) => replaced(changed, path, 0, literal), value) as T;
}

function replaced(value: unknown, path: Path, depth: number, literal: string): unknown {
  const key = path[depth];
  if (key === undefined) return isDoubleOf(value, literal) ? rawJson(literal) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const [index, next] = typeof key === 'number' ? [key, depth + 1] : [0, depth];
    return index < value.length ? value.with(index, replaced(value[index], path, next, literal)) : value;
  }
  if (typeof key !== 'string' || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], path, depth + 1, literal) };
}

/** What is beyond the largest double is written as null. */
function isDoubleOf(value: unknown, literal: string): boolean {
  const double = Number(literal);
  return Number.isFinite(double) ? value === double : value === null || value === double;
}
