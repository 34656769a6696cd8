/**
 * Where in a JSON value the character NUL stands: PostgreSQL keeps every character but this one, so whoever sends it is told before anything is written.
 *
 * @returns the way there, or undefined
 * @example placeOfNul({ notes: ['a', 'b\0'] }) // => ['notes', '1']
 */
export function placeOfNul(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0')) return [key.replaceAll('\0', '')];
    const place = placeOfNul(inner);
    if (place) return [key, ...place];
  }
  return undefined;
}

export const NUL_REFUSED = 'holds the character NUL, which no text does';
