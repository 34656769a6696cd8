import { z } from 'zod';
import { Day, Id, Instant, PersonName, Titled, through, Token } from './basics.js';
import { LocalText, masteryLevels } from './practice.js';

const SkillId = z.string().min(1).max(200);
const version = z.number().int().positive();
const note = z.string().trim().min(1).max(2_000).optional();

export const goalLevels = ['familiar', 'proficient', 'mastered'] as const;
/** What a goal is about: one skill (or standard), a whole subject, a level of a framework, or a path that a teacher assigned. */
export const GoalTarget = z.object({ kind: z.enum(['skill', 'subject', 'level', 'path']), name: z.string().min(1).max(200) });
export const NewGoal = z.object({ target: GoalTarget, level: z.enum(goalLevels).default('proficient'), dueOn: Day.nullable() });
export const GoalChange = z.object({ version, level: z.enum(goalLevels), dueOn: Day.nullable() });

const GoalStep = z.object({
  skill: SkillId,
  title: LocalText,
  level: z.enum(masteryLevels).nullable(),
  /** Answers that it is likely to take; 0 once it is reached. */
  answers: z.number().int(),
  /** Whether all that it stands on is known: one of the ready ones can be chosen now. */
  ready: z.boolean(),
});

/** A goal and the way to it. */
export const Goal = z
  .object({
    goal: Id,
    version,
    target: GoalTarget,
    title: LocalText,
    level: z.enum(goalLevels),
    dueOn: Day.nullable(),
    setOn: Day,
    reached: z.number().int(),
    of: z.number().int(),
    /** Every skill on the way, prerequisites first; those that are reached as well. */
    steps: z.array(GoalStep),
    /** Answers that are likely to be left. */
    answers: z.number().int(),
    /** When it is likely reached at the present pace, with the range that eight in ten like this fall into; null without a pace. */
    likely: z.object({ on: Day, earliest: Day, latest: Day }).nullable(),
    standing: z.enum(['reached', 'on-time', 'tight', 'late', 'no-date', 'no-pace']),
  })
  .meta({ id: 'Goal' });
export type Goal = z.infer<typeof Goal>;

export const Goals = z
  .object({
    ...through,
    items: z.array(Goal),
    /** Answers a day over the last four weeks. */
    pace: z.number(),
    /** What a goal may be about. */
    choices: z.array(z.object({ target: GoalTarget, title: LocalText, skills: z.number().int() })),
  })
  .meta({ id: 'Goals' });
export type Goals = z.infer<typeof Goals>;

export const masteryContestReasons = ['know-it', 'do-not-know-it', 'not-my-answers', 'item-was-wrong', 'other'] as const;
export const NewContest = z.object({ skill: SkillId, reason: z.enum(masteryContestReasons), note });
export const contestAnswers = ['agreed', 'looked-again', 'stands'] as const;
export const ContestAnswer = z.object({ version, answer: z.enum(contestAnswers), reply: note });

/** "This looks wrong", and what a person answered. */
export const Contest = z
  .object({
    contest: Id,
    version,
    learner: PersonName,
    skill: SkillId,
    title: LocalText,
    reason: z.enum(masteryContestReasons),
    note: z.string().nullable(),
    shown: z.object({ level: z.enum(masteryLevels).nullable(), chance: z.number().nullable(), evidence: z.number().int() }),
    at: Instant,
    status: z.enum(['open', 'done']),
    answer: z.enum(contestAnswers).nullable(),
    reply: z.string().nullable(),
    answeredBy: PersonName.nullable(),
    answeredAt: Instant.nullable(),
  })
  .meta({ id: 'MasteryContest' });
export type Contest = z.infer<typeof Contest>;
export const Contests = z.object({ items: z.array(Contest) });

export const NewWord = z.object({ item: z.string().min(1).max(500), say: z.enum(['too-hard', 'too-easy']) });
export const Interests = z.object({ interests: z.array(z.string().min(1).max(100)).max(20) });
export const Preferences = z.object({ streaks: z.boolean(), nudges: z.boolean() });
/** What the learner told of themselves. Nothing of it is inferred. */
export const LearnerVoice = z
  .object({
    ...Interests.shape,
    /** What there is to be interested in. */
    choices: z.array(z.string()),
    /** How those of them that are subjects are called; other choices are called as they are. */
    titles: z.record(z.string(), LocalText),
    ...Preferences.shape,
    /** Whether the tenant allows streaks and nudges at all. */
    allowed: z.object({ streaks: z.boolean(), nudges: z.boolean() }),
    /** Whether a guardian has to agree before the learner is written to, and whether one did. */
    consent: z.object({ needed: z.boolean(), given: z.boolean() }),
    words: z.array(z.object({ say: z.enum(['too-hard', 'too-easy']), skill: SkillId, at: Instant })),
  })
  .meta({ id: 'LearnerVoice' });
