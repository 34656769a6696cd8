import { z } from 'zod';
import { readJsonCursor, writeJsonCursor } from './json-cursor.js';

const shape = z.object({ from: z.number().int().nonnegative() });

/** For lists that are read whole and are stable for longer than a reader turns pages. */
export const readOffset = (cursor: string | undefined): number => readJsonCursor(shape, cursor)?.from ?? 0;
export const writeOffset = (from: number): string => writeJsonCursor({ from });
