import { type EventLog } from '@pharos/event-log';
import { type RecordFilter, type RecordPlace, type TenantWarehouse } from '@pharos/warehouse';
import { keyTag } from '@pharos/xapi';
import { type Fresh, type Snapshot } from './snapshot.js';

/** One filter: any of these keys of a statement. */
export type Keys = readonly string[];

export interface Find {
  /** All of them have to be met; the one that names fewest statements stands first. At least one. */
  readonly filters: readonly [Keys, ...Keys[]];
  /** Where only a credential's own statements may be seen, its key. Unlike a filter it is not met through a reference. */
  readonly own: string | undefined;
  readonly since?: string;
  readonly until?: string;
  readonly ascending: boolean;
  readonly after?: RecordPlace;
  readonly limit: number;
}

/** A query that is being answered. */
export interface Finding {
  readonly log: EventLog;
  readonly warehouse: TenantWarehouse;
  readonly snapshot: Snapshot;
  readonly fresh: Fresh;
  readonly find: Find;
}

/** A filter as the tables are asked. */
export const tagged = (keys: Keys): RecordFilter => ({ keys, tags: keys.map(keyTag) });

/** Whether one of the keys of each filter is among a statement's. */
export const meets = (keys: ReadonlySet<string>, filters: readonly Keys[]) =>
  filters.every((filter) => filter.some((key) => keys.has(key)));
