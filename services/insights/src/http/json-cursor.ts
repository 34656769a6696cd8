import { type z } from 'zod';
import { Refusal } from './refusal.js';

/** A place in a list as opaque text. */
export const writeJsonCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The place that a cursor stands for; undefined without one.
 *
 * @throws Refusal bad-request for a cursor that this list did not make
 */
export function readJsonCursor<Shape extends z.ZodType>(shape: Shape, text: string | undefined): z.output<Shape> | undefined {
  if (text === undefined) return undefined;
  const parsed = shape.safeParse(jsonOf(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success) throw new Refusal('bad-request', { errors: [{ path: 'query.cursor', message: 'not a cursor of this list' }] });
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the shape refuses it
  }
}
