import { describe, expect, it } from '@jest/globals';
import { type TermSpan, termAt } from './spans.js';

const span = (term: string, from: string, to: string, enrolled: number): TermSpan => ({ term, from, to, enrolled });
/** As `termsOf` gives them: the latest to begin first. */
const terms = [
  span('spring', '2027-01-10', '2027-05-20', 0),
  span('workshop', '2026-10-05', '2026-10-16', 40),
  span('autumn', '2026-09-01', '2026-12-18', 4_000),
  span('last year', '2025-09-01', '2026-06-10', 4_100),
];

describe('the term that is looked at', () => {
  it.each([
    ['the large one of two that run', '2026-10-08', undefined, 'autumn'],
    ['the one that runs, after a short one', '2026-11-01', undefined, 'autumn'],
    ['the latest to have ended, between two', '2026-12-24', undefined, 'autumn'],
    ['the first to begin, before all', '2020-01-01', undefined, 'last year'],
    ['the one asked for', '2026-10-08', 'spring', 'spring'],
    ['none, for one that is not there', '2026-10-08', 'nowhere', undefined],
  ])('is %s', (_, today, asked, expected) => {
    expect(termAt(terms, asked, today)?.term).toBe(expected);
  });
});
