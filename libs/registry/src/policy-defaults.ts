import { z } from 'zod';

/** What can be predicted. */
export const alertTargets = ['not-passing', 'course-failure', 'chronic-absence'] as const;

/** When an alert is raised, kept quiet, due, and closed again. Weeks and days are of instruction where a calendar is known. */
export const alertPolicy = z.strictObject({
  /** What is predicted, for all schools of the tenant. */
  target: z.enum(alertTargets),
  /** Classes, courses or schools that are watched; empty for all. */
  watched: z.strictObject({ schools: z.array(z.string()), courses: z.array(z.string()) }),
  /** Calibrated probability from which a concern is raised. */
  raiseAt: z.number().min(0).max(1),
  /** Below it an open concern counts as low: lower than `raiseAt`, so that alerts do not flicker. */
  clearBelow: z.number().min(0).max(1),
  /** At most so many new alerts per counselor and week, the highest first; null for no limit. */
  newPerCounselorAndWeek: z.number().int().positive().nullable(),
  /** No alert before so many full weeks of a class: nothing is known yet. */
  silentWeeks: z.number().int().nonnegative(),
  /** Days in which an answer to a new alert is due. */
  answerWithinDays: z.number().int().positive(),
  /** Days after closing in which the same concern is not raised again. */
  coolDownDays: z.number().int().nonnegative(),
  /** Runs in a row below `clearBelow` after which the system closes the concern itself. */
  lowRunsToResolve: z.number().int().positive(),
  /** Hours of the day (local) in which nobody is written to. `from` after `to` spans midnight. */
  quietHours: z.strictObject({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) }).nullable(),
  delivery: z.enum(['at-once', 'daily-digest', 'none']),
});
export type AlertPolicy = z.infer<typeof alertPolicy>;

/** A next step that may be suggested. */
export const interventionTemplate = z.strictObject({
  /** Key; the page words it from its catalogue of texts, or from `title` where the tenant wrote its own. */
  id: z.string().min(1).max(64),
  title: z.record(z.string(), z.string()),
  /** Reason codes that it answers, best first for which it is suggested. */
  answers: z.array(z.string()),
  followUpDays: z.number().int().positive(),
  active: z.boolean(),
});
export type InterventionTemplate = z.infer<typeof interventionTemplate>;

/**
 * What people decided about gaps between groups. Nothing of it comes about by itself: it changes by a person's edit, which is a fact.
 */
export const fairnessPolicy = z.strictObject({
  /** Gaps of so many of 100 and more are too large, if they are beyond chance. */
  limitPer100: z.number().min(0).max(100),
  /** The change that was chosen for the models of this tenant; null for none. */
  mitigation: z
    .strictObject({
      kind: z.enum(['thresholds', 'reweighing', 'fewer-features', 'rule']),
      attribute: z.string().min(1),
      /** For thresholds by group, which the law of the place must allow. */
      policy: z.enum(['equal-opportunity', 'demographic-parity']).nullable(),
      /** Features that are left out. */
      without: z.array(z.string()),
    })
    .nullable(),
  reason: z.string(),
});
export type FairnessPolicy = z.infer<typeof fairnessPolicy>;

/** What the names of levels stand for: the least chance of a right answer to a usual item, and the least answers behind it. */
const masteryLevel = z.strictObject({
  name: z.enum(['attempted', 'familiar', 'proficient', 'mastered']),
  from: z.number().min(0).max(1),
  answers: z.number().int().positive(),
});
/** All four levels, from the lowest on, each beginning where the one below it does or later. */
export const masteryPolicy = z.strictObject({
  levels: z
    .array(masteryLevel)
    .length(4)
    .refine(
      (levels) => levels.every(({ name }, at) => name === masteryLevel.shape.name.options[at]),
      'name each level once, the lowest first',
    )
    .refine((levels) => levels.every(({ from }, at) => at === 0 || from >= levels[at - 1]!.from), 'a level begins below the one under it'),
});
export type MasteryPolicy = z.infer<typeof masteryPolicy>;

