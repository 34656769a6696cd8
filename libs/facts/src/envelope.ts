import { z } from 'zod';

/** An instant as ISO 8601 in UTC, milliseconds at most: `2014-10-01T00:00:00.000Z`. Facts are compared by it as text. */
export const instant = z.iso.datetime();

/** A calendar day, `2014-10-01`, in the time zone of the class or school that the fact speaks of. */
export const day = z.iso.date();

/** An opaque token that stands for a person. Only the vault knows whose it is. */
export const token = z.string().min(1).max(64);

const envelope = {
  /** Unique within the tenant. The fold takes the first log position of an id and drops every later one. */
  id: z.string().min(1).max(200),
  version: z.number().int().positive(),
  tenant: z.string().min(1).max(64),
  /** What the fact is about and ordered by: a learner token, a class, an alert. Decides the partition. */
  key: z.string().min(1).max(200),
  /** When it happened, by the source's word. */
  occurredAt: instant,
  /** When the institution could first have used it. Only an import of history may set it apart from `recordedAt`. */
  knownAt: instant,
  /** The log's own time; never set by a sender. */
  recordedAt: instant,
};

/** Declares one kind of fact: its type, its present version and the shape of its data. */
export function fact<Type extends string, Data extends z.ZodType>(type: Type, version: number, data: Data) {
  return z.object({ ...envelope, type: z.literal(type), version: z.literal(version), data });
}

/** A fact as the log hands it out. `Fact` in `fact.ts` is the union of those that exist; this is their common shape. */
export interface Envelope<Type extends string = string, Data = unknown> {
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  readonly tenant: string;
  readonly key: string;
  readonly occurredAt: string;
  readonly knownAt: string;
  readonly recordedAt: string;
  readonly data: Data;
}

/** A fact on its way to the log. Without `knownAt` it is known from the moment it is recorded. */
export type Unrecorded<F extends Envelope> = F extends Envelope ? Omit<F, 'recordedAt' | 'knownAt'> & { readonly knownAt?: string } : never;
