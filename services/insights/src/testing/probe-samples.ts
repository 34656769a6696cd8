import { findingId } from '@pharos/registry';
import { token, type TenantName } from './district.js';
import { statementId } from './statements-of-test.js';

/** What is wrong with a request in both tenants. */
export const CAUSE = { kind: 'refused', status: 400, path: 'verb', message: 'is required' } as const;
const FINDING = findingId({ ...CAUSE, credential: '' });

/** Something that exists in a tenant, for each param that a path may name. `own` ids are of users, keys and webhooks. */
export function paramsOf(tenant: TenantName, own: { readonly id: string }): Readonly<Record<string, string>> {
  return {
    alert: `${tenant}-a3`,
    learner: token(tenant, 'l3'),
    model: `m-${tenant}`,
    class: `${tenant}-chess`,
    letter: `${tenant}-d1`,
    goal: `${tenant}-goal`,
    contest: `${tenant}-contest`,
    path: `${tenant}-path`,
    answer: `${tenant}-answer`,
    badge: `${tenant}-badge`,
    assessment: `${tenant}-assessment`,
    secret: `${tenant}-nobody-was-ever-given-this`,
    id: own.id,
    credential: `${tenant}-lms`,
    finding: FINDING,
    statement: statementId(tenant, 1),
  };
}

/** A body that each route would take. A route with a body and without a sample fails the probe. */
export function bodyOf(name: string, tenant: TenantName): unknown {
  const version = 1;
  const samples: Readonly<Record<string, unknown>> = {
    'session.signIn': { login: 'nobody@nowhere.example', password: 'not a password' },
    'alerts.acknowledge': { version },
    'alerts.assign': { version, to: token(tenant, 'c2') },
    'alerts.intervene': { version, intervention: 'talk' },
    'alerts.snooze': { version, until: '2026-03-01T00:00:00.000Z' },
    'alerts.override': { version, reason: 'other' },
    'alerts.contest': { version, reason: 'other' },
    'alerts.resolve': { version, code: 'helped' },
    'alerts.reopen': { version, reason: 'other' },
    'alerts.note': { version, note: 'a note' },
    'alerts.withdraw': { action: 'an action' },
    'gate.decide': { outcome: 'rejected', reason: 'a reason', inUse: 'another' },
    'gate.borrow': { from: 'south', reason: 'a reason', inUse: null },
    'gate.lend': { version: 99, value: { to: [], reason: '' } },
    'catalogue.put': { version: 99, value: [] },
    'policy.put': {
      version: 99,
      value: {
        target: 'not-passing', watched: { schools: [], courses: [] }, raiseAt: 0.5, clearBelow: 0.3, newPerCounselorAndWeek: 5, silentWeeks: 2,
        answerWithinDays: 5, coolDownDays: 14, lowRunsToResolve: 3, quietHours: null, delivery: 'none',
      },
    },
    'audits.decide': { version: 99, value: { limitPer100: 5, mitigation: null, reason: '' } },
    'webhooks.create': { url: 'https://hooks.example/alerts', events: ['AlertRaised'] },
    'users.create': { login: 'taken@north.example', password: 'a long enough password', roles: ['analyst'] },
    'users.change': { locale: 'es' },
    'users.setPassword': { password: 'another long password' },
    'knowledge.masteries': { learners: ['mailto:nobody@nowhere.example'] },
    'masteryPolicy.put': {
      version: 99,
      value: { levels: ['attempted', 'familiar', 'proficient', 'mastered'].map((name, at) => ({ name, from: at / 4, answers: at + 1 })) },
    },
    'grading.grade': { answers: [{ item: 'https://practice.example/1', response: '3' }] },
    'grading.steps': { task: '2(x+1) = 4', steps: ['x + 1 = 2'] },
    'practice.answer': { item: 'https://practice.example/1', response: '3', seconds: 4 },
    'practice.hint': { item: 'https://practice.example/1', taken: 0 },
    'practice.putContent': { skills: [], items: [] },
    'goals.set': { target: { kind: 'subject', name: 'Mathematics' }, dueOn: '2026-06-01' },
    'goals.change': { version, level: 'mastered', dueOn: null },
    'voice.say': { item: 'https://practice.example/1', say: 'too-hard' },
    'voice.interests': { interests: ['Mathematics'] },
    'voice.preferences': { streaks: false, nudges: false },
    'voice.contest': { skill: 'add', reason: 'know-it' },
    'voice.answer': { version, answer: 'stands' },
    'plans.keep': { week: '2026-02-02', version: 0, entries: [] },
    'plans.openFeed': {},
    'assigning.assign': { title: 'A path', skills: ['add'], learners: null, dueOn: null },
    'assigning.change': { version, title: 'A path', skills: ['add'], learners: null, dueOn: null },
    'assigning.put': { skill: 'add', until: '2026-03-01', reason: 'a reason' },
    'assigning.setGroups': { version: 0, groups: [] },
    'assigning.mark': { version, share: 1 },
    'badges.take': { subject: 'Mathematics' },
    'badges.revoke': { reason: 'mistake' },
    'placement.start': { subject: 'Mathematics' },
    'placement.answer': { item: 'https://practice.example/1', response: '3', seconds: 3 },
    'keptAnswers.send': { answers: [{ id: '0b8c6f0e-1111-4000-8000-000000000001', at: '2026-02-01T08:00:00.000Z', item: 'https://practice.example/1', response: '3', seconds: 4 }] },
    'nudges.putPolicy': { version: 99, value: { streaks: true, badges: true, nudges: 'off', nudgesPerWeek: 2, heldOut: 0.2, quietHours: { from: 19, to: 8 } } },
    'nudges.consent': { granted: true },
    'operations.resendLetter': {},
    'operations.resendLetters': { letters: ['south-d1'] },
    'forwards.create': { name: 'State store', kind: 'xapi', url: 'https://lrs.example/xapi', secret: 'key:secret', filter: { platforms: ['lms'] } },
    'forwards.change': { active: false },
    'keys.change': { name: 'renamed' },
    'keys.create': { name: 'probe', scopes: ['answers/read'] },
  }; // prettier-ignore
  return samples[name];
}
