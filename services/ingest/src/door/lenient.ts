import { type StatementError } from '@pharos/xapi';
import { type Refusal, type StatementBatch } from './batch.js';
import { deadLetter, type Refused } from './dead-letters.js';
import { type Door } from './door.js';

/** One statement of a lenient batch that was set aside: the letter that keeps it, and what is wrong with it. */
export interface SetAside {
  /** Its place in the batch as sent. */
  readonly index: number;
  readonly letter: string;
  readonly errors: readonly StatementError[];
}

export type AcceptedLeniently =
  /** `stored`: ids of the good ones, in the order sent. */
  | { readonly ok: true; readonly stored: readonly string[]; readonly setAside: readonly SetAside[] }
  | { readonly ok: false; readonly refused: Refusal };

/** Source of letters that came over HTTP. */
export const DOOR_SOURCE = 'door';

/** Who sent a letter and in which version: all that sending it again needs. */
export const doorPlace = (credential: string, version: string): string => `${credential}@${version}`;

/**
 * Stores the good statements of a batch and sets the bad ones aside as dead letters, sealed with the tenant's key.
 *
 * What is wrong with the request itself (a scope that is missing, a log that is full) refuses it whole, and nothing is kept.
 * The same bad statement sent again by the same credential adds no second letter.
 *
 * @example await acceptLeniently(door, { ...batch, statements: [good, bad] }) // => { ok: true, stored: ['…'], setAside: [{ index: 1, … }] }
 */
export async function acceptLeniently(door: Door, batch: StatementBatch): Promise<AcceptedLeniently> {
  const setAside: SetAside[] = [];
  let left = batch.statements.map((statement, index) => ({ statement, index }));
  for (;;) {
    const accepted = await door.acceptStatements({ ...batch, alone: false, statements: left.map(({ statement }) => statement) });
    if (accepted.ok) return { ok: true, stored: accepted.ids, setAside: setAside.sort((a, b) => a.index - b.index) };
    const { refused } = accepted;
    if (refused.statements.length === 0) return accepted;
    const blamed = new Set(refused.statements);
    setAside.push(...(await keep(door, batch, left, refused)));
    left = left.filter((_, at) => !blamed.has(at));
  }
}

async function keep(
  door: Door,
  { tenant, sender, version }: StatementBatch,
  sent: readonly { readonly statement: unknown; readonly index: number }[],
  { step, statements, errors }: Refusal,
): Promise<readonly SetAside[]> {
  const place = doorPlace(sender.credential, version);
  const bad = statements.map((at) => ({
    index: sent[at]!.index,
    errors: ownErrors(errors, at),
    bytes: JSON.stringify(sent[at]!.statement),
  }));
  const letters = bad.map(({ errors: own, bytes }): Refused => ({ source: DOOR_SOURCE, place, step, reason: reasonOf(own), bytes }));
  const ids = await deadLetter(door, tenant, letters);
  return bad.map(({ index, errors: own }, at) => ({ index, letter: ids[at]!, errors: own }));
}

/** Paths as within the statement itself: `[3].verb` becomes `verb`. */
export function ownErrors(errors: readonly StatementError[], at: number): readonly StatementError[] {
  const prefix = `[${at}]`;
  return errors
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path, message }) => ({ path: path.slice(prefix.length).replace(/^\./, ''), message }));
}

/** What is wrong, in a line. Paths and messages never repeat a statement's values. */
export const reasonOf = (errors: readonly StatementError[]): string =>
  errors.map(({ path, message }) => `${path || 'statement'} ${message}`).join('; ');
