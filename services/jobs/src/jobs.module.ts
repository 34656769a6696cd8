import { type DynamicModule, Module } from '@nestjs/common';
import { type JobsHome } from './running/job.js';
import { JOBS_HOME, Scheduler } from './running/scheduler.js';

/** The scheduled jobs as a service of its own. */
@Module({})
export class JobsModule {
  static register(home: JobsHome): DynamicModule {
    return {
      module: JobsModule,
      providers: [{ provide: JOBS_HOME, useValue: home }, Scheduler],
      exports: [Scheduler],
    };
  }
}
