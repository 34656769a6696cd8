import { describe, expect, it } from '@jest/globals';
import { factId } from './ids.js';
import { kinds } from './fact.js';
import { readFact } from './read-fact.js';
import { topicNames } from './topics.js';

const enrolled = {
  id: 'e1', type: 'LearnerEnrolled', version: 1, tenant: 't', key: 'l1',
  occurredAt: '2014-10-01T00:00:00.000Z', knownAt: '2014-10-01T00:00:00.000Z', recordedAt: '2014-10-01T00:00:00.000Z',
  data: { learner: 'l1', class: 'AAA-2014J' },
}; // prettier-ignore

describe('reading a fact from the log', () => {
  it('takes a fact of the present version', () => {
    expect(readFact(enrolled)).toEqual({ ok: true, fact: enrolled });
  });

  it.each([
    ['an unknown type', { ...enrolled, type: 'Unheard' }, 'no fact is called Unheard'],
    ['a newer version', { ...enrolled, version: 2 }, 'LearnerEnrolled version 2 is newer than this release, which knows 1'],
    ['an older version without upcaster', { ...enrolled, version: 0 }, 'LearnerEnrolled version 0 has no upcaster'],
    ['something else', 'text', 'not a JSON object'],
  ])('refuses %s, and says so', (_, stored, reason) => {
    expect(readFact(stored)).toEqual({ ok: false, reason });
  });

  it('names the place of what does not fit', () => {
    const read = readFact({ ...enrolled, data: { learner: 'l1', class: 7 } });
    expect(read.ok ? 'taken' : read.reason).toMatch(/^LearnerEnrolled at data\.class: /);
  });

  it('lifts an old version step by step', () => {
    const lift = { LearnerEnrolled: { 0: (old: object) => ({ ...old, version: 1, data: { learner: 'l1', class: 'lifted' } }) as never } };
    expect(readFact({ ...enrolled, version: 0 }, lift)).toMatchObject({ ok: true, fact: { data: { class: 'lifted' } } });
  });
});

describe('the catalogue', () => {
  it('gives every topic at least one fact', () => {
    expect(new Set([...kinds.values()].map((kind) => kind.topic))).toEqual(new Set(topicNames));
  });
});

describe('ids from what a fact is about', () => {
  it('are the same for the same parts and differ otherwise', () => {
    expect(factId('a', 1)).toBe(factId('a', 1));
    expect(factId('a', 1)).not.toBe(factId('a1'));
    expect(factId('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
