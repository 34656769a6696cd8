import { hash } from 'node:crypto';

/**
 * A UUID (version 8: custom) that is always the same for the same parts. Facts of jobs and imports take their ids from
 * what they are about, so that doing the work twice changes nothing.
 *
 * @example factId('risk', '2014-11-01', 'learner-1') === factId('risk', '2014-11-01', 'learner-1') // => true
 */
export function factId(...parts: readonly (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
