import { createInterface } from 'node:readline';
import { lintStatement, validateStatement, type XapiVersion } from '@pharos/xapi';
import { bytesOf } from '../imports/import-xapi.js';
import { jsonItems } from '../imports/json-items.js';

/** One thing that is wrong, or could be better, however often it comes. */
export interface LintFinding {
  /** Broken rules make a store refuse the statement; advice does not. */
  readonly kind: 'refused' | 'advice';
  /** Without indexes: `context.contextActivities.parent[].id`. */
  readonly path: string;
  readonly message: string;
  readonly count: number;
  /** Line of the first. */
  readonly line: number;
}

export interface LintReport {
  readonly statements: number;
  readonly refused: number;
  /** The most frequent first, refusals before advice. */
  readonly findings: readonly LintFinding[];
}

/** Checks a file of statements (one a line or an array, plain or gzip) as the door would, without storing anything. */
export async function lintFile(file: string, version: XapiVersion): Promise<LintReport> {
  const findings = new Map<string, LintFinding>();
  let statements = 0;
  let refused = 0;
  const note = (kind: LintFinding['kind'], line: number, at: string, message: string) => {
    const path = at.replaceAll(/\[\d+\]/g, '[]');
    const key = `${kind} ${path} ${message}`;
    const known = findings.get(key);
    findings.set(key, known ? { ...known, count: known.count + 1 } : { kind, path, message, count: 1, line });
  };
  for await (const { text, line } of jsonItems(createInterface({ input: bytesOf(file), crlfDelay: Infinity }))) {
    statements += 1;
    const parsed = parse(text);
    const errors = parsed.ok ? validateStatement(parsed.value, version) : [{ path: '', message: 'is not JSON' }];
    if (errors.length > 0) refused += 1;
    for (const { path, message } of errors) note('refused', line, path, message);
    if (errors.length === 0 && parsed.ok)
      for (const { path, message } of lintStatement(parsed.value as never)) note('advice', line, path, message);
  }
  const byKind = (one: LintFinding, other: LintFinding) =>
    one.kind === other.kind ? other.count - one.count || one.line - other.line : one.kind === 'refused' ? -1 : 1;
  return { statements, refused, findings: [...findings.values()].sort(byKind) };
}

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}
