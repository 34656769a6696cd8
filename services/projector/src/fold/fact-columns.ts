import { type Position } from '@pharos/event-log';
import { type Fact } from '@pharos/facts';

/** The columns that every row takes from its fact's envelope and place. */
export function factColumns(fact: Fact, at: Position) {
  return {
    tenant: fact.tenant,
    id: fact.id,
    occurred_at: fact.occurredAt,
    known_at: fact.knownAt,
    recorded_at: fact.recordedAt,
    log_partition: at.partition,
    log_offset: at.offset,
  };
}
