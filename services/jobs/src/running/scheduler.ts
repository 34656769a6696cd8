import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type JobRun, type Tenant } from '@pharos/registry';
import { jobs } from './catalogue.js';
import { type Job, type JobsHome } from './job.js';
import { lastDue } from './last-due.js';
import { runJob } from './run-job.js';

/** Well under a lease, so that a dead holder's slot is taken over within half a minute. */
const LOOK_EVERY_MS = 3_000;
/** What failed is tried again: an engine may have been away. */
const RETRY_AFTER_MS = 300_000;
const ATTEMPTS = 5;

export const JOBS_HOME = Symbol('what jobs stand on');

/**
 * Runs what is due and has not run: each job's latest slot, for every tenant, one after the other.
 *
 * It looks at what stands in the registry and not at the clock's stroke, so a slot whose hour passed while no process lived, or whose
 * process died in the middle, is run by whoever looks next; leases keep two from the same slot.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  /** Latest slot of each tenant and job that needs no more looking at. */
  private readonly settled = new Map<string, string>();

  constructor(@Inject(JOBS_HOME) private readonly home: JobsHome) {}

  onApplicationBootstrap(): void {
    void this.keepLooking();
  }

  /** A job in hand may take minutes and is not waited for: whoever looks next goes on with its slot. */
  onApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** Every tenant gets its turn, whatever became of the one before. @param all in the order in which they depend on each other */
  async lookOnce(all: readonly Job[] = jobs): Promise<void> {
    for (const tenant of await this.home.registry.tenants.list()) {
      for (const job of all) {
        if (this.stopping.signal.aborted) return;
        await this.turn(job, tenant, all).catch((error: unknown) => {
          this.home.logger.error({ job: job.name, tenant: tenant.id, error: (error as Error).message }, 'a scheduled job could not be run');
        });
      }
    }
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.lookOnce().catch((error: unknown) => {
        this.home.logger.error({ error: (error as Error).message }, 'what is due could not be looked at');
      });
      await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined); // told to stop
    }
  }

  private async turn(job: Job, { id: tenant, createdAt }: Tenant, all: readonly Job[]): Promise<void> {
    const due = lastDue(job.cron, this.home.now());
    // Before it existed a tenant had nothing to run on.
    if (!due || due <= createdAt) return;
    const slot = due.toISOString().slice(0, 10);
    const key = `${job.name}/${tenant}`;
    if (this.settled.get(key) === slot) return;
    const { jobRuns } = this.home.registry.tenant(tenant);
    const run = await jobRuns.ofSlot(job.name, slot);
    if (isSettled(run)) return void this.settled.set(key, slot);
    if (run?.outcome === 'failed' && this.home.now().getTime() - run.finishedAt!.getTime() < RETRY_AFTER_MS) return;
    const before = all.find(({ name }) => name === job.after);
    if (before && (await jobRuns.ofSlot(before.name, slot))?.outcome !== 'ok') return;
    // The moment is the slot's, not this process's: clocks differ, and jobs of one day speak of the same moment.
    const asOf = `${slot}T00:00:00.000Z`;
    const result = await runJob(job, { tenant, asOf }, this.home);
    if (result.outcome === 'skipped') return;
    this.home.logger.info({ job: job.name, tenant, asOf, outcome: result.outcome }, 'a scheduled job ended');
  }
}

function isSettled(run: JobRun | undefined): boolean {
  const ended = run?.outcome ?? null;
  return ended !== null && (ended !== 'failed' || run!.attempt >= ATTEMPTS);
}
