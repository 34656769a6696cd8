import { type Stored } from '@pharos/event-log';
import { type FactNamed, factId, type NewFact } from '@pharos/facts';

export interface Refusal {
  readonly stored: Stored;
  readonly step: string;
  readonly reason: string;
}

type NewDeadLetter = Extract<NewFact, { type: 'DeadLettered' }>;

/** A letter is read by people; what is longer stands whole at its place in the log, which never forgets. */
const MOST_CHARACTERS = 65_536;

/** What lies in the log, as text: cut where it would make a letter that the log does not take, and named where it cannot be written. */
function textOf(stored: unknown): { readonly bytes: string; readonly remark: string } {
  let text: string;
  try {
    text = JSON.stringify(stored) ?? '';
  } catch (error) {
    // Nested deeper than the stack is deep: parsing copes with it, writing does not.
    return { bytes: '', remark: ` (it cannot be written out: ${(error as Error).message}; it stands at its place in the log)` };
  }
  if (text.length <= MOST_CHARACTERS) return { bytes: text, remark: '' };
  return {
    bytes: text.slice(0, MOST_CHARACTERS),
    remark: ` (the first ${MOST_CHARACTERS} of ${text.length} characters; all of them stand at its place in the log)`,
  };
}

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
  const { bytes, remark } = textOf(stored.stored);
  const data: FactNamed<'DeadLettered'>['data'] = {
    source: topic,
    place,
    step,
    reason: `${reason.slice(0, 2_000)}${remark}`,
    bytes,
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
