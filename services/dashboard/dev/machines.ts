import { type DeadLetter, type JobRun, type Platforms } from '@pharos/contract';
import { daysAfter } from './people.js';

const secondsBefore = (now: Date, seconds: number): string => new Date(now.getTime() - seconds * 1_000).toISOString();

export const platformsOf = (now: Date): Platforms => ({
  through: now.toISOString(),
  items: [
    { credential: 'key-1', name: 'Moodle', revoked: false, lastSeenAt: secondsBefore(now, 4), lastStatementAt: secondsBefore(now, 4), statements: 148_201, statementsLastDay: 5_210 },
    { credential: 'key-2', name: 'Practice app', revoked: false, lastSeenAt: secondsBefore(now, 7_900), lastStatementAt: secondsBefore(now, 200_000), statements: 9_004, statementsLastDay: 0 },
    { credential: 'key-3', name: 'Old gradebook', revoked: true, lastSeenAt: null, lastStatementAt: null, statements: 0, statementsLastDay: 0 },
  ],
  errors: [
    { source: 'statements', step: 'validate', reason: 'result.score.scaled is 93; it must lie between -1 and 1', count: 212, lastAt: secondsBefore(now, 640), example: '[3].result.score.scaled' },
    { source: 'statements', step: 'claim', reason: 'other content under a known id', count: 3, lastAt: secondsBefore(now, 86_000), example: '[0].id' },
  ],
  unknownActors: 4,
}); // prettier-ignore

export const deadLettersOf = (now: Date): DeadLetter[] =>
  Array.from({ length: 6 }, (_, index) => ({
    id: `dead-${index}`, at: secondsBefore(now, index * 4_000 + 640), source: 'statements', place: `line ${index * 31 + 7}`, step: 'validate',
    reason: 'result.score.scaled is 93; it must lie between -1 and 1', sealed: true, settled: null,
  })); // prettier-ignore

export const jobRunsOf = (now: Date): JobRun[] =>
  ['risk', 'alerts', 'audit', 'retention', 'risk'].map((job, index) => ({
    id: `run-${index}`, job, slot: `2026-11-2${index}`, asOf: daysAfter(now, -index).toISOString(), startedAt: daysAfter(now, -index).toISOString(),
    finishedAt: index === 0 ? null : daysAfter(now, -index + 0.001).toISOString(), durationMs: index === 0 ? null : 41_210 / index,
    outcome: index === 0 ? null : index === 3 ? ('failed' as const) : ('ok' as const),
    reason: index === 3 ? 'The warehouse was closed while it ran' : null, counts: { scored: 3_618 }, attempt: 1,
  })); // prettier-ignore
