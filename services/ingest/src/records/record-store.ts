import { type TenantWarehouse } from '@pharos/warehouse';

/** What the record store reads beside the log: without it the door takes statements and answers them by id. */
export interface RecordStore {
  /** `(tenant) => warehouse.tenant(tenant)` */
  readonly warehouse: (tenant: string) => TenantWarehouse;
  /** The consumer whose committed positions say how far the tables are folded. */
  readonly foldConsumer: string;
  /** How long a query waits for the fold before it answers what is folded; default 5,000 ms. */
  readonly waitMs?: number;
}
