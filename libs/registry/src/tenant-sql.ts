import { type Database, type Row, type Sql } from './database.js';

/**
 * Statements of one tenant. `$1` is the tenant in every one of them, put there here and nowhere else, so that a repository
 * cannot ask about another tenant; a statement that leaves it out is refused as a bug.
 */
export interface TenantSql {
  readonly tenant: string;
  /** @param values bound from `$2` on */
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
}

export interface TenantDatabase extends TenantSql {
  transaction<T>(work: (sql: TenantSql) => Promise<T>): Promise<T>;
}

/** @throws Error from `query` when the statement does not bind the tenant */
export function tenantSql(sql: Sql, tenant: string): TenantSql {
  return {
    tenant,
    query: <R>(text: string, values: readonly unknown[] = []) => {
      if (!/\btenant = \$1\b|VALUES \(\$1\b|SELECT \$1\b/.test(text)) throw new Error(`a statement without its tenant: ${text}`);
      return sql.query<R>(text, [tenant, ...values]);
    },
  };
}

export function tenantDatabase(database: Database, tenant: string): TenantDatabase {
  return { ...tenantSql(database, tenant), transaction: (work) => database.transaction((sql) => work(tenantSql(sql, tenant))) };
}
