import { type Fact } from '@pharos/facts';
import { type Folded } from './folded.js';

/** Days that the tables can hold. Outside of it ClickHouse would put the nearest day in silence. */
const FIRST = '1900-01-01';
const LAST = '2299-01-01';

const outside = (text: string | null | undefined) => typeof text === 'string' && (text < FIRST || text >= LAST);

const dayFields = ['start', 'end', 'registeredOn', 'on', 'dueOn', 'from', 'to', 'asOf'] as const;

/** Refuses a fact with a date that no table can hold. */
export function datesInRange(fact: Fact): Folded | undefined {
  const bad = [fact.occurredAt, fact.knownAt, fact.recordedAt].find(outside) ?? dayOutside(fact.data);
  if (bad === undefined) return undefined;
  return { verdict: 'deadLetter', step: 'datesInRange', reason: `${bad} is not between ${FIRST} and ${LAST}` };
}

function dayOutside(data: unknown): string | undefined {
  const fields = data as Readonly<Record<string, unknown>>;
  for (const field of dayFields) {
    const value = fields[field];
    if (typeof value === 'string' && outside(value)) return value;
  }
  const holidays = fields.holidays;
  return Array.isArray(holidays) ? (holidays as string[]).find(outside) : undefined;
}
