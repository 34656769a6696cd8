import { type Preparing } from '@pharos/contract';

/** How this service is set up. Parsed by the composition; nothing here reads the environment. */
export interface InsightsSettings {
  /** Shown in the OpenAPI document. */
  readonly version: string;
  /** Where people reach the page: what links in messages begin with. `https://pharos.example` */
  readonly publicUrl: string;
  /** Cookies travel over HTTPS only. False for a page on plain http://localhost. */
  readonly secureCookies: boolean;
  readonly sessionTtlMs: number;
  /** The log's consumer whose committed positions say how far the tables are folded. */
  readonly foldConsumer: string;
  /** What is still being prepared, for whoever looks at answers that grow; null when nothing is. */
  readonly preparing?: () => Preparing | null;
}
