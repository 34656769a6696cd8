import { hash } from 'node:crypto';
import { type Claimed, type EventLog } from '@pharos/event-log';
import { kinds, type NewFact } from '@pharos/facts';
import { ROSTER_HASH } from '../door/claim-of.js';
import { keyedIds } from '../keyed-id.js';

type WithoutPlace<F> = F extends NewFact ? Omit<F, 'id' | 'tenant'> : never;

/** A fact of a roster before it has its id. */
export interface RosterEntry<F extends NewFact = NewFact> {
  /**
   * What the fact is about, in the source's own words: a kind and the ids of the row. It goes into a keyed hash only,
   * so it may hold numbers of people.
   */
  readonly naturalKey: readonly (string | number)[];
  readonly fact: WithoutPlace<F>;
  /** Id of the fact that stood under this natural key before, where one did. */
  readonly previous?: string;
}

export interface RecordedRoster {
  readonly appended: number;
  /** Said before, word for word. */
  readonly known: number;
  /** Same order as the entries. */
  readonly ids: readonly string[];
}

/** A roster fact that does not have the shape of its kind: a fault of the code that built it, never of a sender. */
export class MisshapenFact extends Error {
  override readonly name = 'MisshapenFact';
}

/**
 * Appends roster facts, each once.
 *
 * A fact's id comes from its natural key, its content and the fact that stood there before. So an exact repeat finds its
 * claim and adds nothing; other content is a new fact; and content that comes back after another (enrolled, withdrawn,
 * enrolled again) is a new fact too.
 *
 * @param hashKey the tenant's own, from the vault
 * @throws LogUnavailable when the log cannot take them now; nothing was written then
 */
export async function recordRoster(
  { log, now }: { readonly log: EventLog; readonly now: () => Date },
  tenant: string,
  hashKey: Uint8Array,
  entries: readonly RosterEntry[],
): Promise<RecordedRoster> {
  if (entries.length === 0) return { appended: 0, known: 0, ids: [] };
  const idOf = keyedIds(hashKey);
  const at = now().toISOString();
  const batch: Claimed[] = [];
  const places = new Map<string, number>();
  const ids = entries.map(({ naturalKey, fact, previous }) => {
    const content = hash('sha256', JSON.stringify([fact.type, fact.data]), 'hex');
    const id = idOf('roster', ...naturalKey, content, previous ?? '');
    // A row that stands twice in one file is one fact.
    if (places.has(id)) return id;
    places.set(id, batch.length);
    const whole = { ...fact, id, tenant };
    requireShape(whole, at);
    batch.push({ fact: whole, claim: { tenant, id, hash: ROSTER_HASH } });
    return id;
  });
  const append = await log.appendClaimed(batch);
  if (append.outcome === 'conflict') throw new MisshapenFact('an id of a roster fact is claimed by something else');
  const appended = append.results.filter(({ status }) => status === 'appended').length;
  return { appended, known: entries.length - appended, ids };
}

function requireShape(fact: NewFact, at: string): void {
  const kind = kinds.get(fact.type);
  const checked = kind?.schema.safeParse({ knownAt: at, ...fact, recordedAt: at });
  if (checked?.success) return;
  const issue = checked?.error.issues[0];
  throw new MisshapenFact(`${fact.type} at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown kind'}`);
}
