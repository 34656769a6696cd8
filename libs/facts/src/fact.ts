import { type z } from 'zod';
import * as alerts from './alert-facts.js';
import { type Unrecorded } from './envelope.js';
import * as gate from './gate-facts.js';
import * as governance from './governance-facts.js';
import * as knowledge from './knowledge-facts.js';
import * as learning from './learning-facts.js';
import * as models from './model-facts.js';
import * as roster from './roster-facts.js';
import * as statements from './statement-facts.js';
import { type Topic } from './topics.js';

/** Every fact that the log may hold, by the topic that holds it. */
export const catalogue = {
  statements: [statements.StatementRecorded, statements.StatementVoided, statements.ActivitySummarised],
  roster: [
    roster.ClassDefined, roster.CalendarDefined, roster.LearnerEnrolled, roster.LearnerWithdrawn, roster.WorkDue,
    roster.AttendanceMarked, roster.IncidentRecorded, roster.GradeReported, roster.AttributeDeclared,
    roster.AccommodationDeclared, roster.OutcomeRecorded, roster.CounselorAssigned, roster.TeacherAssigned, roster.LearnersLinked,
  ],
  scores: [models.RiskScored, models.MasteryEstimated],
  models: [
    models.ModelTrained, models.FairnessAudited, models.SelectionAudited, models.PracticeAudited, models.ModelPromoted, models.ModelRejected, models.ModelObserved,
    gate.InputsWatched, knowledge.ItemsPlaced, knowledge.KnowledgeSet,
  ],
  alerts: [
    alerts.AlertRaised, alerts.AlertUpdated, alerts.AlertAssigned, alerts.AlertAcknowledged, alerts.InterventionLogged, alerts.AlertNoted,
    alerts.AlertSnoozed, alerts.AlertOverridden, alerts.AlertContested, alerts.AlertResolved, alerts.AlertReopened,
    alerts.ActionWithdrawn, alerts.SourceSilent, alerts.AlertHeld, alerts.AlertReleased,
  ],
  governance: [governance.ConsentChanged, governance.LearnerErased, governance.PolicyChanged, governance.IdentityRead],
  'dead-letters': [governance.DeadLettered],
  learning: [
    learning.GoalSet, learning.GoalDropped, learning.MasteryContested, learning.ContestAnswered, learning.LearnerSpoke, learning.InterestsSet,
    learning.PreferencesSet, learning.WeekPlanned, learning.PathAssigned, learning.PathWithdrawn, learning.NextOverridden, learning.NextReleased,
    learning.GroupsSet, learning.AnswerQueued, learning.AnswerMarked, learning.DigestWritten, learning.DigestSent, learning.AssessmentStarted,
    learning.AssessmentAnswered, learning.AssessmentEnded, learning.BadgeAwarded, learning.BadgeRevoked, learning.NudgeDecided,
  ],
} as const satisfies Record<Topic, readonly z.ZodType[]>; // prettier-ignore

type Catalogue = typeof catalogue;

/** A fact of one topic. */
export type FactOf<T extends Topic> = z.infer<Catalogue[T][number]>;

/** Any fact of the log. */
export type Fact = { [T in Topic]: FactOf<T> }[Topic];

/** A fact on its way to the log. */
export type NewFact = Unrecorded<Fact>;

/** A fact of one type: `FactNamed<'RiskScored'>`. */
export type FactNamed<Type extends Fact['type']> = Extract<Fact, { type: Type }>;

type SchemaOf = {
  readonly shape: { readonly type: { readonly value: string }; readonly version: { readonly value: number } };
} & z.ZodType<Fact>;

export interface FactKind {
  readonly topic: Topic;
  readonly version: number;
  readonly schema: z.ZodType<Fact>;
}

/** The kind of each fact type: its topic, present version and schema. */
export const kinds: ReadonlyMap<string, FactKind> = new Map(
  Object.entries(catalogue).flatMap(([topic, schemas]) =>
    (schemas as unknown as readonly SchemaOf[]).map((schema) => [
      schema.shape.type.value,
      { topic: topic as Topic, version: schema.shape.version.value, schema },
    ]),
  ),
);

/** The topic that a fact of this type belongs to. @throws RangeError for a type that the catalogue does not have */
export function topicOf(type: Fact['type']): Topic {
  const kind = kinds.get(type);
  if (!kind) throw new RangeError(`no fact is called ${type}`);
  return kind.topic;
}
