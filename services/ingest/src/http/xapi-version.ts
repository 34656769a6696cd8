import { type XapiVersion } from '@pharos/xapi';

export const VERSIONS: readonly XapiVersion[] = ['1.0.3', '2.0.0'];

/**
 * The version that a request speaks. Every patch of 1.0 is answered as 1.0.3, `2.0` as 2.0.0.
 *
 * Source: xAPI 1.0.3, part three, 3.3; a request without the header is refused.
 *
 * @example versionOf('1.0.1') // => '1.0.3'
 */
export function versionOf(header: string | readonly string[] | undefined): XapiVersion | undefined {
  if (typeof header !== 'string') return undefined;
  if (header === '1.0' || /^1\.0\.\d+$/.test(header)) return '1.0.3';
  return header === '2.0' || /^2\.0\.\d+$/.test(header) ? '2.0.0' : undefined;
}
