import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { jobs } from './catalogue.js';
import { type Job, type JobsHome } from './job.js';
import { runJob } from './run-job.js';

export const JOBS_HOME = Symbol('what jobs stand on');

/** Runs each job at its hour for every tenant, one after the other; the lease keeps other processes out of the same slot. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap {
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

  /** Every tenant gets its turn, whatever became of the one before. */
  async runForAll(job: Job): Promise<void> {
    const asOf = this.home.now().toISOString();
    for (const { id } of await this.home.registry.tenants.list()) {
      const result = await runJob(job, { tenant: id, asOf }, this.home);
      this.home.logger.info({ job: job.name, tenant: id, asOf, outcome: result.outcome }, 'a scheduled job ended');
    }
  }
}
