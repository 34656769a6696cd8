import { type Positions } from '@pharos/facts';
import { newId } from './secrets.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

export type JobOutcome = 'ok' | 'failed' | 'skipped';

export interface JobRun {
  readonly id: string;
  readonly tenant: string;
  readonly job: string;
  /** What the run is for: `2014-11-03`. A slot runs once. */
  readonly slot: string;
  readonly asOf: string;
  /** What the run had read; null until it knows. */
  readonly positions: Positions | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: JobOutcome | null;
  /** Why it failed or was skipped. */
  readonly reason: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** How often it was begun: above 1 after a failure or a crash. */
  readonly attempt: number;
  /** When an attempt made the decisions of the slot, if its job makes any: they are made once, and `counts` tells of them. */
  readonly decidedAt: Date | null;
}

/** One attempt at a slot. It fences: what a former attempt asks for is refused once another has begun. */
export type RunAttempt = Pick<JobRun, 'id' | 'attempt'>;

/** Another process began the slot again: this one was taken for dead, and must change nothing any more. */
export class RunLost extends Error {
  override readonly name = 'RunLost';
  constructor(run: RunAttempt) {
    super(`attempt ${run.attempt} of the job run ${run.id} was followed by another`);
  }
}

export type JobStart =
  | { readonly ok: true; readonly run: JobRun }
  /** `done`: the slot ran well before. `running`: begun and not finished, and its lease-holder may still be at it. */
  | { readonly ok: false; readonly code: 'done' | 'running'; readonly run: JobRun };

export interface JobRuns {
  /**
   * Begins a slot, or begins it again after a failure. Call it under the job's lease: then `takeOver` tells that a run
   * found unfinished belongs to a holder that is gone.
   */
  start(run: { readonly job: string; readonly slot: string; readonly asOf: string; readonly takeOver?: boolean }): Promise<JobStart>;
  /** Keeps what the run reads, once it is known. @throws RunLost when another attempt has begun */
  setPositions(run: RunAttempt, positions: Positions): Promise<void>;
  /** @throws RunLost when another attempt has begun */
  finish(
    run: RunAttempt,
    end: { readonly outcome: JobOutcome; readonly reason?: string; readonly counts?: Readonly<Record<string, number>> },
  ): Promise<JobRun>;
  get(id: string): Promise<JobRun | undefined>;
  ofSlot(job: string, slot: string): Promise<JobRun | undefined>;
  /** Newest first. */
  list(filter?: { readonly job?: string; readonly limit?: number; readonly before?: Date }): Promise<readonly JobRun[]>;
  /** The latest slot of a job that ended well. */
  lastDone(job: string): Promise<JobRun | undefined>;
}

interface JobRunRow {
  readonly id: string;
  readonly tenant: string;
  readonly job: string;
  readonly slot: string;
  readonly as_of: string;
  readonly positions: Positions | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: JobOutcome | null;
  readonly reason: string | null;
  readonly counts: Record<string, number>;
  readonly attempt: number;
  readonly decided_at: Date | null;
}

const toJobRun = (row: JobRunRow): JobRun => ({
  id: row.id,
  tenant: row.tenant,
  job: row.job,
  slot: row.slot,
  asOf: row.as_of,
  positions: row.positions,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  outcome: row.outcome,
  reason: row.reason,
  counts: row.counts,
  attempt: row.attempt,
  decidedAt: row.decided_at,
});

export function createJobRuns(sql: TenantDatabase, now: () => Date): JobRuns {
  const first = async (text: string, values: readonly unknown[]): Promise<JobRun | undefined> => {
    const [row] = await sql.query<JobRunRow>(text, values);
    return row && toJobRun(row);
  };
  return {
    start: (run) => sql.transaction((tx) => startRun(tx, run, now())),
    async setPositions(run, positions) {
      const kept = await first('UPDATE job_runs SET positions = $4 WHERE tenant = $1 AND id = $2 AND attempt = $3 RETURNING *', [
        run.id,
        run.attempt,
        JSON.stringify(positions),
      ]);
      if (!kept) throw new RunLost(run);
    },
    async finish(run, { outcome, reason, counts }) {
      const ended = await first(
        `UPDATE job_runs SET finished_at = $4, outcome = $5, reason = $6, counts = coalesce($7, counts)
         WHERE tenant = $1 AND id = $2 AND attempt = $3 RETURNING *`,
        [run.id, run.attempt, now(), outcome, reason ?? null, counts ? JSON.stringify(counts) : null],
      );
      if (!ended) throw new RunLost(run);
      return ended;
    },
    ofSlot: (job, slot) => first('SELECT * FROM job_runs WHERE tenant = $1 AND job = $2 AND slot = $3', [job, slot]),
    get: (id) => first('SELECT * FROM job_runs WHERE tenant = $1 AND id = $2', [id]),
    lastDone: (job) =>
      first(`SELECT * FROM job_runs WHERE tenant = $1 AND job = $2 AND outcome = 'ok' ORDER BY as_of DESC, started_at DESC LIMIT 1`, [job]),
    async list({ job, limit = 50, before } = {}) {
      const rows = await sql.query<JobRunRow>(
        `SELECT * FROM job_runs WHERE tenant = $1 AND ($2::text IS NULL OR job = $2) AND ($3::timestamptz IS NULL OR started_at < $3)
         ORDER BY started_at DESC, id LIMIT $4`,
        [job ?? null, before ?? null, limit],
      );
      return rows.map(toJobRun);
    },
  };
}

/**
 * Notes, in the transaction of a run's decisions, that they are made: a later attempt at the slot finds them made.
 *
 * @throws RunLost when another attempt has begun, or an earlier one decided
 */
export async function noteDecided(sql: TenantSql, run: RunAttempt, counts: JobRun['counts'], now: Date): Promise<void> {
  const noted = await sql.query(
    `UPDATE job_runs SET decided_at = $4, counts = $5 WHERE tenant = $1 AND id = $2 AND attempt = $3 AND decided_at IS NULL RETURNING 1`,
    [run.id, run.attempt, now, JSON.stringify(counts)],
  );
  if (noted.length === 0) throw new RunLost(run);
}

async function startRun(sql: TenantSql, { job, slot, asOf, takeOver }: Parameters<JobRuns['start']>[0], now: Date): Promise<JobStart> {
  const [fresh] = await sql.query<JobRunRow>(
    `INSERT INTO job_runs (tenant, id, job, slot, as_of, started_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant, job, slot) DO NOTHING RETURNING *`,
    [newId(), job, slot, asOf, now],
  );
  if (fresh) return { ok: true, run: toJobRun(fresh) };
  const [known] = await sql.query<JobRunRow>('SELECT * FROM job_runs WHERE tenant = $1 AND job = $2 AND slot = $3 FOR UPDATE', [job, slot]);
  const run = toJobRun(known!);
  if (run.outcome === 'ok') return { ok: false, code: 'done', run };
  if (run.outcome === null && !takeOver) return { ok: false, code: 'running', run };
  // The slot keeps its asOf and positions: a second attempt must work out what the first would have.
  const [again] = await sql.query<JobRunRow>(
    `UPDATE job_runs SET attempt = attempt + 1, started_at = $3, finished_at = NULL, outcome = NULL, reason = NULL
     WHERE tenant = $1 AND id = $2 RETURNING *`,
    [run.id, now],
  );
  return { ok: true, run: toJobRun(again!) };
}
