import { z } from 'zod';
import { day, fact, instant, token } from './envelope.js';

const id = z.string().min(1).max(200);
const by = z.string().min(1).max(200);
const skill = z.string().min(1).max(200);
const skills = z.array(skill).min(1).max(500);
/** Sealed with the learner's key: it may name people. */
const sealed = z.string().nullable();

export const goalLevels = ['familiar', 'proficient', 'mastered'] as const;
export const contestAnswers = ['agreed', 'looked-again', 'stands'] as const;

/** What a learner wants to know, by when. The skills are those that the target had when the goal was set. */
export const GoalSet = fact(
  'GoalSet',
  1,
  z.object({
    goal: id,
    learner: token,
    by,
    target: z.object({ kind: z.enum(['skill', 'subject', 'level', 'path']), name: z.string().min(1).max(200) }),
    skills,
    level: z.enum(goalLevels),
    dueOn: day.nullable(),
  }),
);
export const GoalDropped = fact('GoalDropped', 1, z.object({ goal: id, learner: token, by }));

/** A learner, or a guardian for them, says that what is said of a skill looks wrong. A person answers. */
export const MasteryContested = fact(
  'MasteryContested',
  1,
  z.object({
    contest: id,
    learner: token,
    by,
    skill,
    reason: z.string().min(1).max(64),
    note: sealed,
    /** What was shown to them then. */
    shown: z.object({ level: z.string().nullable(), chance: z.number().nullable(), evidence: z.number().int() }),
  }),
);
export const ContestAnswered = fact(
  'ContestAnswered',
  1,
  z.object({ contest: id, learner: token, by, answer: z.enum(contestAnswers), reply: sealed }),
);

/** "Too hard", "too easy": reorders among what is ready for a while. */
export const LearnerSpoke = fact(
  'LearnerSpoke',
  1,
  z.object({ word: id, learner: token, by, say: z.enum(['too-hard', 'too-easy']), item: z.string().min(1).max(500), skill }),
);
export const InterestsSet = fact(
  'InterestsSet',
  1,
  z.object({ learner: token, by, interests: z.array(z.string().min(1).max(100)).max(20) }),
);
/** What the learner wants to be spared. */
export const PreferencesSet = fact('PreferencesSet', 1, z.object({ learner: token, by, streaks: z.boolean(), nudges: z.boolean() }));
/** The week that a learner meant to have, kept so that it can be held against the week that came. */
export const WeekPlanned = fact(
  'WeekPlanned',
  1,
  z.object({
    plan: id,
    learner: token,
    by,
    /** Its Monday. */
    week: day,
    entries: z
      .array(
        z.object({ on: day, kind: z.enum(['work', 'practice', 'review']), what: z.string().min(1).max(500), minutes: z.number().int() }),
      )
      .max(100),
  }),
);

/** Skills in an order that a teacher chose, for a class or for some of it. Said again under the same id it is changed. */
export const PathAssigned = fact(
  'PathAssigned',
  1,
  z.object({
    path: id,
    class: id,
    /** Null for everybody in the class. */
    learners: z.array(token).max(500).nullable(),
    by,
    /** Sealed with the tenant's key: a teacher wrote it, and it may name people. */
    title: z.string().min(1),
    skills,
    dueOn: day.nullable(),
    /** Only its skills come next until they are known; else they come before others. */
    locked: z.boolean(),
  }),
);
export const PathWithdrawn = fact('PathWithdrawn', 1, z.object({ path: id, class: id, by }));
/** What a teacher put next for a learner, in the place of what was chosen. */
export const NextOverridden = fact(
  'NextOverridden',
  1,
  z.object({ learner: token, by, skill, instead: skill.nullable(), until: instant, reason: sealed }),
);
export const NextReleased = fact('NextReleased', 1, z.object({ learner: token, by }));
/** Groups for teaching in the small, as the teacher left them. */
export const GroupsSet = fact(
  'GroupsSet',
  1,
  z.object({
    class: id,
    by,
    /** Names are sealed with the tenant's key: a teacher wrote them. */
    groups: z.array(z.object({ id, name: z.string().min(1), skill: skill.nullable(), learners: z.array(token).max(100) })).max(40),
  }),
);

/** An open answer that could not be graded surely: it waits for a teacher. */
export const AnswerQueued = fact(
  'AnswerQueued',
  1,
  z.object({
    answer: id,
    learner: token,
    by,
    item: z.string().min(1).max(500),
    skill,
    response: sealed,
    /** Share from 0 to 1 that grading would suggest; null without one. */
    suggestion: z.number().nullable(),
    because: z.string().max(200),
  }),
);
export const AnswerMarked = fact(
  'AnswerMarked',
  1,
  z.object({ answer: id, learner: token, by, share: z.number().min(0).max(1), reply: sealed }),
);
const count = z.number().int().nonnegative();
/** What the week's letter to a teacher says of each class: counts, and no learner. */
export const DigestWritten = fact(
  'DigestWritten',
  1,
  z.object({
    digest: id,
    teacher: token,
    by,
    /** Its Monday. */
    week: day,
    classes: z
      .array(
        z.object({
          class: id,
          learners: count,
          /** Of them, those who answered something in the seven days before. */
          active: count,
          answers: count,
          /** Skills of learners that reached proficient or mastered in those days. */
          gained: count,
          gaps: z.array(z.object({ skill, weak: count, tried: count })).max(5),
          /** Learners who are ready to go on. */
          ready: count,
          /** Answers and contests that wait for a person. */
          waiting: count,
        }),
      )
      .max(100),
  }),
);
/** The week's letter to a teacher left. */
export const DigestSent = fact('DigestSent', 1, z.object({ digest: id, teacher: token, by, week: day, channel: z.enum(['mail', 'file']) }));

/** A placement test begins: its items are chosen by the bank and the seed that stand here. */
export const AssessmentStarted = fact(
  'AssessmentStarted',
  1,
  z.object({ assessment: id, learner: token, by, subject: z.string().min(1).max(100), seed: z.number().int() }),
);
export const AssessmentAnswered = fact(
  'AssessmentAnswered',
  1,
  z.object({ assessment: id, learner: token, by, item: z.string().min(1).max(500), correct: z.boolean() }),
);
/** What the placement test found: skills that are taken as known from now on. */
export const AssessmentEnded = fact(
  'AssessmentEnded',
  1,
  z.object({ assessment: id, learner: token, by, ability: z.number(), error: z.number(), placed: z.array(skill).max(500) }),
);

export const BadgeAwarded = fact(
  'BadgeAwarded',
  1,
  z.object({ badge: id, learner: token, by, name: z.string().min(1).max(200), skills, level: z.enum(goalLevels) }),
);
export const BadgeRevoked = fact(
  'BadgeRevoked',
  1,
  z.object({ badge: id, learner: token, by, reason: z.enum(['mistake', 'not-theirs', 'other']) }),
);

/** A nudge that was due: sent, or held back to learn what nudges do. */
export const NudgeDecided = fact(
  'NudgeDecided',
  1,
  z.object({
    nudge: id,
    learner: token,
    by,
    reason: z.enum(['review-due', 'goal-slipping', 'comeback']),
    channel: z.enum(['mail', 'webhook', 'none']),
    /** In the group that is not written to. */
    heldOut: z.boolean(),
  }),
);
