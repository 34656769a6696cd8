import { child, type StatementError } from './errors.js';

/**
 * How deep a value inside extensions may nest. The specification sets no bound, but every later walk is recursive, so
 * an absurd depth has to be refused at the door; real extensions stay under ten.
 */
export const MAX_EXTENSION_DEPTH = 64;

function isDeeper(value: unknown, allowed: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (allowed === 0) return true;
  for (const inner of Object.values(value)) if (isDeeper(inner, allowed - 1)) return true;
  return false;
}

/** Refuses extension values that nest deeper than the bound; `path` is that of the object that holds `extensions`. */
export function checkExtensionDepth(walk: { readonly errors: StatementError[] }, extensions: unknown, path: string): void {
  if (typeof extensions !== 'object' || extensions === null) return;
  for (const key in extensions) {
    const value = (extensions as Record<string, unknown>)[key];
    if (typeof value === 'object' && isDeeper(value, MAX_EXTENSION_DEPTH)) {
      walk.errors.push({ path: child(child(path, 'extensions'), key), message: `must not nest deeper than ${MAX_EXTENSION_DEPTH} levels` });
    }
  }
}
