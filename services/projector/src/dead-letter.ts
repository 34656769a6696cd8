import { type Stored } from '@pharos/event-log';
import { type FactNamed, factId, type NewFact } from '@pharos/facts';

export interface Refusal {
  readonly stored: Stored;
  readonly step: string;
  readonly reason: string;
}

type NewDeadLetter = Extract<NewFact, { type: 'DeadLettered' }>;

const tenantOf = (stored: unknown): string => {
  const tenant = typeof stored === 'object' && stored !== null ? (stored as { tenant?: unknown }).tenant : undefined;
  return typeof tenant === 'string' && tenant !== '' && tenant.length <= 64 ? tenant : 'unknown';
};

/**
 * A refusal as a fact. Its id is made from the place, so that folding that place again says nothing new; the bytes are the
 * fact as it stands in the log, which holds no identity.
 */
export function deadLetter({ stored, step, reason }: Refusal): NewDeadLetter {
  const { topic, partition, offset } = stored.position;
  const place = `${partition}/${offset}`;
  const data: FactNamed<'DeadLettered'>['data'] = {
    source: topic,
    place,
    step,
    reason: reason.slice(0, 2_000),
    bytes: JSON.stringify(stored.stored) ?? '',
    sealed: false,
  };
  return {
    id: factId('dead-letter', topic, partition, offset),
    type: 'DeadLettered',
    version: 1,
    tenant: tenantOf(stored.stored),
    key: `${topic}/${place}`,
    occurredAt: stored.recordedAt,
    data,
  };
}
