/**
 * JSON with the keys of every object in order, so that equal values give equal text. Not RFC 8785 to the letter: keys
 * are compared as JavaScript compares strings, and numbers are written as it writes them; both ends are this function.
 *
 * @example canonicalJson({ b: 1, a: [true] }) // => '{"a":[true],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object);
  if (!areInOrder(keys)) keys.sort();
  let text = '{';
  for (const key of keys) text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(object[key])}`;
  return `${text}}`;
}

/** Most platforms write their keys in one order, and few objects have many. */
function areInOrder(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if (keys[index]! < keys[index - 1]!) return false;
  return true;
}
