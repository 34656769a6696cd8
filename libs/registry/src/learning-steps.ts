import { type FactNamed, type FactOf } from '@pharos/facts';

type LearningFact = FactOf<'learning'>;
export type LearningFactType = LearningFact['type'];
/** A fact as it is decided: without the times that the log adds. */
export type NewLearningFact = LearningFact extends infer F ? (F extends LearningFact ? Omit<F, 'recordedAt' | 'knownAt'> : never) : never;

type Data<Type extends LearningFactType> = FactNamed<Type>['data'];

/** What each kind of record holds: the data of its facts, later ones over earlier ones. */
export interface LearningData {
  readonly goal: Data<'GoalSet'>;
  readonly contest: Data<'MasteryContested'> & Partial<Pick<Data<'ContestAnswered'>, 'answer' | 'reply'>>;
  readonly word: Data<'LearnerSpoke'>;
  readonly interests: Data<'InterestsSet'>;
  readonly preferences: Data<'PreferencesSet'>;
  readonly plan: Data<'WeekPlanned'>;
  readonly path: Data<'PathAssigned'>;
  readonly override: Data<'NextOverridden'>;
  readonly groups: Data<'GroupsSet'>;
  readonly answer: Data<'AnswerQueued'> & Partial<Pick<Data<'AnswerMarked'>, 'share' | 'reply'>>;
  readonly digest: Data<'DigestWritten'> & Partial<Pick<Data<'DigestSent'>, 'channel'>>;
  readonly assessment: Data<'AssessmentStarted'> & {
    readonly given?: readonly Pick<Data<'AssessmentAnswered'>, 'item' | 'correct'>[];
  } & Partial<Pick<Data<'AssessmentEnded'>, 'ability' | 'error' | 'placed'>>;
  readonly badge: Data<'BadgeAwarded'> & Partial<Pick<Data<'BadgeRevoked'>, 'reason'>>;
  readonly nudge: Data<'NudgeDecided'>;
}
export type LearningKind = keyof LearningData;

/** Where a record stands. `open` ones can still change. */
export type LearningStatus = 'open' | 'done' | 'dropped';

interface Step {
  readonly kind: LearningKind;
  /** Field of the fact's data that names the record. */
  readonly id: string;
  /** What the record has to be for the fact to be decided; `none`: not there yet. */
  readonly from: readonly ('none' | LearningStatus)[];
  readonly to: LearningStatus;
}

/** Which record each fact is about, when it may be decided, and what it leaves behind: everything that deciding and folding know. */
export const learningSteps: Readonly<Record<LearningFactType, Step>> = {
  GoalSet: { kind: 'goal', id: 'goal', from: ['none', 'open'], to: 'open' },
  GoalDropped: { kind: 'goal', id: 'goal', from: ['open'], to: 'dropped' },
  MasteryContested: { kind: 'contest', id: 'contest', from: ['none'], to: 'open' },
  ContestAnswered: { kind: 'contest', id: 'contest', from: ['open'], to: 'done' },
  LearnerSpoke: { kind: 'word', id: 'word', from: ['none'], to: 'done' },
  InterestsSet: { kind: 'interests', id: 'learner', from: ['none', 'open'], to: 'open' },
  PreferencesSet: { kind: 'preferences', id: 'learner', from: ['none', 'open'], to: 'open' },
  WeekPlanned: { kind: 'plan', id: 'plan', from: ['none', 'open'], to: 'open' },
  PathAssigned: { kind: 'path', id: 'path', from: ['none', 'open'], to: 'open' },
  PathWithdrawn: { kind: 'path', id: 'path', from: ['open'], to: 'dropped' },
  NextOverridden: { kind: 'override', id: 'learner', from: ['none', 'open', 'dropped'], to: 'open' },
  NextReleased: { kind: 'override', id: 'learner', from: ['open'], to: 'dropped' },
  GroupsSet: { kind: 'groups', id: 'class', from: ['none', 'open'], to: 'open' },
  AnswerQueued: { kind: 'answer', id: 'answer', from: ['none'], to: 'open' },
  AnswerMarked: { kind: 'answer', id: 'answer', from: ['open'], to: 'done' },
  DigestWritten: { kind: 'digest', id: 'digest', from: ['none'], to: 'open' },
  DigestSent: { kind: 'digest', id: 'digest', from: ['open'], to: 'done' },
  AssessmentStarted: { kind: 'assessment', id: 'assessment', from: ['none'], to: 'open' },
  AssessmentAnswered: { kind: 'assessment', id: 'assessment', from: ['open'], to: 'open' },
  AssessmentEnded: { kind: 'assessment', id: 'assessment', from: ['open'], to: 'done' },
  BadgeAwarded: { kind: 'badge', id: 'badge', from: ['none'], to: 'open' },
  BadgeRevoked: { kind: 'badge', id: 'badge', from: ['open'], to: 'dropped' },
  NudgeDecided: { kind: 'nudge', id: 'nudge', from: ['none'], to: 'done' },
};
