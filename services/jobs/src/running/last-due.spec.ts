import { describe, expect, it } from '@jest/globals';
import { lastDue } from './last-due.js';

const due = (cron: string, now: string): string | undefined => lastDue(cron, new Date(now))?.toISOString();

describe('the latest moment at which a job was due', () => {
  it('is this week once the hour has struck, and last week before', () => {
    expect(due('0 3 * * 1', '2026-01-12T03:00:00.000Z')).toBe('2026-01-12T03:00:00.000Z');
    expect(due('0 3 * * 1', '2026-01-12T02:59:59.999Z')).toBe('2026-01-05T03:00:00.000Z');
  });

  it('is found for the rare and for the frequent', () => {
    expect(due('* * * * *', '2026-01-12T03:00:30.000Z')).toBe('2026-01-12T03:00:00.000Z');
    expect(due('0 0 1 9 *', '2026-08-31T00:00:00.000Z')).toBe('2025-09-01T00:00:00.000Z');
    expect(due('0 0 29 2 *', '2026-08-31T00:00:00.000Z')).toBeUndefined();
  });
});
