import { createHash } from 'node:crypto';
import { type TenantDatabase } from './tenant-sql.js';

/** One thing that a platform gets wrong. `refused`: the request was not taken; `advice`: taken, and could be better. */
export interface FindingCause {
  readonly credential: string;
  readonly kind: 'refused' | 'advice';
  /** HTTP's word for a refusal; null for advice. */
  readonly status: number | null;
  /** Within the statement, without indexes: `result.score.scaled`. Empty where the whole request is to blame. */
  readonly path: string;
  readonly message: string;
}

export interface FindingSeen extends FindingCause {
  readonly count: number;
  readonly at: Date;
  /** The latest body that was so, sealed; null leaves the one before. */
  readonly example: string | null;
}

export interface PlatformFinding extends FindingCause {
  /** Made of what it is, so that every process counts the same cause in the same row. */
  readonly finding: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly hasExample: boolean;
}

/** What the door noticed of each platform, by cause. */
export interface PlatformFindings {
  /** Adds to what is counted. A platform with more causes than are kept has the rest counted under none of them. */
  add(seen: readonly FindingSeen[]): Promise<void>;
  /** The latest first. */
  list(): Promise<readonly PlatformFinding[]>;
  /** The sealed example of a finding; undefined where there is no such finding, or none was kept. */
  example(credential: string, finding: string): Promise<string | undefined>;
  /** Counts anew from here. @returns how many causes were forgotten */
  clear(credential: string): Promise<number>;
}

/** Causes of one platform: paths hold names of properties that a sender makes up, so there has to be an end. */
export const MOST_FINDINGS = 200;

interface FindingRow {
  readonly credential: string;
  readonly finding: string;
  readonly kind: FindingCause['kind'];
  readonly status: number | null;
  readonly path: string;
  readonly message: string;
  readonly count: number | string;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly has_example: boolean;
}

/** @example findingId({ credential: 'c', kind: 'refused', status: 400, path: 'verb', message: 'is required' }) // => 16 hex digits */
export const findingId = ({ kind, status, path, message }: FindingCause): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, status, path, message]))
    .digest('hex')
    .slice(0, 16);

const ADD = `
  INSERT INTO platform_findings (tenant, credential, finding, kind, status, path, message, count, first_at, last_at, example)
  SELECT $1, $2, $3, $4, $5::int, $6, $7, $8::bigint, $9::timestamptz, $9::timestamptz, $10
  WHERE EXISTS (SELECT FROM platform_findings WHERE tenant = $1 AND credential = $2 AND finding = $3)
    OR (SELECT count(*) FROM platform_findings WHERE tenant = $1 AND credential = $2) < ${MOST_FINDINGS}
  ON CONFLICT (tenant, credential, finding) DO UPDATE SET
    count = platform_findings.count + excluded.count,
    last_at = greatest(platform_findings.last_at, excluded.last_at),
    example = coalesce(excluded.example, platform_findings.example)`;

export function createPlatformFindings(database: TenantDatabase): PlatformFindings {
  return {
    add: (seen) =>
      database.transaction(async (sql) => {
        for (const one of seen) await sql.query(ADD, [one.credential, findingId(one), one.kind, one.status, one.path, one.message, one.count, one.at, one.example]); // prettier-ignore
      }),
    async list() {
      const rows = await database.query<FindingRow>(
        `SELECT credential, finding, kind, status, path, message, count, first_at, last_at, example IS NOT NULL AS has_example
         FROM platform_findings WHERE tenant = $1 ORDER BY last_at DESC, credential, finding`,
      );
      return rows.map(({ first_at: firstAt, last_at: lastAt, has_example: hasExample, count, ...row }) => ({
        ...row,
        count: Number(count),
        firstAt,
        lastAt,
        hasExample,
      }));
    },
    async example(credential, finding) {
      const [row] = await database.query<{ readonly example: string | null }>(
        'SELECT example FROM platform_findings WHERE tenant = $1 AND credential = $2 AND finding = $3',
        [credential, finding],
      );
      return row?.example ?? undefined;
    },
    async clear(credential) {
      const rows = await database.query('DELETE FROM platform_findings WHERE tenant = $1 AND credential = $2 RETURNING finding', [
        credential,
      ]);
      return rows.length;
    },
  };
}
