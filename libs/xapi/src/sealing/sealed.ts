import { type Json } from '../statement.js';
import { type JsonPath, type SealableSite } from './sealable.js';

/** What stands in the log in the place of a value that may name people. */
export const SEALED_KEY = 'pharos:sealed';
export interface SealedValue {
  readonly 'pharos:sealed': string;
}

type Loose = Readonly<Record<string, unknown>>;

function replacedAt(value: unknown, path: JsonPath, depth: number, replacement: unknown): unknown {
  if (depth === path.length) return replacement;
  const key = path[depth]!;
  if (Array.isArray(value)) return value.with(Number(key), replacedAt(value[Number(key)], path, depth + 1, replacement));
  const object = value as Loose;
  return { ...object, [key]: replacedAt(object[key], path, depth + 1, replacement) };
}

/**
 * The statement with the values at these sites sealed, each as `{ "pharos:sealed": "<base64>" }`. Agents may have been
 * swapped for tokens since the sites were found: the paths stay.
 *
 * @param seal encrypts the value (its JSON, say) and gives base64
 */
export function withSealed<T extends object>(
  statement: T,
  sites: readonly SealableSite[],
  seal: (value: Json, path: JsonPath) => string,
): T {
  let result: unknown = statement;
  for (const { path, value } of sites) result = replacedAt(result, path, 0, { [SEALED_KEY]: seal(value, path) });
  return result as T;
}

/** True for what stands in the place of a sealed value. */
export function isSealed(value: unknown): value is SealedValue {
  if (typeof value !== 'object' || value === null || !(SEALED_KEY in value)) return false;
  return typeof value[SEALED_KEY] === 'string' && Object.keys(value).length === 1;
}

function unsealed(value: unknown, unseal: (sealed: string) => Json, withinExtensions: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isSealed(value)) return unseal(value[SEALED_KEY]);
  // Extensions are sealed as whole values; what looks sealed deeper inside came from the sender.
  if (withinExtensions) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => unsealed(item, unseal, false));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value as Loose)) {
    const opened = key === 'extensions' && !isSealed(inner) ? unsealedExtensions(inner as Loose, unseal) : unsealed(inner, unseal, false);
    if (opened !== inner) (copy ??= { ...(value as Loose) })[key] = opened;
  }
  return copy ?? value;
}

function unsealedExtensions(extensions: Loose, unseal: (sealed: string) => Json): Loose {
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(extensions)) {
    const opened = unsealed(inner, unseal, true);
    if (opened !== inner) (copy ??= { ...extensions })[key] = opened;
  }
  return copy ?? extensions;
}

/**
 * The inverse of `withSealed`: equal as JSON to what was sealed. Works before or after agents are restored.
 *
 * @param unseal decrypts; for a reader who may not see it, or after an erasure, it gives what stands there instead
 */
export function withUnsealed<T extends object>(statement: T, unseal: (sealed: string) => Json): T {
  return unsealed(statement, unseal, false) as T;
}
