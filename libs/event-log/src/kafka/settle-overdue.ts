import { type Claim, type Position, type Recorded } from '../event-log.js';
import { PRODUCE_DEADLINE_MS } from './appender.js';
import { claimName } from './decide-claims.js';
import { type ClaimBatch, type LogLedger, type SettledClaim } from './ledger.js';
import { type KafkaReader } from './reader.js';

/** An appender gives up long before: whoever began these claims is gone. */
export const OVERDUE_MS = 2 * PRODUCE_DEADLINE_MS;

/**
 * Settles claims whose appender died between claiming and answering, by reading the log from where it stood then: those whose
 * fact is there get its position, the others are released. Several processes may do it at once.
 *
 * @param headOf the present head of a partition; what lies beyond it comes from appenders who live
 * @returns how many claims were found recorded, and how many batches were closed
 */
export async function settleOverdue(
  ledger: LogLedger,
  reader: KafkaReader,
  headOf: (place: Position) => Promise<number>,
  olderThanMs: number = OVERDUE_MS,
): Promise<{ readonly found: number; readonly closed: number }> {
  const batches = await ledger.overdue(olderThanMs);
  let found = 0;
  for (const batch of batches) {
    const settled = await factsOf(batch, reader, headOf);
    if (settled.length > 0) await ledger.settle(settled);
    await ledger.release(batch.id);
    found += settled.length;
  }
  return { found, closed: batches.length };
}

async function factsOf(
  batch: ClaimBatch,
  reader: KafkaReader,
  headOf: (place: Position) => Promise<number>,
): Promise<readonly SettledClaim[]> {
  const wanted = new Map<string, Claim>(batch.claims.map((claim) => [claimName(claim), claim]));
  const settled: SettledClaim[] = [];
  for (const place of batch.from) {
    const head = await headOf(place);
    for (let next = place.offset; next < head && wanted.size > 0;) {
      const page = await reader.read(place.topic, place.partition, next);
      if (page.length === 0) break;
      for (const { position, recordedAt, stored } of page) {
        const { tenant, id } = stored as { readonly tenant?: string; readonly id?: string };
        if (tenant === undefined || id === undefined) continue;
        const claim = wanted.get(claimName({ tenant, id }));
        const recorded: Recorded = { position, recordedAt };
        if (claim) settled.push({ ...claim, recorded });
        wanted.delete(claimName({ tenant, id }));
      }
      next = page.at(-1)!.position.offset + 1;
    }
  }
  return settled;
}
