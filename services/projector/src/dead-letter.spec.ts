import { describe, expect, it } from '@jest/globals';
import { deadLetter } from './dead-letter.js';
import { foldStored } from './fold/fold-stored.js';

const position = { topic: 'statements', partition: 3, offset: 17 } as const;
const at = '2014-10-01T10:00:00.000Z';
const letterOf = (stored: unknown) => deadLetter({ stored: { position, recordedAt: at, stored }, step: 'readFact', reason: 'why' });
const dataOf = (stored: unknown) => letterOf(stored).data;

/** Deeper than any stack, and still something that JSON.parse takes. */
const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('what could not be folded', () => {
  it('is kept whole with its place', () => {
    expect(letterOf({ type: 'Unheard', tenant: 'uni' })).toMatchObject({
      tenant: 'uni', key: 'statements/3/17', data: { place: '3/17', reason: 'why', bytes: '{"type":"Unheard","tenant":"uni"}', sealed: false },
    }); // prettier-ignore
  });

  it('is cut where it is so long that the log would not take the letter, and says so', () => {
    // A control character takes six in JSON, and the letter is written as JSON once more.
    const { bytes, reason } = dataOf('\u0000'.repeat(5_000_000));
    expect(bytes).toHaveLength(65_536);
    expect(reason).toBe('why (the first 65536 of 30000002 characters; all of them stand at its place in the log)');
  });

  it('is named where it is nested too deeply to be written at all', () => {
    const { bytes, reason } = dataOf(nested(100_000));
    expect(bytes).toBe('');
    expect(reason).toContain('it cannot be written out');
  });

  it('has the same id wherever and whenever it is met', () => {
    expect(letterOf('x').id).toBe(letterOf('y').id);
  });
});

describe('a statement that is nested too deeply', () => {
  it('is put aside like any other that cannot be folded', () => {
    const stored = {
      id: 's1', type: 'StatementRecorded', version: 1, tenant: 'uni', key: 'ann', occurredAt: at, knownAt: at, recordedAt: at,
      data: {
        statement: nested(100_000), xapi: '1.0.3', hash: 'h', credential: 'lms', learner: 'ann', verb: 'https://verbs/viewed',
        activity: 'https://lms/page', activityType: 'https://types/page', kind: 'page', action: 'viewed', context: [], amount: 1,
      },
    }; // prettier-ignore
    expect(foldStored({ position, recordedAt: at, stored })).toMatchObject({ verdict: 'deadLetter' });
  });
});
