import { type RouteShape } from '@pharos/contract';
import { NUL_REFUSED, placeOfNul } from '@pharos/runtime';
import { type z } from 'zod';

export type ParsedCall =
  | { readonly ok: true; readonly params: unknown; readonly query: unknown; readonly body: unknown }
  | { readonly ok: false; readonly errors: readonly { readonly path: string; readonly message: string }[] };

const parts = ['params', 'query', 'body'] as const;

/** What is wrong with one part, each with its place: `query.limit`. Says what was expected, never what was sent. */
const errorsOf = (part: string, error: z.ZodError) =>
  error.issues.map((issue) => ({ path: [part, ...issue.path.map(String)].join('.'), message: issue.message }));

/**
 * A request's params, query and body, held against the route's shapes. Query names that the route does not know are refused,
 * so that a misspelt filter does not show everything.
 */
export function parseCall(
  route: RouteShape,
  sent: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
): ParsedCall {
  const parsed: Record<(typeof parts)[number], unknown> = { params: undefined, query: undefined, body: undefined };
  const errors: { path: string; message: string }[] = [];
  for (const part of parts) {
    const schema = part === 'query' ? route.query?.strict() : route[part];
    if (!schema) continue;
    const broken = placeOfNul(sent[part]);
    if (broken) {
      errors.push({ path: [part, ...broken].join('.'), message: NUL_REFUSED });
      continue;
    }
    const result = schema.safeParse(sent[part] ?? (part === 'query' ? {} : undefined));
    if (result.success) parsed[part] = result.data;
    else errors.push(...errorsOf(part, result.error));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, ...parsed };
}
