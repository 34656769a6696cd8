import { z } from 'zod';
import { readJsonCursor, writeJsonCursor } from '../http/json-cursor.js';

/** Where a caseload goes on: the registry's own cursor, and how many rows came before, so that ranks run on. */
const shape = z.object({ after: z.string(), before: z.number().int().nonnegative() });
export type CaseloadCursor = z.infer<typeof shape>;

export const writeCursor = (value: CaseloadCursor): string => writeJsonCursor(value);
export const readCursor = (text: string | undefined): CaseloadCursor | undefined => readJsonCursor(shape, text);
