import { type EventLog } from '@pharos/event-log';
import { type Positions, type Topic, topicNames } from '@pharos/facts';
import { type Logger } from '@pharos/runtime';
import { type JobRun, type Registry, type TenantRegistry } from '@pharos/registry';
import { type TenantWarehouse, type Warehouse } from '@pharos/warehouse';

/** What jobs stand on. None of it can say who a learner is. */
export interface JobsHome {
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  readonly registry: Registry;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Names this process in leases. */
  readonly holder: string;
  /** The consumer whose committed positions say how far the warehouse is folded. */
  readonly foldedBy: string;
}

/** One run of one job for one tenant. */
export interface JobScope {
  readonly home: JobsHome;
  readonly tenant: string;
  readonly warehouse: TenantWarehouse;
  readonly registry: TenantRegistry;
  readonly asOf: string;
  /** This attempt at the slot. Where `decidedAt` is set, an earlier attempt made the decisions of the slot. */
  readonly run: JobRun;
  /** What the run reads: everything below these positions was folded before it began. */
  readonly positions: Positions;
  /** Seed of everything random in the run: the same for the same slot. */
  readonly seed: number;
}

export type JobCounts = Readonly<Record<string, number>>;

/** A job is repeatable: its facts have ids from (job, slot, key), so a second run adds nothing. */
export interface Job {
  readonly name: string;
  /** In one line, for people. */
  readonly about: string;
  /** When it runs by itself: cron, in UTC. One slot a day. */
  readonly cron: string;
  /** The job whose slot of the same day has to have ended well before. */
  readonly after?: string;
  readonly run: (scope: JobScope) => Promise<JobCounts>;
}

/** Next offsets of every topic now: what a job may rest on. */
export async function headsOf(log: EventLog): Promise<Positions> {
  const offsets = await Promise.all(topicNames.map(async (topic): Promise<[Topic, number[]]> => [topic, [...(await log.heads(topic))]]));
  return { epoch: log.epoch, offsets: Object.fromEntries(offsets) };
}
