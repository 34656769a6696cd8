import { createHash } from 'node:crypto';

/**
 * A UUID (version 8: custom) that is always the same for the same parts. Facts of jobs and imports take their ids from
 * what they are about, so that doing the work twice changes nothing.
 *
 * @example factId('risk', '2014-11-01', 'learner-1') === factId('risk', '2014-11-01', 'learner-1') // => true
 */
export function factId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
