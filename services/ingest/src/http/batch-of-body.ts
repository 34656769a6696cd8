import { type StatementBatch } from '../door/batch.js';
import { type ExactNumber } from '../json/exact-numbers.js';
import { type ParsedBody } from './json-body.js';

export type ReadJson = Extract<ParsedBody, { readonly ok: true }>;

/** What a body of JSON says of a batch: one statement or an array of them, with the numbers that a double does not hold. */
export function batchOfBody({ value, numbers }: ReadJson): Pick<StatementBatch, 'statements' | 'alone' | 'exactNumbers'> {
  const alone = !Array.isArray(value);
  const statements = alone ? [value] : (value as unknown[]);
  return { statements, alone, exactNumbers: alone ? numbersOfOne(value, numbers) : numbersByStatement(statements, numbers) };
}

export const numbersOfOne = (statement: unknown, numbers: readonly ExactNumber[]): ReadonlyMap<unknown, readonly ExactNumber[]> =>
  new Map(numbers.length > 0 ? [[statement, numbers]] : []);

/** The numbers of each statement of an array, with their places within it. */
function numbersByStatement(statements: readonly unknown[], numbers: readonly ExactNumber[]): ReadonlyMap<unknown, readonly ExactNumber[]> {
  const found = new Map<unknown, ExactNumber[]>();
  for (const [[index, ...path], literal] of numbers) {
    const statement = statements[Number(index)];
    const known = found.get(statement);
    if (known) known.push([path, literal]);
    else found.set(statement, [[path, literal]]);
  }
  return found;
}
