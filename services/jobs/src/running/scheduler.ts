import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { jobs } from './catalogue.js';
import { type Job, type JobsHome } from './job.js';
import { type JobResult, runJob } from './run-job.js';

/** Well under a lease, so that a dead holder's slot is taken over within half a minute. */
const LOOK_EVERY_MS = 3_000;

export const JOBS_HOME = Symbol('what jobs stand on');

/** Runs each job at its hour for every tenant, one after the other; the lease keeps other processes out of the same slot. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(JOBS_HOME) private readonly home: JobsHome,
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    for (const job of jobs) {
      const cron = CronJob.from({ cronTime: job.cron, timeZone: 'UTC', waitForCompletion: true, onTick: () => this.runForAll(job) });
      this.registry.addCronJob(job.name, cron);
      cron.start();
    }
  }

  onApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** Every tenant gets its turn, whatever became of the one before. */
  async runForAll(job: Job): Promise<void> {
    const asOf = this.home.now().toISOString();
    for (const { id } of await this.home.registry.tenants.list()) {
      const result = await this.runOrFollow(job, id, asOf);
      this.home.logger.info({ job: job.name, tenant: id, asOf, outcome: result.outcome }, 'a scheduled job ended');
    }
  }

  /** Waits beside another process that runs the slot, and takes it over should that one die. */
  private async runOrFollow(job: Job, tenant: string, asOf: string): Promise<JobResult> {
    for (;;) {
      const result = await runJob(job, { tenant, asOf }, this.home);
      if (result.outcome !== 'skipped' || !result.busy || this.stopping.signal.aborted) return result;
      await sleep(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined); // told to stop
    }
  }
}
