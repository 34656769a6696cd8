import { liveStatements } from '../fragments/statements.js';
import { type Question, type View } from '../question.js';
import { moment, sql } from '../sql.js';

export interface SourceDay {
  /** Credential that sent it. */
  readonly source: string;
  readonly day: string;
  readonly statements: number;
}

/** How many statements each source sent per day on which something happened, from `since` on. */
export function sourceVolume(since: string, view: View): Question<SourceDay> {
  return {
    name: 'source-volume',
    sql: sql`SELECT credential, toString(toDate32(occurred_at)) AS on_day, count() AS statements
FROM ${liveStatements(view, sql` AND occurred_at >= ${moment(since)}`)} GROUP BY credential, on_day ORDER BY credential, on_day`,
    answer: (row) => ({ source: String(row.credential), day: String(row.on_day), statements: Number(row.statements) }),
  };
}
