import { bind, moment, type Question, scoped, sql } from '@pharos/warehouse';

export interface IdentityReads {
  /** Id of a user, a credential, or a part of Pharos. */
  readonly by: string;
  /** Name of the route or purpose. */
  readonly why: string;
  readonly times: number;
  readonly lastAt: string;
}

/** Who read the identity behind some tokens (those of one person) after a moment, the latest first. Reads the tenant's reads of that time. */
export function identityReads(tokens: readonly string[], from: string): Question<IdentityReads> {
  return {
    name: 'identityReads',
    sql: sql`SELECT JSONExtractString(body, 'by') AS by, JSONExtractString(body, 'why') AS why, count() AS times, toUnixTimestamp64Milli(max(occurred_at)) AS last
      FROM ${scoped('governance_facts', {}, sql` AND type = 'IdentityRead'`)}
      WHERE occurred_at >= ${moment(from)} AND hasAny(JSONExtract(body, 'whom', 'Array(String)'), ${bind('Array(String)', tokens)})
      GROUP BY by, why ORDER BY last DESC, by, why LIMIT 500`,
    answer: (row) => ({
      by: String(row.by),
      why: String(row.why),
      times: Number(row.times),
      lastAt: new Date(Number(row.last)).toISOString(),
    }),
  };
}
