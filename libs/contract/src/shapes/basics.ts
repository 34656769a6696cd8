import { z } from 'zod';

/** An instant in UTC, ISO 8601: `2026-02-03T10:00:00.000Z`. */
export const Instant = z.iso.datetime();
/** A calendar day, `2026-02-03`. */
export const Day = z.iso.date();
/** An opaque token that stands for a person. */
export const Token = z.string().min(1).max(64);
/** A learner as a caller names them: people by token, platforms by an identifier of their own (`mailto:…`, `account:HOMEPAGE|NAME`). */
export const LearnerName = z.string().min(1).max(500);
/** Id of a school, course, class, term. */
export const Id = z.string().min(1).max(200);

/** A person as far as the reader may know them. `name` is null where names are not allowed, unknown, or erased. */
export const PersonName = z.object({ token: z.string(), name: z.string().nullable() }).meta({ id: 'PersonName' });
export type PersonName = z.infer<typeof PersonName>;

/** Something with an id and a title: a school, a course, a class. */
export const Titled = z.object({ id: z.string(), title: z.string() });
export type Titled = z.infer<typeof Titled>;

/**
 * A number in a table, or why there is none: zero, missing and suppressed look different.
 * Suppressed: fewer people stand behind it than the tenant's minimum, or showing it would give such a number away.
 */
export const Figure = z
  .discriminatedUnion('is', [
    z.object({ is: z.literal('value'), value: z.number() }),
    z.object({ is: z.literal('suppressed') }),
    z.object({ is: z.literal('missing') }),
  ])
  .meta({ id: 'Figure' });
export type Figure = z.infer<typeof Figure>;

/** An estimate with its 95 % interval; null where it cannot be worked out. */
export const Estimate = z
  .object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() })
  .meta({ id: 'Estimate' });
export type Estimate = z.infer<typeof Estimate>;

/** A page of a list. Hand `next` back as `cursor` for the page after it; null at the end. */
export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

/** How a page is asked for. `cursor` is opaque. */
export const pageQuery = {
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number<number>().int().min(1).max(500).default(50),
};

/** Up to which moment of the log the numbers are complete (also in the header `Consistent-Through`). */
export const through = { through: Instant };
