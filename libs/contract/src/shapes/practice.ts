import { z } from 'zod';
import { Instant, PersonName, through } from './basics.js';

/** A text in the languages that it was written in; `en` is always there. */
export const LocalText = z.object({ en: z.string().min(1).max(2_000), es: z.string().min(1).max(2_000).optional() });
export type LocalText = z.infer<typeof LocalText>;

const SkillId = z.string().min(1).max(200);

export const PracticeSkill = z
  .object({
    skill: SkillId,
    title: LocalText,
    subject: z.string().min(1).max(100),
    /** How the subject is called, where its name is not understood by all. */
    subjectTitle: LocalText.optional(),
    /** Grade or level that it belongs to, where its framework says so. */
    level: z.string().min(1).max(100).optional(),
    /** Skills that it stands on. Circles and unknown ids are refused with the way to them. */
    prerequisites: z.array(SkillId).max(20),
    /** The same skill in other frameworks (a crosswalk): what serves it serves this one. */
    sameAs: z.array(SkillId).max(50).optional(),
    /** Activities whose ids begin so belong to the skill, besides the items that name it. */
    prefixes: z.array(z.string().min(1).max(500)).max(20).optional(),
  })
  .meta({ id: 'PracticeSkill' });
export type PracticeSkill = z.infer<typeof PracticeSkill>;

export const interactionTypes = [
  'true-false', 'choice', 'fill-in', 'long-fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric', 'other',
] as const; // prettier-ignore

/** How an answer is graded: an interaction of xAPI, or an open answer. */
export const AnswerKey = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), right: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('number'), value: z.number(), unit: z.string().max(50).optional(), tolerance: z.number().min(0).optional() }),
  z.object({ kind: z.literal('algebra'), expression: z.string().min(1).max(200) }),
  z.object({
    kind: z.literal('text'),
    accept: z.array(z.string().min(1).max(200)).min(1).max(50),
    refuse: z.array(z.string().min(1).max(200)).max(50).optional(),
  }),
  /** Any interaction of xAPI, graded by its patterns as the record store grades statements. */
  z.object({ kind: z.literal('interaction'), type: z.enum(interactionTypes), patterns: z.array(z.string().max(1_000)).min(1).max(20) }),
]);
export type AnswerKey = z.infer<typeof AnswerKey>;

/** A wrong answer that many give, and what is behind it. */
export const Misconception = z.object({
  id: z.string().min(1).max(100),
  answers: z.array(z.string().max(200)).min(1).max(20),
  say: LocalText,
});

export const PracticeItem = z
  .object({
    /** Activity id, an IRI. */
    item: z.url().max(500),
    skill: SkillId,
    /** Log odds by which it is harder (positive) or easier than usual for its skill. */
    difficulty: z.number().min(-4).max(4),
    text: z.string().max(2_000).optional(),
    /** What it is about besides its skill, for learners who like that. */
    topics: z.array(z.string().min(1).max(100)).max(10).optional(),
    question: LocalText,
    choices: z.array(z.object({ id: z.string().min(1).max(200), text: z.string().min(1).max(500) })).max(10).optional(),
    key: AnswerKey,
    /** From a nudge to nearly there; none gives the answer. */
    hints: z.array(LocalText).max(10),
    misconceptions: z.array(Misconception).max(20),
    /** Whether the right answer may be told after a wrong one. */
    tell: z.boolean(),
  })
  .meta({ id: 'PracticeItem' }); // prettier-ignore
export type PracticeItem = z.infer<typeof PracticeItem>;

/** Something to learn from that Pharos does not grade itself: an activity of another platform, and what it serves. */
export const LearningResource = z.object({
  resource: z.string().min(1).max(500),
  title: z.string().min(1).max(500),
  skills: z.array(SkillId).max(20),
  level: z.string().max(100).nullable(),
  language: z.string().max(35).nullable(),
  minutes: z.number().positive().nullable(),
  format: z.string().max(50).nullable(),
});
export type LearningResource = z.infer<typeof LearningResource>;

export const PracticeContent = z.object({ skills: z.array(PracticeSkill).max(2_000), items: z.array(PracticeItem).max(20_000) });
export type PracticeContent = z.infer<typeof PracticeContent>;

const AnswerGiven = z.object({
  item: z.string().min(1).max(500),
  response: z.string().max(2_000),
  /** Hints taken so far: the next one comes back with a wrong answer. */
  hints: z.number().int().min(0).max(10).default(0),
});

