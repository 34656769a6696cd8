/** A value that is bound by the engine, with the ClickHouse type it is read as. */
export interface Bound {
  readonly bound: true;
  readonly type: string;
  readonly value: unknown;
}

/** Two texts with one answer for a tenant without links between tokens; only `linked` has it where there are any. */
export interface ByLinks {
  readonly linked: Sql;
  readonly unlinked: Sql;
}

export type Chunk = string | Bound | ByLinks;

/** SQL as a value: text and bound values in turn. Only `sql` makes one, so nothing is ever concatenated from input. */
export interface Sql {
  readonly chunks: readonly Chunk[];
}

export interface Rendered {
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * A bound value.
 * @param type ClickHouse type, for instance `String`, `Array(UInt64)`
 * @example sql`learner = ${bind('String', learner)}`
 */
export function bind(type: string, value: unknown): Bound {
  return { bound: true, type, value };
}

/** A moment bound as a constant of type DateTime64(3, 'UTC'), whatever the time zone of the session. @param iso ISO 8601 */
export function moment(iso: string): Sql {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw new RangeError(`not a moment: ${iso}`);
  return sql`fromUnixTimestamp64Milli(${bind('Int64', String(time))}, 'UTC')`;
}

/** A day bound as Date32. @param day `2014-10-01` */
export function date(day: string): Bound {
  return bind('Date32', day);
}

/**
 * SQL out of text, bound values and other SQL.
 * @example sql`SELECT count() FROM ${scoped('voids')} WHERE target = ${bind('String', id)}`
 */
export function sql(texts: TemplateStringsArray, ...values: readonly (Sql | Bound)[]): Sql {
  const chunks: Chunk[] = [];
  texts.forEach((text, i) => {
    chunks.push(text);
    const value = values[i];
    if (value === undefined) return;
    if ('chunks' in value) chunks.push(...value.chunks);
    else chunks.push(value);
  });
  return { chunks };
}

/** Several pieces with text between them. @example join([sql`a = 1`, sql`b = 2`], ' AND ') */
export function join(pieces: readonly Sql[], between: string): Sql {
  return { chunks: pieces.flatMap((piece, i) => (i === 0 ? piece.chunks : [between, ...piece.chunks])) };
}

/** Text that is known at compile time, such as a column's name out of a list in the code. Never input. */
export function literal(text: string): Sql {
  return { chunks: [text] };
}

export const nothing: Sql = { chunks: [''] };

/** Values that are equal go by one name: then equal subqueries are equal texts, and the engine works each scalar out once. */
const identityOf = (chunk: Bound): unknown =>
  Array.isArray(chunk.value) ? chunk : `${chunk.type} ${typeof chunk.value} ${String(chunk.value)}`;

/** Whether a query has a shorter text for tenants without links. */
export const hasByLinks = (query: Sql): boolean => query.chunks.some((chunk) => typeof chunk !== 'string' && 'linked' in chunk);

/** The chunks of a query for a tenant with or without links. */
function* chosen({ chunks }: Sql, links: boolean): Generator<string | Bound> {
  for (const chunk of chunks) {
    if (typeof chunk === 'string' || 'bound' in chunk) yield chunk;
    else yield* chosen(links ? chunk.linked : chunk.unlinked, links);
  }
}

/**
 * Text with `{p1:Type}` in place of each bound value, and the values by name. Equal values are sent once.
 *
 * @param links false only where the tenant is known to have no links between tokens
 */
export function render(query: Sql, links = true): Rendered {
  const names = new Map<unknown, string>();
  const params: Record<string, unknown> = {};
  let text = '';
  for (const chunk of chosen(query, links)) {
    if (typeof chunk === 'string') {
      text += chunk;
      continue;
    }
    const identity = identityOf(chunk);
    const name = names.get(identity) ?? `p${names.size + 1}`;
    names.set(identity, name);
    params[name] = chunk.value;
    text += `{${name}:${chunk.type}}`;
  }
  return { text, params };
}
