import { type XapiVersion } from '../statement.js';
import { child, type StatementError, typeName } from './errors.js';
import { checkActor, checkWhole, type Walk } from './rules.js';

/**
 * Checks one parsed statement strictly: structure by compiled schemas, then the rules that no schema says.
 *
 * Each part is checked up to its first structural fault, so there may be several findings, not necessarily all.
 * O(size); about 5 µs for a statement of a kilobyte.
 *
 * @param value anything that JSON.parse gave
 * @param at a path to put before each error's path, such as `[3]`
 * @returns no errors when the value is a valid `Statement` of that version
 * @example validateStatement({ verb: {} }, '1.0.3') // => [{ path: 'actor', message: 'is required' }]
 */
export function validateStatement(value: unknown, version: XapiVersion, at = ''): StatementError[] {
  const walk: Walk = { version, errors: [] };
  checkWhole(walk, value, 'statement', at);
  return walk.errors;
}

/**
 * Checks a batch: every statement, and that no id comes twice (UUIDs are compared without regard to case).
 *
 * @example validateBatch([statement, {}], '1.0.3')[0]?.path // => '[1].actor'
 */
export function validateBatch(values: readonly unknown[], version: XapiVersion): StatementError[] {
  const walk: Walk = { version, errors: [] };
  const firstAt = new Map<string, number>();
  for (let index = 0; index < values.length; index++) {
    const before = walk.errors.length;
    const value = values[index];
    const at = `[${index}]`;
    checkWhole(walk, value, 'statement', at);
    if (walk.errors.length > before) continue;
    const id = (value as { id?: string }).id?.toLowerCase();
    if (id === undefined) continue;
    const first = firstAt.get(id);
    if (first !== undefined) walk.errors.push({ path: child(at, 'id'), message: `is the id of [${first}] already` });
    else firstAt.set(id, index);
  }
  return walk.errors;
}

/**
 * Checks one agent or group by the rules of statements, for the places where one stands alone: the `agent` parameter of
 * a query or of a document.
 *
 * @example validateActor({ mbox: 'ann@example.org' }, '1.0.3', 'agent')[0]?.path // => 'agent.mbox'
 */
export function validateActor(value: unknown, version: XapiVersion, at = ''): StatementError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path: at, message: `must be object, not ${typeName(value)}` }];
  }
  const walk: Walk = { version, errors: [] };
  checkActor(walk, value as Readonly<Record<string, unknown>>, at);
  return walk.errors;
}
