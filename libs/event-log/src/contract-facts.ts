import { type FactNamed, type NewFact, type Topic } from '@pharos/facts';
import { type Claimed, type EventLog, type Stored } from './event-log.js';

/** A small fact of the topic `statements`. */
export function voided(id: string, key = 'learner-1', target = 'target'): NewFact {
  return {
    id,
    type: 'StatementVoided',
    version: 1,
    tenant: 'district',
    key,
    occurredAt: '2026-09-01T08:00:00.000Z',
    data: { target, voider: id },
  };
}

/** A small fact of the topic `governance`. */
export function policy(id: string): NewFact {
  return {
    id,
    type: 'PolicyChanged',
    version: 1,
    tenant: 'district',
    key: 'district',
    occurredAt: '2026-09-01T08:00:00.000Z',
    data: { policy: 'cell-size', by: 'admin', value: 10 },
  };
}

/** A fact under a claim of its own id. */
export function claimed(id: string, hash = 'aa', key?: string): Claimed {
  return { fact: voided(id, key, hash), claim: { tenant: 'district', id, hash } };
}

/** Everything in one partition, page by page. */
export async function readPartition(log: EventLog, topic: Topic, partition: number): Promise<Stored[]> {
  const all: Stored[] = [];
  for (;;) {
    const page = await log.read(topic, partition, all.length, { maxFacts: 97 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** Everything in one topic, partition after partition. */
export async function readTopic(log: EventLog, topic: Topic): Promise<Stored[]> {
  const partitions = Array.from({ length: log.partitions(topic) }, (_, partition) => readPartition(log, topic, partition));
  return (await Promise.all(partitions)).flat();
}

/** What the contract stores, read back. */
export const factOf = (stored: Stored) => stored.stored as FactNamed<'StatementVoided'>;

/** The ids of what was read, in its order. */
export const idsOf = (all: readonly Stored[]) => all.map((stored) => factOf(stored).id);
