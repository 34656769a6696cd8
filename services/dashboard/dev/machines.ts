import {
  type DeadLetter, type JobRun, type Key, type Platforms, type PlatformsLive, type StatementDetail, type StatementRow,
} from '@pharos/contract'; // prettier-ignore
import { daysAfter } from './people.js';

const secondsBefore = (now: Date, seconds: number): string => new Date(now.getTime() - seconds * 1_000).toISOString();

export const platformsOf = (now: Date): Platforms => ({
  through: now.toISOString(),
  items: [
    { credential: 'key-1', name: 'Moodle', revoked: false, lastSeenAt: secondsBefore(now, 4), lastStatementAt: secondsBefore(now, 4), statements: 148_201, statementsLastDay: 5_210, silentSince: null },
    { credential: 'key-2', name: 'Practice app', revoked: false, lastSeenAt: secondsBefore(now, 7_900), lastStatementAt: secondsBefore(now, 200_000), statements: 9_004, statementsLastDay: 0, silentSince: daysAfter(now, -3).toISOString().slice(0, 10) },
    { credential: 'key-3', name: 'Old gradebook', revoked: true, lastSeenAt: null, lastStatementAt: null, statements: 0, statementsLastDay: 0, silentSince: null },
  ],
  errors: [
    { source: 'statements', step: 'validate', reason: 'result.score.scaled is 93; it must lie between -1 and 1', count: 212, lastAt: secondsBefore(now, 640), example: '[3].result.score.scaled' },
    { source: 'statements', step: 'claim', reason: 'other content under a known id', count: 3, lastAt: secondsBefore(now, 86_000), example: '[0].id' },
  ],
  heldAlerts: 3,
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

export const keysOf = (now: Date): Key[] =>
  platformsOf(now).items.map(({ credential: id, name, revoked, lastSeenAt }) => ({
    id, name, scopes: ['statements/write', 'define', 'statements/read/mine', 'state'], settings: { lint: true }, createdAt: secondsBefore(now, 9_000_000),
    revokedAt: revoked ? secondsBefore(now, 4_000_000) : null, lastSeenAt,
  })); // prettier-ignore

export const liveOf = (now: Date): PlatformsLive => ({
  through: now.toISOString(),
  items: platformsOf(now).items.map(({ credential, lastStatementAt }, at) => ({
    credential, lastStatementAt: at === 0 ? lastStatementAt : null, minutes: Array.from({ length: 60 }, (_, minute) => (at === 0 ? 40 + ((minute * 37) % 29) : 0)),
  })),
  findings: [
    { credential: 'key-1', finding: 'f1', kind: 'refused', status: 400, path: 'result.score.scaled', message: 'must be <= 1', count: 212, firstAt: secondsBefore(now, 90_000), lastAt: secondsBefore(now, 640), hasExample: true },
    { credential: 'key-1', finding: 'f2', kind: 'advice', status: null, path: 'verb.display', message: 'should say in words what the verb means (xAPI part two, 2.4.3)', count: 5_210, firstAt: secondsBefore(now, 90_000), lastAt: secondsBefore(now, 4), hasExample: true },
  ],
}); // prettier-ignore

export const statementsOf = (now: Date): StatementRow[] =>
  Array.from({ length: 12 }, (_, index) => ({
    id: `00000000-0000-4000-8000-0000000000${10 + index}`, recordedAt: secondsBefore(now, index * 7 + 4), occurredAt: secondsBefore(now, index * 7 + 5), credential: 'key-1',
    actor: { token: `l-${index + 1}`, name: null }, verb: { id: 'http://adlnet.gov/expapi/verbs/answered', words: 'answered' },
    object: { id: 'https://lms.example/quiz/1', words: 'Fractions, question 1', kind: 'activity' }, correct: index % 3 > 0, scaled: null, durationSeconds: 12, voided: index === 5,
  })); // prettier-ignore

export const statementOf = (now: Date): StatementDetail => ({
  through: now.toISOString(), statement: statementsOf(now)[0]!, json: '{\n  "verb": { "id": "http://adlnet.gov/expapi/verbs/answered" }\n}',
  derived: {
    action: 'answered', kind: 'practice', class: { id: 'c-1', title: 'Algebra' }, attempt: true,
    skills: [{ skill: 'fractions', title: 'Fractions', probability: 0.72, evidence: 9 }], levels: [{ skill: 'fractions', title: 'Fractions', from: 'attempted', to: 'familiar' }],
    day: { day: now.toISOString().slice(0, 10), events: 14, seconds: 640 }, alerts: [],
  },
}); // prettier-ignore
