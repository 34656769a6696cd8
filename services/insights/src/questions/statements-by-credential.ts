import { moment, type Question, scoped, sql } from '@pharos/warehouse';

export interface CredentialVolume {
  readonly credential: string;
  readonly statements: number;
  readonly lastDay: number;
  /** When its last statement was stored. */
  readonly lastAt: string;
}

/** How much each credential sent in all and within 24 hours of a moment, and when last. */
export function statementsByCredential(now: string): Question<CredentialVolume> {
  return {
    name: 'statementsByCredential',
    sql: sql`SELECT credential, count() AS statements, countIf(recorded_at > ${moment(now)} - INTERVAL 1 DAY) AS last_day, max(recorded_at) AS last_at
      FROM ${scoped('statements')} GROUP BY credential ORDER BY credential`,
    answer: (row) => ({
      credential: String(row.credential),
      statements: Number(row.statements),
      lastDay: Number(row.last_day),
      lastAt: String(row.last_at),
    }),
  };
}
