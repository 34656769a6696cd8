import { type EventLog } from '@pharos/event-log';
import { type Door, exportStart, Forwarder, positionText } from '@pharos/ingest';
import { type ForwardFrom, sendWebhook } from '@pharos/insights';
import { type Logger } from '@pharos/runtime';
import { randomUUID } from 'node:crypto';
import { type Homes } from './homes/open-homes.js';

/** How often targets are looked at: statements come there within seconds, in batches. */
const everyMs = 2_000;

/** Brings statements to the record stores and webhooks that tenants named. */
export const startForwarding = ({ registry }: Pick<Homes, 'registry'>, door: Door, logger: Logger): { stop(): Promise<void> } =>
  new Forwarder({ door, registry, holder: randomUUID(), sendWebhook }).start(everyMs, (error) =>
    logger.error({ error: (error as Error).message }, 'statements could not be forwarded; they wait'),
  );

/** Where a new target begins in this log. */
export const forwardFrom =
  (log: Pick<EventLog, 'epoch' | 'partitions' | 'heads'>): ForwardFrom =>
  async (fromNow) => {
    const start = exportStart(log);
    return positionText(fromNow ? { ...start, next: await log.heads('statements') } : start);
  };
