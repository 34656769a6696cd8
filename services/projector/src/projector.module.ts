import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type EventLog } from '@pharos/event-log';
import { type Folds } from '@pharos/registry';
import { type Warehouse } from '@pharos/warehouse';
import { createProjector, type Projector } from './projector.js';
import { type Progress } from './progress.js';
import { pause } from './write-batch.js';

/** The projector of the process, for whoever asks how far it is. */
export const PROJECTOR_RUNTIME = Symbol('PROJECTOR_RUNTIME');
const OPTIONS = Symbol('PROJECTOR_OPTIONS');

export interface ProjectorModuleOptions {
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  readonly registry?: Folds;
  readonly onProgress?: (progress: Progress) => void;
  /** Told when folding failed for a reason that is a bug; it starts again from the committed positions after a second. */
  readonly onFailure: (error: unknown) => void;
}

const RESTART_MS = 1_000;

/** Keeps the fold running from the application's start to its shutdown. */
export class ProjectorLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(PROJECTOR_RUNTIME) private readonly projector: Projector,
    @Inject(OPTIONS) private readonly options: ProjectorModuleOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.keepRunning();
  }

  /** Waits until what is in hand is folded and committed. */
  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        await this.projector.run(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.onFailure(error);
        await pause(RESTART_MS, signal);
      }
    }
  }
}

@Module({})
export class ProjectorModule {
  /** @example ProjectorModule.register({ log, warehouse, registry: registry.folds, onFailure: (error) => logger.error(error) }) */
  static register(options: ProjectorModuleOptions): DynamicModule {
    return {
      module: ProjectorModule,
      providers: [
        { provide: OPTIONS, useValue: options },
        { provide: PROJECTOR_RUNTIME, useFactory: () => createProjector(options) },
        ProjectorLoop,
      ],
      exports: [PROJECTOR_RUNTIME],
    };
  }
}
