/** What is wrong in a statement, and where. */
export interface StatementError {
  /** As one would write it in code: `[3].object.definition.interactionType`; empty for the statement itself. */
  readonly path: string;
  readonly message: string;
}

const PLAIN_KEY = /^[A-Za-z_$][\w$-]*$/;

/** @example child('[3].verb.display', 'en-US') // => '[3].verb.display.en-US' */
export function child(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!PLAIN_KEY.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** As `child`, for a key known to be a plain name: the walk calls it for every part of every statement. */
export function dot(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The name of a value's JSON type, for messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
