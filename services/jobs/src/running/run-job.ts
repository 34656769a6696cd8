import { type JobRun, RunLost } from '@pharos/registry';
import { headsOf, type Job, type JobsHome } from './job.js';
import { waitForFold } from './wait-for-fold.js';

export interface JobRequest {
  readonly tenant: string;
  /** ISO 8601. The slot is its day. */
  readonly asOf: string;
}

export type JobResult =
  | { readonly outcome: 'ok'; readonly run: JobRun }
  /** The slot ran before, or (`busy`) another process is at it, took it over, or died at it less than a lease ago. */
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
    // Whoever took over a lost lease began another attempt, which fences this one.
    home.registry.leases.renew(lease, leaseMs).then(
      (renewed) => (lease = renewed),
      (error: unknown) => home.logger.warn({ job: job.name, error: (error as Error).message }, 'the lease could not be renewed'),
    );
  }, leaseMs / 3);
  try {
    const started = await registry.jobRuns.start({ job: job.name, slot, asOf, takeOver: true });
    if (!started.ok) return { outcome: 'skipped', busy: false, reason: `${job.name} for ${slot} is ${started.code}` };
    return await attempt(job, started.run, tenant, home);
  } finally {
    clearInterval(renewal);
    if (lease) await home.registry.leases.release(lease);
  }
}

/** An attempt works as of the moment of the slot's first attempt and reads what that one read: ids of facts come from both. */
async function attempt(job: Job, run: JobRun, tenant: string, home: JobsHome): Promise<JobResult> {
  const registry = home.registry.tenant(tenant);
  const { asOf } = run;
  try {
    const positions = run.positions?.epoch === home.log.epoch ? run.positions : await headsOf(home.log);
    await waitForFold(home.log, home.foldedBy, positions, foldTimeoutMs, home.now);
    if (positions !== run.positions) await registry.jobRuns.setPositions(run, positions);
    const scope = { home, tenant, warehouse: home.warehouse.tenant(tenant), registry, asOf, run, positions, seed: seedOf(job.name, asOf) };
    const counts = await job.run(scope);
    return { outcome: 'ok', run: await registry.jobRuns.finish(run, { outcome: 'ok', counts }) };
  } catch (error) {
    return await failed(job, run, error as Error, home).catch((late: unknown) => lost(late));
  }
}

async function failed(job: Job, run: JobRun, error: Error, home: JobsHome): Promise<JobResult> {
  if (error instanceof RunLost) throw error;
  const { tenant, asOf } = run;
  home.logger.error({ job: job.name, tenant, asOf, error: error.message }, 'a job failed');
  const ended = await home.registry.tenant(tenant).jobRuns.finish(run, { outcome: 'failed', reason: error.message });
  return { outcome: 'failed', reason: error.message, run: ended };
}

function lost(error: unknown): JobResult {
  if (error instanceof RunLost) return { outcome: 'skipped', busy: true, reason: error.message };
  throw error;
}

/** FNV-1a over job and day: small, and the same on every machine. */
function seedOf(job: string, asOf: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${job}/${asOf.slice(0, 10)}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 1;
}