export type LearnerVoice = z.infer<typeof LearnerVoice>;

export const planKinds = ['work', 'review', 'practice'] as const;
export const PlanEntry = z.object({
  on: Day,
  kind: z.enum(planKinds),
  /** Id of the work or the skill. */
  what: z.string(),
  title: LocalText,
  minutes: z.number().int(),
  /** For work: when it is due, extra days of an accommodation counted. */
  dueOn: Day.nullable(),
  done: z.boolean(),
});
export type PlanEntry = z.infer<typeof PlanEntry>;
/** A week from Monday on: what is planned, and what came of it. */
export const WeekPlan = z
  .object({
    ...through,
    week: Day,
    /** Whether the learner kept it; else it is a suggestion that changes with what is known. */
    kept: z.boolean(),
    version: z.number().int(),
    entries: z.array(PlanEntry),
    /** Work that is not in, whatever the plan says of it, the soonest first: due until the end of the week after, or over for two weeks at most. */
    due: z.array(z.object({ work: z.string(), title: LocalText, dueOn: Day })),
    planned: z.object({ minutes: z.number().int(), entries: z.number().int() }),
    done: z.object({ minutes: z.number().int(), entries: z.number().int() }),
    /** Whether there is an address that calendar programs read. */
    feed: z.boolean(),
  })
  .meta({ id: 'WeekPlan' });
export type WeekPlan = z.infer<typeof WeekPlan>;
export const WeekQuery = z.object({ week: Day.optional() });
export const KeepPlan = z.object({
  week: Day,
  version: z.number().int().nonnegative(),
  entries: z.array(z.object({ on: Day, kind: z.enum(planKinds), what: z.string().min(1).max(500), minutes: z.number().int().min(1).max(600) })).max(100),
}); // prettier-ignore
export const Feed = z.object({ url: z.url() });
export const NewFeed = z.object({ locale: z.enum(['en', 'es']).default('en') });

export const PathBody = z.object({
  title: z.string().trim().min(1).max(200),
  skills: z.array(SkillId).min(1).max(100),
  /** Null for everybody in the class. */
  learners: z.array(Token).max(500).nullable(),
  dueOn: Day.nullable(),
  locked: z.boolean().default(false),
});
export const PathChange = z.object({ ...PathBody.shape, version });
export const AssignedPath = z
  .object({
    path: Id,
    version,
    class: Titled,
    title: z.string(),
    skills: z.array(z.object({ skill: SkillId, title: LocalText })),
    learners: z.array(Token).nullable(),
    dueOn: Day.nullable(),
    locked: z.boolean(),
    /** How far the learners of the path are: skills at the level of proficient or above, of all. */
    progress: z.array(z.object({ learner: Token, reached: z.number().int() })),
  })
  .meta({ id: 'AssignedPath' });
export type AssignedPath = z.infer<typeof AssignedPath>;
export const AssignedPaths = z.object({ items: z.array(AssignedPath) });

export const OverrideBody = z.object({ skill: SkillId, until: Day, reason: z.string().trim().min(1).max(500) });
export const Override = z
  .object({ skill: SkillId, title: LocalText, until: Day, reason: z.string(), by: PersonName, at: Instant })
  .meta({ id: 'NextOverride' });
export const Overrides = z.object({ current: Override.nullable() });

export const Group = z.object({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  skill: SkillId.nullable(),
  learners: z.array(Token).max(100),
});
export const GroupsBody = z.object({ version: z.number().int().nonnegative(), groups: z.array(Group).max(40) });
export const Groups = z.object({ version: z.number().int(), groups: z.array(Group), suggested: z.array(Group) }).meta({ id: 'Groups' });
export type Groups = z.infer<typeof Groups>;

/** An open answer that waits for a teacher's eye. */
export const QueuedAnswer = z
  .object({
    answer: Id,
    version,
    learner: PersonName,
    item: z.string(),
    question: LocalText.nullable(),
    skill: SkillId,
    title: LocalText,
    response: z.string().nullable(),
    /** What was expected. */
    expected: z.string().nullable(),
    /** Share that grading would suggest; null where it has none. */
    suggestion: z.number().nullable(),
    because: z.string(),
    at: Instant,
  })
  .meta({ id: 'QueuedAnswer' });
export type QueuedAnswer = z.infer<typeof QueuedAnswer>;
export const AnswerQueue = z.object({ items: z.array(QueuedAnswer), waiting: z.number().int() });
export const AnswerMark = z.object({ version, share: z.number().min(0).max(1), reply: note });
