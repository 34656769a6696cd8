import { type Documents } from '@pharos/registry';
import { type TenantWarehouse } from '@pharos/warehouse';
import { type AttachmentHomes } from '../attachments/attachment-store.js';
import { type ReferenceMemory } from './reference-memory.js';

/** What the record store reads beside the log: without it the door takes statements and answers them by id. */
export interface RecordStore {
  /** `(tenant) => warehouse.tenant(tenant)` */
  readonly warehouse: (tenant: string) => TenantWarehouse;
  /** `(tenant) => registry.tenant(tenant).documents` */
  readonly documents: (tenant: string) => Documents;
  readonly attachments: AttachmentHomes;
  /** The consumer whose committed positions say how far the tables are folded. */
  readonly foldConsumer: string;
  /** How long a query waits for the fold before it answers what is folded; default 5,000 ms. */
  readonly waitMs?: number;
  /** What is kept in memory of references; what is usual, where left out. */
  readonly references?: ReferenceMemory;
}

/** The record store while it is served. */
export interface ServedStore extends RecordStore {
  readonly references: ReferenceMemory;
}
