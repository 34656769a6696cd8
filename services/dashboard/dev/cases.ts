import {
  type AlertDetail,
  type AlertStep,
  type AlertSummary,
  type Contribution,
  type Evidence,
  type HeldOut,
  type Reason,
  type Risk,
} from '@pharos/contract';
import { colleague, counselor, dayOf, daysAfter, type MadeUpLearner } from './people.js';
import { type Random, seeded } from './random.js';

const model = 'sha256:5b1f0c';

export const heldOutOf = (probability: number): HeldOut => ({
  rate: probability,
  low: Math.max(0, probability - 0.07),
  high: Math.min(1, probability + 0.06),
  n: 412,
});

export const riskOf = (probability: number, now: Date, sure: Risk['sure'] = 'model'): Risk => ({
  target: 'not-passing',
  probability,
  raw: probability,
  heldOut: sure === 'rule' ? null : heldOutOf(probability),
  sure,
  model,
  recipe: 'logistic',
  asOf: daysAfter(now, -0.2).toISOString(),
}); // prettier-ignore

/** Reasons that get fewer as there is less trouble. */
export function reasonsOf(learner: MadeUpLearner, random: Random): readonly Reason[] {
  const first = learner.classes[0]!;
  const where = { id: first.class, title: first.title };
  const all: readonly Omit<Reason, 'class'>[] = [
    { code: 'work-missed', params: { missed: random.between(2, 3), due: 4, classMedian: 0 }, logOdds: 1.42, features: ['work_missed', 'work_missed_share'] },
    { code: 'silent-days', params: { days: random.between(5, 12), classMedian: 1 }, logOdds: 0.81, features: ['days_silent'] },
    { code: 'marks-falling', params: { last: 41, mean: 63.5 }, logOdds: 0.44, features: ['mark_trend'] },
    { code: 'attendance-low', params: { percent: 86.4, absent: 7, days: 51 }, logOdds: 0.37, features: ['attendance_rate', 'absences'] },
    { code: 'activity-falling', params: { last7: 3, before: 21 }, logOdds: 0.31, features: ['activity_7', 'activity_change'] },
  ]; // prettier-ignore
  const start = random.between(0, 2);
  return [...all.slice(start), ...all.slice(0, start)]
    .slice(0, 1 + Math.round(learner.trouble * 3))
    .map((reason) => ({ ...reason, class: where }));
}

const catalogue = {
  'work-plan': 'Agree on a plan for the missed work',
  'check-in': 'Weekly check-in of ten minutes',
  'call-home': 'Call home',
} as const;

export function alertOf(learner: MadeUpLearner, index: number, now: Date): AlertSummary {
  const random = seeded(100 + index);
  const reasons = reasonsOf(learner, random);
  const raised = daysAfter(now, -1 - (index % 9) * 0.7);
  const due = daysAfter(raised, 4);
  const status = index % 5 === 2 ? 'acknowledged' : index === 13 ? 'snoozed' : index === 17 ? 'resolved' : 'open';
  const spoken = index % 3 === 1;
  return {
    alert: `alert-${index + 1}`,
    version: 3,
    status,
    learner: learner.person,
    school: learner.school,
    term: 'autumn',
    counselor,
    risk: riskOf(learner.trouble, now, index % 7 === 3 ? 'rule' : index % 7 === 5 ? 'little-data' : 'model'),
    reasons: [...reasons],
    changed: index % 4 === 3 ? [] : [{ code: reasons[0]!.code, class: reasons[0]!.class, how: index % 4 === 2 ? 'better' : index % 4 === 0 ? 'worse' : 'new' }],
    nextSteps: [
      { intervention: 'work-plan', title: catalogue['work-plan'], because: ['work-missed'] },
      { intervention: 'check-in', title: catalogue['check-in'], because: ['silent-days'] },
    ].slice(index % 2),
    raisedAt: raised.toISOString(),
    updatedAt: daysAfter(now, -0.2).toISOString(),
    dueAt: due.toISOString(),
    overdue: status === 'open' && due < now,
    snoozedUntil: status === 'snoozed' ? daysAfter(now, 6).toISOString() : null,
    held: index === 6,
    lastContact: spoken
      ? { at: daysAfter(now, -6).toISOString(), by: counselor, intervention: 'call-home', title: catalogue['call-home'], followUpOn: dayOf(daysAfter(now, 8)) }
      : null,
  };
} // prettier-ignore

