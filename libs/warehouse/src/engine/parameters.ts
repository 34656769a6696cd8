/** Escapes as ClickHouse's tab-separated format does: what separates values, and the escape itself. */
export function escapeText(text: string): string {
  return unsafe.test(text) ? text.replace(everyUnsafe, (character) => escapes[character]!) : text;
}

// The control characters are meant: they are the ones that the format escapes.
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0', '\b': '\\b', '\f': '\\f',
}; // prettier-ignore
const unsafe = new RegExp('[\\\\\\t\\n\\r\\0\\b\\f]');
const everyUnsafe = new RegExp(unsafe, 'g');

/** Text between quotes, as an element of a list is written. */
export function quoted(text: string): string {
  return `'${escapeText(text).replaceAll("'", "\\'")}'`;
}

function element(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quoted(value);
  throw new TypeError(`a list of parameters may hold text and numbers, not ${typeof value}`);
}

/**
 * A parameter's value as ClickHouse reads it (`param_x` of a session or of a request).
 * @throws TypeError for values that no question uses
 */
export function parameterText(value: unknown): string {
  if (value === null) return '\\N';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return escapeText(value);
  if (Array.isArray(value)) return `[${value.map(element).join(',')}]`;
  throw new TypeError(`a parameter may be text, a number, null or a list, not ${typeof value}`);
}
