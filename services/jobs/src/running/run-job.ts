import { type JobRun } from '@pharos/registry';
import { headsOf, type Job, type JobsHome } from './job.js';
import { waitForFold } from './wait-for-fold.js';

export interface JobRequest {
  readonly tenant: string;
  /** ISO 8601. The slot is its day. */
  readonly asOf: string;
}

export type JobResult =
  | { readonly outcome: 'ok'; readonly run: JobRun }
  /** The slot ran before, or (`busy`) another process is at it, or died at it less than a lease ago. */
  | { readonly outcome: 'skipped'; readonly reason: string; readonly busy: boolean }
  | { readonly outcome: 'failed'; readonly reason: string; readonly run: JobRun };

/** A holder that died is followed so long after its last sign of life. */
const leaseMs = 20_000;
const foldTimeoutMs = 600_000;

/**
 * Runs one slot of a job: leased, after the fold has passed the log's heads of now, recorded with as-of, positions,
 * duration and outcome. A slot that ended well is not run again.
 */
export async function runJob(job: Job, { tenant, asOf }: JobRequest, home: JobsHome): Promise<JobResult> {
  const registry = home.registry.tenant(tenant);
  const slot = asOf.slice(0, 10);
  let lease = await home.registry.leases.acquire(`job/${tenant}/${job.name}`, home.holder, leaseMs);
  if (!lease) return { outcome: 'skipped', busy: true, reason: `another process is running ${job.name} for ${tenant}` };
  const renewal = setInterval(() => {
    if (!lease) return;
    // A lost lease is noticed by whoever took it over; facts of both runs have the same ids, so nothing doubles.
    home.registry.leases.renew(lease, leaseMs).then(
      (renewed) => (lease = renewed),
      (error: unknown) => home.logger.warn({ job: job.name, error: (error as Error).message }, 'the lease could not be renewed'),
    );
  }, leaseMs / 3);
  try {
    const started = await registry.jobRuns.start({ job: job.name, slot, asOf, takeOver: true });
    if (!started.ok) return { outcome: 'skipped', busy: false, reason: `${job.name} for ${slot} is ${started.code}` };
    return await attempt(job, started.run, { tenant, asOf }, home);
  } finally {
    clearInterval(renewal);
    if (lease) await home.registry.leases.release(lease);
  }
}

async function attempt(job: Job, run: JobRun, { tenant, asOf }: JobRequest, home: JobsHome): Promise<JobResult> {
  const registry = home.registry.tenant(tenant);
  try {
    // A later attempt keeps the positions of the first, so that it reads what the first one read.
    const positions = run.positions?.epoch === home.log.epoch ? run.positions : await headsOf(home.log);
    await waitForFold(home.log, home.foldedBy, positions, foldTimeoutMs, home.now);
    if (positions !== run.positions) await registry.jobRuns.setPositions(run.id, positions);
    const scope = { home, tenant, warehouse: home.warehouse.tenant(tenant), registry, asOf, positions, seed: seedOf(job.name, asOf) };
    const counts = await job.run(scope);
    return { outcome: 'ok', run: await registry.jobRuns.finish(run.id, { outcome: 'ok', counts }) };
  } catch (error) {
    const reason = (error as Error).message;
    home.logger.error({ job: job.name, tenant, asOf, error: reason }, 'a job failed');
    return { outcome: 'failed', reason, run: await registry.jobRuns.finish(run.id, { outcome: 'failed', reason }) };
  }
}

/** FNV-1a over job and day: small, and the same on every machine. */
function seedOf(job: string, asOf: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${job}/${asOf.slice(0, 10)}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 1;
}
