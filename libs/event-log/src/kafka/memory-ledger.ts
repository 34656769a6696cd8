import { type Position } from '../event-log.js';
import { claimName } from './decide-claims.js';
import { type ClaimBatch, type LogLedger, type StandingClaim } from './ledger.js';

/** A ledger that forgets when the process ends: for tests of what stands on it. The real one is the registry's, over PostgreSQL. */
export function createMemoryLedger(): LogLedger {
  const claims = new Map<string, { hash: string; recorded: StandingClaim['recorded'] }>();
  const batches = new Map<string, ClaimBatch & { readonly since: number }>();
  const positions = new Map<string, number>();
  const later = (held: Position, offered: Position) => held.partition !== offered.partition || held.offset <= offered.offset;
  return {
    standing: (asked) => Promise.resolve(asked.map((each) => claims.get(claimName(each)))),
    begin: (batch) => {
      if (batch.claims.some((claim) => claims.has(claimName(claim)))) return Promise.resolve(false);
      for (const claim of batch.claims) claims.set(claimName(claim), { hash: claim.hash, recorded: undefined });
      batches.set(batch.id, { ...batch, since: performance.now() });
      return Promise.resolve(true);
    },
    settle: (settled, batch) => {
      const standing = settled.map(({ recorded, hash, ...claim }) => {
        const held = claims.get(claimName(claim));
        if (held?.hash !== hash) return undefined;
        if (!held.recorded || !later(held.recorded.position, recorded.position)) held.recorded = recorded;
        return { ...held };
      });
      if (batch !== undefined) batches.delete(batch);
      return Promise.resolve(standing);
    },
    overdue: (olderThanMs) => Promise.resolve([...batches.values()].filter(({ since }) => performance.now() - since >= olderThanMs)),
    release: (id) => {
      for (const claim of batches.get(id)?.claims ?? []) if (!claims.get(claimName(claim))?.recorded) claims.delete(claimName(claim));
      batches.delete(id);
      return Promise.resolve();
    },
    committed: (consumer, topic, partitions) =>
      Promise.resolve(Array.from({ length: partitions }, (_, partition) => positions.get(`${consumer}/${topic}/${partition}`) ?? 0)),
    commit: (consumer, topic, partition, nextOffset) => {
      positions.set(`${consumer}/${topic}/${partition}`, nextOffset);
      return Promise.resolve();
    },
    forget: (consumer) => {
      for (const key of positions.keys()) if (key.startsWith(`${consumer}/`)) positions.delete(key);
      return Promise.resolve();
    },
  };
}
