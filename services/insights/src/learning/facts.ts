import { randomUUID } from 'node:crypto';
import { type LearningOutcome, type NewLearningFact } from '@pharos/registry';
import { type Caller } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';

type Type = NewLearningFact['type'];
type DataOf<T extends Type> = Extract<NewLearningFact, { type: T }>['data'];

/** A fact of what somebody decides about learning. @param key what it is ordered by: a learner, a class */
export function learningFact<T extends Type>(caller: Pick<Caller, 'tenant' | 'id'>, type: T, key: string, data: Omit<DataOf<T>, 'by'>, now: Date, id: string = randomUUID()): NewLearningFact {
  return { id, type, version: 1, tenant: caller.tenant, key, occurredAt: now.toISOString(), data: { ...data, by: caller.id } } as unknown as NewLearningFact;
} // prettier-ignore

/** The records of a decision, or its refusal as the reader meets it. */
export function decided(outcome: LearningOutcome): Extract<LearningOutcome, { ok: true }>['records'] {
  if (outcome.ok) return outcome.records;
  switch (outcome.code) {
    case 'unknown':
      throw notFound();
    case 'exists':
    case 'closed':
    case 'conflict':
      throw new Refusal('conflict', { detail: `Nothing was changed: ${outcome.reason}. Load it again to see how it stands.` });
    default:
      throw new RangeError(String(outcome satisfies never));
  }
}
