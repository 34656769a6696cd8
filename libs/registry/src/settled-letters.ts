import { type TenantSql } from './tenant-sql.js';

/** What was done about a dead letter: sent again as it was, sent again repaired, or put away for good. */
export interface SettledLetter {
  readonly letter: string;
  readonly how: 'replayed' | 'repaired' | 'dismissed';
  readonly by: string;
  readonly settledAt: Date;
  /** Ids of the statements that came of it. */
  readonly statements: readonly string[];
}

export interface SettledLetters {
  /** The first settlement of a letter stands; false when there was one. */
  settle(letter: Omit<SettledLetter, 'settledAt'>): Promise<boolean>;
  /** Those of the letters that are settled. */
  among(letters: readonly string[]): Promise<ReadonlyMap<string, SettledLetter>>;
  count(): Promise<number>;
}

interface SettledRow {
  readonly letter: string;
  readonly how: SettledLetter['how'];
  readonly by: string;
  readonly settled_at: Date;
  readonly statements: string[];
}

const toSettled = ({ settled_at, letter, how, by, statements }: SettledRow): SettledLetter => ({
  letter,
  how,
  by,
  statements,
  settledAt: settled_at,
});

export function createSettledLetters(sql: TenantSql, now: () => Date): SettledLetters {
  return {
    async settle({ letter, how, by, statements }) {
      const rows = await sql.query(
        `INSERT INTO settled_letters (tenant, letter, how, by, settled_at, statements) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING letter`,
        [letter, how, by, now(), statements],
      );
      return rows.length > 0;
    },
    async among(letters) {
      const rows = await sql.query<SettledRow>('SELECT * FROM settled_letters WHERE tenant = $1 AND letter = ANY($2)', [letters]);
      return new Map(rows.map((row) => [row.letter, toSettled(row)]));
    },
    async count() {
      const [row] = await sql.query<{ n: number }>('SELECT count(*) AS n FROM settled_letters WHERE tenant = $1');
      return row!.n;
    },
  };
}
