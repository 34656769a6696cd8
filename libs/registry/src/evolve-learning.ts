import { type LearningData, type LearningKind, learningSteps, type LearningStatus, type NewLearningFact } from './learning-steps.js';

/** One thing that people decide about, as its facts left it. */
export interface LearningRecord<Kind extends LearningKind = LearningKind> {
  readonly kind: Kind;
  readonly id: string;
  /** Facts so far. */
  readonly version: number;
  readonly status: LearningStatus;
  readonly openedAt: string;
  readonly changedAt: string;
  /** Who opened it, and who changed it last: ids of users, or of a job. */
  readonly openedBy: string;
  readonly changedBy: string;
  readonly data: LearningData[Kind];
}

export type LearningRefusal = 'unknown' | 'exists' | 'closed';

/** The record that a fact is about. */
export function recordOf(fact: NewLearningFact): { readonly kind: LearningKind; readonly id: string } {
  const { kind, id } = learningSteps[fact.type];
  return { kind, id: String((fact.data as Readonly<Record<string, unknown>>)[id]) };
}

/** Why a fact cannot be decided on a record as it stands; undefined when it can. */
export function refuseLearning(state: LearningRecord | undefined, fact: NewLearningFact): LearningRefusal | undefined {
  const { from } = learningSteps[fact.type];
  if (from.includes(state?.status ?? 'none')) return undefined;
  return state === undefined ? 'unknown' : from.includes('none') ? 'exists' : 'closed';
}

/** The record after a fact. Folding never refuses: what lies in the log was decided. */
export function evolveLearning(state: LearningRecord | undefined, fact: NewLearningFact): LearningRecord {
  const { to } = learningSteps[fact.type];
  return {
    ...recordOf(fact),
    version: (state?.version ?? 0) + 1,
    status: to,
    openedAt: state?.openedAt ?? fact.occurredAt,
    changedAt: fact.occurredAt,
    openedBy: state?.openedBy ?? fact.data.by,
    changedBy: fact.data.by,
    data: (fact.type === 'AssessmentAnswered' ? answered(state, fact.data) : { ...state?.data, ...fact.data }) as LearningRecord['data'],
  };
}

/** Answers of a test are gathered in order. */
function answered(
  state: LearningRecord | undefined,
  { item, correct, ...rest }: { readonly item: string; readonly correct: boolean },
): object {
  const before = (state?.data ?? {}) as LearningData['assessment'];
  return { ...before, ...rest, given: [...(before.given ?? []), { item, correct }] };
}