/** What a tenant allows on the learners' side. */
export const learningPolicy = z.strictObject({
  /** Streaks and milestones; a learner can turn their own off as well. */
  streaks: z.boolean(),
  badges: z.boolean(),
  /** Whether learners are written to: nobody, those who did not opt out, or only those whose guardian agreed. */
  nudges: z.enum(['off', 'on', 'with-consent']),
  /** At most so many nudges for one learner in seven days. */
  nudgesPerWeek: z.number().int().min(1).max(7),
  /** Share of learners who are never written to, so that it can be told what nudges do. */
  heldOut: z.number().min(0).max(0.5),
  /** Hours of the day (local) in which nobody is written to. `from` after `to` spans midnight. */
  quietHours: z.strictObject({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) }),
  /** Whether teachers get a letter each week; without a word they do. */
  digest: z.enum(['on', 'off']).optional(),
});
export type LearningPolicy = z.infer<typeof learningPolicy>;

/** Nobody is written to before a tenant says so. */
export const defaultLearningPolicy: LearningPolicy = {
  streaks: true,
  badges: true,
  nudges: 'off',
  nudgesPerWeek: 2,
  heldOut: 0.2,
  quietHours: { from: 19, to: 8 },
};

/** 0.95 is the strict threshold of mastery learning (Corbett & Anderson 1995). */
export const defaultMasteryPolicy: MasteryPolicy = {
  levels: [
    { name: 'attempted', from: 0, answers: 1 },
    { name: 'familiar', from: 0.6, answers: 2 },
    { name: 'proficient', from: 0.8, answers: 3 },
    { name: 'mastered', from: 0.95, answers: 5 },
  ],
};

/** Which other tenants may start from this one's models, and why. What a model learned goes to them: weights and rates, no learner's row. */
export const lendingPolicy = z.strictObject({ to: z.array(z.string().min(1)).max(100), reason: z.string() });
export type LendingPolicy = z.infer<typeof lendingPolicy>;

export const defaultLendingPolicy: LendingPolicy = { to: [], reason: '' };

export const defaultFairnessPolicy: FairnessPolicy = { limitPer100: 5, mitigation: null, reason: '' };

export const defaultAlertPolicy: AlertPolicy = {
  target: 'not-passing',
  watched: { schools: [], courses: [] },
  raiseAt: 0.5,
  clearBelow: 0.35,
  newPerCounselorAndWeek: 20,
  silentWeeks: 2,
  answerWithinDays: 5,
  coolDownDays: 14,
  lowRunsToResolve: 3,
  quietHours: { from: 20, to: 7 },
  delivery: 'at-once',
};

const step = (id: string, en: string, es: string, answers: readonly string[], followUpDays: number): InterventionTemplate => ({
  id,
  title: { en, es },
  answers: [...answers],
  followUpDays,
  active: true,
});

/** The catalogue that a new tenant starts with; it can edit every line. Every reason that can be told has a step that answers it. */
export const defaultInterventions: readonly InterventionTemplate[] = [
  step(
    'talk',
    'Talk with the learner',
    'Hablar con el estudiante',
    ['silent-days', 'activity-falling', 'activity-low', 'not-submitted-first'],
    7,
  ),
  step('check-in', 'Check in by message', 'Escribir un mensaje breve', ['silent-days', 'activity-falling'], 5),
  step(
    'work-plan',
    'Agree a plan for missed work',
    'Acordar un plan para las entregas pendientes',
    ['work-missed', 'work-late', 'not-submitted-first'],
    7,
  ),
  step('extension', 'Offer another due date', 'Ofrecer otra fecha de entrega', ['work-late', 'work-missed'], 7),
  step(
    'tutoring',
    'Arrange tutoring',
    'Organizar tutorías',
    ['marks-low', 'marks-falling', 'grade-failing', 'previous-attempts', 'wheel-spinning'],
    14,
  ),
  step('attendance-call', 'Call home about attendance', 'Llamar a la familia por la asistencia', ['attendance-low'], 7),
  step('restorative-talk', 'Hold a restorative conversation', 'Mantener una conversación restaurativa', ['incidents'], 14),
  step(
    'study-skills',
    'Invite to a study-skills session',
    'Invitar a un taller de técnicas de estudio',
    ['activity-low', 'previous-attempts', 'late-registration', 'rapid-guessing', 'hints-clicked'],
    21,
  ),
  step('load-review', 'Review how much is studied at once', 'Revisar la carga de estudio', ['credits-high', 'late-registration'], 14),
];