/** What is said to an answer. `unsure`: a person has to look; no verdict is given. */
export const Feedback = z
  .object({
    item: z.string(),
    verdict: z.enum(['right', 'partly', 'wrong', 'unsure', 'unknown-item']),
    /** From 0 to 1; null without a verdict. */
    share: z.number().nullable(),
    note: z.enum(['unit-missing', 'unit-wrong', 'typo', 'right-but-not-simplified']).nullable(),
    /** What was expected, once the item allows to tell it. */
    expected: z.string().nullable(),
    misconception: z.object({ id: z.string(), say: z.string() }).nullable(),
    hint: z.object({ number: z.number().int(), of: z.number().int(), say: z.string() }).nullable(),
  })
  .meta({ id: 'Feedback' });
export type Feedback = z.infer<typeof Feedback>;
export const GradeBody = z.object({ answers: z.array(AnswerGiven).min(1).max(500), locale: z.enum(['en', 'es']).default('en') });
export const Grades = z.object({ items: z.array(Feedback) });

export const StepsBody = z.object({
  task: z.string().min(1).max(200),
  steps: z.array(z.string().min(1).max(200)).min(1).max(30),
  /** With a wrong step: a sentence about it, or a task of the same kind worked through. */
  help: z.enum(['hint', 'example']).default('hint'),
  locale: z.enum(['en', 'es']).default('en'),
});
/** `firstWrong` counts from 0; the line that would have been right is never told. */
export const StepsChecked = z.object({
  right: z.number().int(),
  firstWrong: z.number().int().nullable(),
  problem: z.enum(['unreadable', 'not-equal', 'not-sure']).nullable(),
  /** The usual slip that explains the wrong step, where one does. */
  slip: z.enum(['factor-first-term-only', 'sign', 'one-side-only']).nullable(),
  hint: z.string().nullable(),
  /** Lines of a task of the same kind with other numbers. */
  example: z.array(z.string()).nullable(),
  /** All steps are right and the last says what the letter is. */
  solved: z.boolean(),
});

export const masteryLevels = ['attempted', 'familiar', 'proficient', 'mastered'] as const;
export const SkillStanding = z
  .object({
    skill: z.string(),
    /** Null: never tried. */
    level: z.enum(masteryLevels).nullable(),
    /** Of a right answer to a usual item, with its 95 % interval. */
    chance: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    /** Answers seen. */
    evidence: z.number().int(),
    /** The chance now less that of five answers ago; 0 with fewer. */
    trend: z.number(),
    /** Chance that it is still remembered now, 1 right after practice. */
    remembered: z.number().nullable(),
    lastAt: Instant.nullable(),
    reviewAt: Instant.nullable(),
    due: z.boolean(),
  })
  .meta({ id: 'SkillStanding' });
export type SkillStanding = z.infer<typeof SkillStanding>;
const TitledSkill = z.object({ skill: z.string(), title: LocalText, subject: z.string(), prerequisites: z.array(z.string()) });

/** A step of the tenant's scheme: reached with this chance and so many answers. */
export const MasteryLevelRule = z.object({ name: z.enum(masteryLevels), from: z.number(), answers: z.number().int() });
/** What a learner knows, of whatever skills there are answers to; by the scheme of levels that holds now. */
export const LearnerMastery = z
  .object({ ...through, levels: z.array(MasteryLevelRule), skills: z.array(SkillStanding) })
  .meta({ id: 'LearnerMastery' });
/** That a learner's levels changed, and to what: each skill that was answered to with its level. */
export const LevelsPulse = z.object({
  ...through,
  levels: z.array(z.object({ skill: z.string(), level: z.enum(masteryLevels).nullable() })),
});
export const MasteryBody = z.object({ learners: z.array(z.string().min(1).max(500)).min(1).max(500) });
/** `skills` null: there is no such learner, or they may not be seen. */
export const MasteryOfMany = z.object({
  ...through,
  levels: z.array(MasteryLevelRule),
  items: z.array(z.object({ learner: z.string(), skills: z.array(SkillStanding).nullable() })),
});
export const MasteryPolicySet = z.object({
  version: z.number().int().nonnegative(),
  value: z.object({
    levels: z
      .array(z.object({ name: z.enum(masteryLevels), from: z.number().min(0).max(1), answers: z.number().int().positive() }))
      .length(4),
  }),
});

export const LearnerSkills = z
  .object({ ...through, skills: z.array(z.object({ ...TitledSkill.shape, standing: SkillStanding })) })
  .meta({ id: 'LearnerSkills' });
export type LearnerSkills = z.infer<typeof LearnerSkills>;

