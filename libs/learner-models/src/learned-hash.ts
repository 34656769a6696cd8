import { createHash } from 'node:crypto';

/**
 * JSON with sorted keys and no blanks, so that equal values have equal text. Members that are `undefined` are left out, as JSON does.
 *
 * @throws RangeError on what JSON would change without a word: NaN, infinities, typed arrays, dates, functions
 * @example canonicalJson({ b: 1, a: [2] }) // => '{"a":[2],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new RangeError(`canonicalJson: ${Object.prototype.toString.call(value)} has no JSON form`);
  }
  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/**
 * The name under which learned values are stored: sha256 (hex) of their canonical JSON.
 *
 * @example learnedHash(model.toLearned()) // => '3b1f…'
 */
export function learnedHash(learned: unknown): string {
  return createHash('sha256').update(canonicalJson(learned)).digest('hex');
}
