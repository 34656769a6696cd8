import { type LearnerProfile, type RiskHistory, type Timeline, type AlertSummary } from '@pharos/contract';
import { counselor, dayOf, daysAfter, type MadeUpLearner } from './people.js';
import { heldOutOf, historyOf, reasonsOf, riskOf, sumOf } from './cases.js';
import { seeded } from './random.js';

export const profileOf = (learner: MadeUpLearner, alert: AlertSummary | null, now: Date): LearnerProfile => ({
  through: now.toISOString(),
  learner: learner.person,
  counselor,
  classes: learner.classes.map((one, index) => ({
    class: { id: one.class, title: one.title },
    course: { id: one.course, title: one.courseTitle },
    school: learner.school,
    term: one.term,
    start: one.start,
    end: one.end,
    registeredOn: dayOf(daysAfter(now, -90)),
    withdrawnOn: null,
    outcome: null,
    risk: index === 2 ? null : riskOf(Math.max(0.05, learner.trouble - index * 0.3), now),
  })),
  alert,
  reasons: [...reasonsOf(learner, seeded(3))],
});

export function timelineOf(learner: MadeUpLearner, alert: AlertSummary | null, now: Date): Timeline {
  const random = seeded(learner.person.token.length * 31 + Math.round(learner.trouble * 1000));
  const days = Array.from({ length: 70 }, (_, index) => daysAfter(now, index - 70));
  const schoolDays = days.filter((day) => day.getUTCDay() % 6 !== 0);
  const first = learner.classes[0]!.class;
  const quiet = (index: number) => index > 42 && learner.trouble > 0.5;
  const activity = schoolDays.flatMap((day, index) => {
    if (random.next() < (quiet(index) ? 0.82 : 0.15)) return [];
    const events = random.between(2, quiet(index) ? 6 : 24);
    return [{ day: dayOf(day), class: first, events, amount: events, kinds: { video: Math.ceil(events / 2), practice: Math.floor(events / 2) } }];
  });
  const attendance = schoolDays.map((day, index) => ({
    day: dayOf(day),
    class: null,
    status: random.next() < (quiet(index) ? 0.34 : 0.05) ? ('absent' as const) : random.next() < 0.06 ? ('late' as const) : ('present' as const),
  }));
  const work = ['Linear equations', 'Functions', 'Inequalities', 'Project: the bridge', 'Polynomials'].map((title, index) => {
    const due = daysAfter(now, -60 + index * 16);
    const state = index === 4 ? ('waiting' as const) : index > 1 && learner.trouble > 0.5 ? ('missed' as const) : index === 1 ? ('late' as const) : ('on-time' as const);
    const handedIn = state === 'on-time' ? daysAfter(due, -1) : state === 'late' ? daysAfter(due, 2) : null;
    return {
      class: first, work: `work-${index}`, title, kind: 'assignment', weight: 20, dueOn: dayOf(due),
      handedInAt: handedIn?.toISOString() ?? null, state, mark: handedIn ? [0.78, 0.52, 0.7, 0.66, 0.6][index]! : null,
    };
  });
  return {
    through: now.toISOString(),
    from: dayOf(days[0]!),
    to: dayOf(now),
    activity,
    work,
    attendance,
    incidents: learner.trouble > 0.8 ? [{ day: dayOf(daysAfter(now, -18)), severity: 'minor' as const }] : [],
    grades: [{ day: dayOf(daysAfter(now, -20)), class: first, percent: 61, passing: true }],
    alerts: alert ? historyOf(alert, now).map((step) => ({ alert: alert.alert, step })) : [],
  };
} // prettier-ignore

export function riskHistoryOf(learner: MadeUpLearner, now: Date): RiskHistory {
  const points = learner.classes.slice(0, 2).flatMap((one, at) =>
    Array.from({ length: 9 }, (_, index) => {
      const week = index + 2;
      const sum = sumOf(learner.trouble * (at === 0 ? 1.1 : 0.6) * (0.25 + 0.75 * (index / 8) ** 1.6));
      return {
        asOf: daysAfter(now, -70 + week * 7).toISOString(), class: one.class, week, raw: sum.probability, ...sum,
        heldOut: heldOutOf(sum.probability), model: 'sha256:5b1f0c', recipe: 'logistic',
      };
    }),
  ); // prettier-ignore
  // as if the pushes of missed work were gone
  const possible = learner.classes.slice(0, 2).flatMap((one, at): RiskHistory['possible'] => {
    const { intercept, contributions, logOdds } = sumOf(learner.trouble * (at === 0 ? 1.1 : 0.6));
    const missed = contributions.filter(({ feature }) => feature.startsWith('work_missed'));
    const then = 1 / (1 + Math.exp(-missed.reduce((sum, push) => sum - push.logOdds, logOdds)));
    const count = missed[0]?.value ?? 0;
    return intercept < logOdds && count > 0 ? [{ class: one.class, action: 'hand-in-missed', count, probability: then, heldOut: heldOutOf(then) }] : [];
  });
  return { through: now.toISOString(), points, possible };
}