/** Why something comes next, with the values to say it in a sentence. */
export const NextReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('review-due'), days: z.number().int() }),
  z.object({ code: z.literal('weak'), chance: z.number(), evidence: z.number().int() }),
  z.object({ code: z.literal('ready'), after: z.array(z.string()) }),
  z.object({ code: z.literal('going-on'), run: z.number().int() }),
  z.object({ code: z.literal('enrichment') }),
  z.object({ code: z.literal('assigned'), path: z.string() }),
  z.object({ code: z.literal('teacher') }),
]);
export type NextReason = z.infer<typeof NextReason>;
/** An item as it is shown to somebody who is to answer it: without its key, hints and known mistakes. */
export const ShownItem = z.object({
  item: z.string(),
  skill: z.string(),
  title: LocalText,
  text: z.string().nullable(),
  question: LocalText,
  choices: z.array(z.object({ id: z.string(), text: z.string() })),
  hints: z.number().int(),
});
export type ShownItem = z.infer<typeof ShownItem>;
export const NextActivity = z
  .object({ item: ShownItem, chance: z.number(), reason: NextReason, because: z.string() })
  .meta({ id: 'NextActivity' });
export type NextActivity = z.infer<typeof NextActivity>;
export const NextQuery = z.object({
  limit: z.coerce.number<number>().int().min(1).max(20).default(3),
  wish: z.enum(['easier', 'harder']).optional(),
  /** Of this subject only: a platform that teaches one asks for its own. */
  subject: z.string().min(1).max(100).optional(),
  locale: z.enum(['en', 'es']).default('en'),
});
export const NextSteps = z.object({ ...through, items: z.array(NextActivity) }).meta({ id: 'NextSteps' });
export const Reviews = z
  .object({ ...through, items: z.array(z.object({ ...TitledSkill.shape, reviewAt: Instant, due: z.boolean() })) })
  .meta({ id: 'Reviews' });

/** An answer of the practice place: graded, and sent on as a statement through the door that every platform uses. */
export const PracticeAnswer = z.object({
  ...AnswerGiven.shape,
  seconds: z.number().min(0).max(86_400),
  locale: z.enum(['en', 'es']).default('en'),
});
export const PracticeAnswered = z.object({ feedback: Feedback, statement: z.uuid().nullable() });
export const HintBody = z.object({
  item: z.string().min(1).max(500),
  taken: z.number().int().min(0).max(10),
  locale: z.enum(['en', 'es']).default('en'),
});
export const Hint = z.object({ hint: z.object({ number: z.number().int(), of: z.number().int(), say: z.string() }).nullable() });

export const TaughtClass = z.object({ class: z.string(), title: z.string(), learners: z.number().int() });
export const TaughtClasses = z.object({ items: z.array(TaughtClass) });
const Cell = z.object({
  skill: z.string(),
  level: z.enum(masteryLevels).nullable(),
  chance: z.number().nullable(),
  evidence: z.number().int(),
  due: z.boolean(),
});
export type ConfusingItem = z.infer<typeof ConfusingItem>;
export const ConfusingItem = z.object({
  item: z.string(),
  skill: z.string(),
  question: LocalText.nullable(),
  answers: z.number().int(),
  right: z.number(),
  /** Right among the upper half of the class less right among the lower; null with too few answers. */
  discrimination: z.number().nullable(),
  wrong: z.object({ response: z.string(), times: z.number().int() }).nullable(),
});
export const ClassSkills = z
  .object({
    ...through,
    class: z.object({ id: z.string(), title: z.string() }),
    skills: z.array(TitledSkill.extend({ subjectTitle: LocalText })),
    learners: z.array(z.object({ learner: PersonName, cells: z.array(Cell) })),
    /** Skills that several are weak in, most first, with who they are: a group for small-group teaching each. */
    gaps: z.array(z.object({ skill: z.string(), weak: z.array(z.string()), tried: z.number().int() })),
    /** By skill: who knows all that comes before it and has not begun. */
    ready: z.array(z.object({ skill: z.string(), learners: z.array(z.string()) })),
    confusing: z.array(ConfusingItem),
    latest: z.array(z.object({ learner: z.string(), item: z.string(), skill: z.string(), correct: z.boolean(), at: Instant })),
  })
  .meta({ id: 'ClassSkills' });
export type ClassSkills = z.infer<typeof ClassSkills>;
/** That something new is in the tables: what to ask again is for the page to say. */
export const ClassPulse = z.object({ ...through, answers: z.number().int() });
