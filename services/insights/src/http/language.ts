import { type Locale } from '@pharos/contract';

const known: readonly Locale[] = ['en', 'es'];

/**
 * The first language of a request's `Accept-Language` that there are texts in, in the order in which it stands; undefined for none.
 *
 * @example languageAsked('es-MX,es;q=0.9,en;q=0.8') // => 'es'
 */
export function languageAsked(accept: string | undefined): Locale | undefined {
  const asked = (accept ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return asked.map((one) => known.find((locale) => locale === one)).find((locale) => locale !== undefined);
}
