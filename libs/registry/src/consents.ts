import { type TenantSql } from './tenant-sql.js';

/** What was last said about a purpose; folded from `ConsentChanged`. */
export interface Consents {
  /** Those of the learners (canonical tokens) for whom somebody agreed to the purpose, under any of their tokens, and nobody has taken it back. */
  granted(purpose: string, learners: readonly string[]): Promise<ReadonlySet<string>>;
}

export function createConsents(sql: Pick<TenantSql, 'query'>): Consents {
  return {
    async granted(purpose, learners) {
      const rows = await sql.query<{ learner: string }>(
        `SELECT coalesce(links.canonical, consents.learner) AS learner FROM consents
         LEFT JOIN learner_links links ON links.tenant = consents.tenant AND links.learner = consents.learner AND links.active
         WHERE consents.tenant = $1 AND purpose = $2 AND coalesce(links.canonical, consents.learner) = ANY($3)
         GROUP BY 1 HAVING bool_and(granted)`,
        [purpose, learners],
      );
      return new Set(rows.map(({ learner }) => learner));
    },
  };
}
