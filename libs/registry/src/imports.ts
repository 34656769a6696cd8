import { newId } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

export interface ImportRun {
  readonly id: string;
  readonly tenant: string;
  /** `oulad`, `xapi`, `oneroster`... */
  readonly kind: string;
  readonly file: string;
  /** SHA-256 of the file, so that a second import of it is recognised. */
  readonly hash: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: 'ok' | 'failed' | null;
  readonly progress: Readonly<Record<string, number>>;
  readonly summary: Readonly<Record<string, unknown>> | null;
}

export interface Imports {
  start(run: { readonly kind: string; readonly file: string; readonly hash: string }): Promise<ImportRun>;
  progress(id: string, progress: Readonly<Record<string, number>>): Promise<void>;
  finish(id: string, end: { readonly outcome: 'ok' | 'failed'; readonly summary: Readonly<Record<string, unknown>> }): Promise<ImportRun>;
  /** The last import of this file that ended well. */
  findDone(kind: string, hash: string): Promise<ImportRun | undefined>;
  /** Newest first. */
  list(limit?: number): Promise<readonly ImportRun[]>;
}

interface ImportRow {
  readonly id: string;
  readonly tenant: string;
  readonly kind: string;
  readonly file: string;
  readonly hash: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: 'ok' | 'failed' | null;
  readonly progress: Record<string, number>;
  readonly summary: Record<string, unknown> | null;
}

const toImportRun = ({ started_at, finished_at, ...rest }: ImportRow): ImportRun => ({
  ...rest,
  startedAt: started_at,
  finishedAt: finished_at,
});

export function createImports(sql: TenantSql, now: () => Date): Imports {
  return {
    async start({ kind, file, hash }) {
      const rows = await sql.query<ImportRow>(
        'INSERT INTO imports (tenant, id, kind, file, hash, started_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *',
        [newId(), kind, file, hash, now()],
      );
      return toImportRun(rows[0]!);
    },
    async progress(id, progress) {
      await sql.query('UPDATE imports SET progress = $3 WHERE tenant = $1 AND id = $2', [id, JSON.stringify(progress)]);
    },
    async finish(id, { outcome, summary }) {
      const [row] = await sql.query<ImportRow>(
        'UPDATE imports SET finished_at = $3, outcome = $4, summary = $5 WHERE tenant = $1 AND id = $2 RETURNING *',
        [id, now(), outcome, JSON.stringify(summary)],
      );
      if (!row) throw new RangeError(`there is no import ${id}`);
      return toImportRun(row);
    },
    async findDone(kind, hash) {
      const [row] = await sql.query<ImportRow>(
        `SELECT * FROM imports WHERE tenant = $1 AND kind = $2 AND hash = $3 AND outcome = 'ok' ORDER BY finished_at DESC LIMIT 1`,
        [kind, hash],
      );
      return row && toImportRun(row);
    },
    async list(limit = 50) {
      return (await sql.query<ImportRow>('SELECT * FROM imports WHERE tenant = $1 ORDER BY started_at DESC, id LIMIT $2', [limit])).map(
        toImportRun,
      );
    },
  };
}