const weights: readonly Contribution[] = [
  { feature: 'work_missed', value: 3, reference: 0, logOdds: 0.95 },
  { feature: 'work_missed_share', value: 0.75, reference: 0, logOdds: 0.47 },
  { feature: 'days_silent', value: 9, reference: 1, logOdds: 0.81 },
  { feature: 'mark_trend', value: -0.225, reference: 0.01, logOdds: 0.44 },
  { feature: 'attendance_rate', value: 0.864, reference: 0.96, logOdds: 0.37 },
  { feature: 'activity_7', value: 3, reference: 17, logOdds: 0.31 },
  { feature: 'mark_mean', value: 0.61, reference: 0.66, logOdds: 0.12 },
  { feature: 'active_days_28', value: 9, reference: 14, logOdds: 0.11 },
  { feature: 'registered_ahead', value: 34, reference: 21, logOdds: -0.18 },
  { feature: 'passed_before', value: 2, reference: 2, logOdds: -0.29 },
  { feature: 'forum_so_far', value: null, reference: 4, logOdds: 0.02 },
  { feature: 'regularity', value: 0.41, reference: 0.63, logOdds: 0.06 },
];

/** Contributions that add up, as the contract promises. */
export function sumOf(scale: number): { intercept: number; contributions: Contribution[]; logOdds: number; probability: number } {
  const intercept = -1.04;
  const contributions = weights.map((one) => ({ ...one, logOdds: one.logOdds * scale }));
  const logOdds = contributions.reduce((sum, one) => sum + one.logOdds, intercept);
  return { intercept, contributions, logOdds, probability: 1 / (1 + Math.exp(-logOdds)) };
}

export function evidenceOf(learner: MadeUpLearner, now: Date): Evidence[] {
  return learner.classes.slice(0, 2).map((one, index) => {
    const sum = sumOf(learner.trouble * (index === 0 ? 1.1 : 0.6));
    return {
      class: { id: one.class, title: one.title }, asOf: daysAfter(now, -0.2).toISOString(), week: 10, model, recipe: 'logistic', ...sum,
      heldOut: heldOutOf(sum.probability),
    };
  }); // prettier-ignore
}

export function historyOf(alert: AlertSummary, now: Date): AlertStep[] {
  const step = (days: number, type: string, rest: Partial<AlertStep> = {}): AlertStep => ({
    action: `${alert.alert}-${type}-${days}`, type, at: daysAfter(now, -days).toISOString(), by: counselor, to: null, intervention: null, followUpOn: null,
    until: null, code: null, note: null, withdrawn: false, undoUntil: null, ...rest,
  }); // prettier-ignore
  return [
    step(24, 'AlertRaised', { by: null }),
    step(23, 'AlertAcknowledged', { by: colleague }),
    step(22, 'AlertAssigned', { by: colleague, to: counselor }),
    step(20, 'InterventionLogged', {
      intervention: { id: 'call-home', title: catalogue['call-home'] },
      followUpOn: dayOf(daysAfter(now, 8)),
      note: 'Shares a room with two brothers; no quiet place to work. Library card agreed.',
    }),
    step(9, 'AlertSnoozed', { until: daysAfter(now, -2).toISOString(), withdrawn: true }),
    step(1, 'AlertUpdated', { by: null }),
  ];
}

export const detailOf = (alert: AlertSummary, learner: MadeUpLearner, now: Date): AlertDetail => ({
  ...alert,
  evidence: evidenceOf(learner, now),
  history: historyOf(alert, now),
  practise: [
    {
      skill: 'fractions',
      title: { en: 'Adding fractions', es: 'Sumar fracciones' },
      chance: 0.42,
      opens: 2,
      first: { skill: 'integers', title: { en: 'Negative numbers', es: 'Números negativos' } },
    },
  ],
});

export const interventions = Object.entries(catalogue).map(([id, title]) => ({
  id,
  title: { en: title, es: { 'work-plan': 'Acordar un plan para el trabajo pendiente', 'check-in': 'Conversación semanal de diez minutos', 'call-home': 'Llamar a casa' }[id as keyof typeof catalogue] },
  answers: ['work-missed'],
  followUpDays: 14,
  active: true,
})); // prettier-ignore
