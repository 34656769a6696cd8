import { describe, expect, it } from '@jest/globals';
import { defaultAlertPolicy } from '@pharos/registry';
import { type Score } from './concerns.js';
import { type AlertPlan, type LatestAlert, type PlannedConcern, planAlerts } from './plan-alerts.js';

const asOf = '2026-10-11T23:59:59.999Z';
const policy = {
  ...defaultAlertPolicy,
  raiseAt: 0.5,
  clearBelow: 0.35,
  newPerCounselorAndWeek: 2,
  silentWeeks: 2,
  coolDownDays: 14,
  lowRunsToResolve: 3,
};

function planned(learner: string, probability: number, rest: Partial<PlannedConcern> = {}, week = 5): PlannedConcern {
  const score = { learner, class: 'c', week, probability } as Score;
  const concern = { learner, target: 'not-passing', term: 't', probability, scores: [{ id: `s-${learner}`, score }] };
  return { concern, counselor: 'k', school: 's', course: 'math', ...rest };
}
const latest = (status: LatestAlert['status'], rest: Partial<LatestAlert> = {}): { latest: LatestAlert } => ({
  latest: { alert: 'a', status, closedAt: null, lowRuns: 0, ...rest },
});
const told = (plan: readonly AlertPlan[]) => plan.map((step) => `${step.do} ${step.of.concern.learner}`);
const plan = (concerns: readonly PlannedConcern[], raised: ReadonlyMap<string, number> = new Map(), changed = {}) =>
  told(planAlerts(concerns, () => ({ ...policy, ...changed }), raised, asOf));

describe('given concerns and a policy', () => {
  it('raises from the threshold on, and nothing between the two thresholds', () => {
    expect(plan([planned('high', 0.7), planned('between', 0.45), planned('low', 0.2)])).toEqual(['raise high']);
  });

  it("keeps to the counselor's capacity, the most likely first", () => {
    expect(plan([planned('a', 0.9), planned('b', 0.8), planned('c', 0.7)])).toEqual(['raise a', 'raise b']);
  });

  it('counts what the counselor got in the week before', () => {
    expect(plan([planned('a', 0.9), planned('b', 0.8)], new Map([['k', 1]]))).toEqual(['raise a']);
  });

  it('gives each counselor a capacity of their own', () => {
    const concerns = [planned('a', 0.9), planned('b', 0.8), planned('c', 0.7), planned('d', 0.6, { counselor: 'l' })];
    expect(plan(concerns)).toEqual(['raise a', 'raise b', 'raise d']);
  });

  it('goes by the policy of the school where it has one of its own', () => {
    const strict = { ...policy, raiseAt: 0.3, newPerCounselorAndWeek: 1, silentWeeks: 6 };
    const both = [planned('here', 0.4), planned('there', 0.4, { school: 'strict' }, 7), planned('there-too', 0.4, { school: 'strict' }, 7)];
    const told = planAlerts(both, (school) => (school === 'strict' ? strict : policy), new Map(), asOf);
    expect(told.map((step) => step.of.concern.learner)).toEqual(['there']);
    expect(planAlerts([planned('early', 0.9, { school: 'strict' }, 5)], () => strict, new Map(), asOf)).toEqual([]);
  });

  it('is silent in the first weeks of a class', () => {
    expect(plan([planned('early', 0.9, {}, 1)])).toEqual([]);
  });

  it('keeps an open alert fresh, however low the risk', () => {
    expect(plan([planned('open', 0.1, latest('open', { lowRuns: 2 }))])).toEqual(['update open']);
  });

  it('closes an open alert when the risk stayed low for long enough', () => {
    expect(plan([planned('open', 0.1, latest('acknowledged', { lowRuns: 3 }))])).toEqual(['resolve open']);
  });

  it('closes at once what told of a silence that was none, unless it would be raised by what is known now', () => {
    const mistaken = latest('open', { silenceUndone: true });
    const steps = planAlerts([planned('mistaken', 0.45, mistaken), planned('still', 0.5, mistaken), planned('low', 0.1, latest('open', { silenceUndone: true, lowRuns: 3 }))], () => policy, new Map(), asOf); // prettier-ignore
    expect(steps.map((step) => [step.of.concern.learner, step.do === 'resolve' ? step.code : step.do])).toEqual([
      ['mistaken', 'late-answers'],
      ['still', 'update'],
      ['low', 'risk-stayed-low'],
    ]);
  });

  it('lets a closed concern rest, then reopens it', () => {
    const closed = (at: string) => planned('back', 0.9, latest('resolved', { closedAt: at }));
    expect(plan([closed('2026-10-05T00:00:00.000Z')])).toEqual([]);
    expect(plan([closed('2026-09-20T00:00:00.000Z')])).toEqual(['reopen back']);
  });

  it('leaves alone what a person set aside', () => {
    expect(plan([planned('aside', 0.95, latest('overridden', { closedAt: '2026-08-01T00:00:00.000Z' }))])).toEqual([]);
  });

  it('watches only the schools and courses that the policy names', () => {
    const watched = { watched: { schools: ['s'], courses: ['math'] } };
    expect(plan([planned('in', 0.9), planned('out', 0.9, { course: 'art' })], new Map(), watched)).toEqual(['raise in']);
  });
});
