import { type TenantDatabase } from './tenant-sql.js';

/** Rows as they were put; their shape is checked where they come in. */
export interface PracticeRows {
  readonly skills: readonly { readonly skill: string }[];
  readonly items: readonly { readonly item: string }[];
}

/** Skills and items that a tenant's answers are graded by. */
export interface PracticeTables {
  all(): Promise<PracticeRows>;
  /** Adds, or puts in the place of what has the same id. */
  put(rows: PracticeRows): Promise<void>;
}

export function createPracticeTables(database: TenantDatabase): PracticeTables {
  return {
    async all() {
      const [skills, items] = await Promise.all([
        database.query<{ data: { skill: string } }>('SELECT data FROM practice_skills WHERE tenant = $1 ORDER BY skill'),
        database.query<{ data: { item: string } }>('SELECT data FROM practice_items WHERE tenant = $1 ORDER BY item'),
      ]);
      return { skills: skills.map(({ data }) => data), items: items.map(({ data }) => data) };
    },
    put: ({ skills, items }) =>
      database.transaction(async (sql) => {
        await sql.query(
          `INSERT INTO practice_skills (tenant, skill, data) SELECT $1, row ->> 'skill', row FROM unnest($2::jsonb[]) AS row
           ON CONFLICT (tenant, skill) DO UPDATE SET data = excluded.data`,
          [skills.map((skill) => JSON.stringify(skill))],
        );
        await sql.query(
          `INSERT INTO practice_items (tenant, item, data) SELECT $1, row ->> 'item', row FROM unnest($2::jsonb[]) AS row
           ON CONFLICT (tenant, item) DO UPDATE SET data = excluded.data`,
          [items.map((item) => JSON.stringify(item))],
        );
      }),
  };
}
