import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { type EventLog } from '@pharos/event-log';
import { type Registry } from '@pharos/registry';
import { type Logger } from '@pharos/runtime';
import { type Vault } from '@pharos/vault';
import { type Warehouse } from '@pharos/warehouse';
import { PoliciesController } from './admin/policies.controller.js';
import { UsersController } from './admin/users.controller.js';
import { KeptAnswers } from './answers/kept-answers.js';
import { Present } from './answers/present.js';
import { AlertDesk } from './alerts/alert-desk.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { CaseloadReader } from './alerts/caseload.js';
import { CaseloadController } from './alerts/caseload.controller.js';
import { createWordsOf } from './alerts/words-of.js';
import { ClassDesk } from './classes/class-desk.js';
import { ClassesController } from './classes/classes.controller.js';
import { CohortDesk } from './cohorts/cohort-desk.js';
import { CohortPatterns } from './cohorts/cohort-patterns.js';
import { patternPool, type PatternWorker } from './cohorts/pattern-pool.js';
import { CohortsController } from './cohorts/cohorts.controller.js';
import { OverviewController } from './cohorts/overview.controller.js';
import { type ForwardFrom } from './forwards/forward-from.js';
import { ForwardsController } from './forwards/forwards.controller.js';
import { UnroutedProblemFilter } from './http/unrouted-problem.filter.js';
import { HealthController } from './operations/health.controller.js';
import { JobsController } from './operations/jobs.controller.js';
import { LettersController } from './letters/letters.controller.js';
import { type Letters } from './letters/letters.js';
import { LivePlatformsController } from './operations/live-platforms.controller.js';
import { PlatformsController } from './operations/platforms.controller.js';
import { LearnerReader } from './learners/learner-reader.js';
import { AssigningController } from './learning/assigning.controller.js';
import { AssigningDesk } from './learning/assigning-desk.js';
import { BadgeDesk } from './learning/badge-desk.js';
import { GoalDesk } from './learning/goal-desk.js';
import { GoalsController } from './learning/goals.controller.js';
import { GrowthController } from './learning/growth.controller.js';
import { NudgeDesk } from './learning/nudge-desk.js';
import { NudgesController } from './learning/nudges.controller.js';
import { PlacementDesk } from './learning/placement-desk.js';
import { PlanDesk } from './learning/plan-desk.js';
import { PlansController } from './learning/plans.controller.js';
import { PlatformAnswers } from './learning/platform-answers.js';
import { QueueDesk } from './learning/queue-desk.js';
import { VoiceDesk } from './learning/voice-desk.js';
import { LearnersController } from './learners/learners.controller.js';
import { MineController } from './mine/mine.controller.js';
import { MineDesk } from './mine/mine-desk.js';
import { AuditsController } from './models/audits.controller.js';
import { GateController } from './models/gate.controller.js';
import { LendingController } from './models/lending.controller.js';
import { ModelsController } from './models/models.controller.js';
import { LearnerAccess, type SchoolsOf } from './people/learner-access.js';
import { Names } from './people/names.js';
import { Places } from './places/places.js';
import { AnswerRecorder } from './practice/answer-recorder.js';
import { ContentShelf } from './practice/content-shelf.js';
import { KeptAnswersController } from './practice/kept-answers.controller.js';
import { KnowledgeController } from './practice/knowledge.controller.js';
import { KnowledgeDesk } from './practice/knowledge-desk.js';
import { PracticeController } from './practice/practice.controller.js';
import { type SendStatement } from './practice/send-statement.js';
import { PlacesController } from './places/places.controller.js';
import { schoolsOfLearners } from './questions/schools-of-learners.js';
import { SessionController } from './session/session.controller.js';
import { StatementDesk } from './statements/statement-desk.js';
import { type StatementReader } from './statements/statement-reader.js';
import { StatementsController } from './statements/statements.controller.js';
import { type InsightsSettings } from './settings.js';
import {
  ACCESS, ANSWERS, ASSIGNING, BADGES, MINE, NUDGES, PLACEMENTS, RECORDER, GOALS, PLANS, QUEUE, VOICE, PATTERNS, CLASS_DESK, KNOWLEDGE, SEND_STATEMENT, SHELF, CASELOAD, COHORTS, type Clock, CLOCK, DESK, FORWARD_FROM, LEARNERS, LETTERS, LOG, LOGGER, NAMES, PLACES, REGISTRY, SETTINGS, STATEMENTS, VAULT, WAREHOUSE, WATERMARK,
} from './tokens.js'; // prettier-ignore
import { Watermark } from './watermark.js';

/** What the composition hands in. Nothing else reaches this service. */
export interface InsightsParts {
  readonly registry: Registry;
  readonly vault: Vault;
  readonly warehouse: Warehouse;
  readonly log: EventLog;
  readonly now: Clock;
  readonly logger: Logger;
  readonly settings: InsightsSettings;
  /** How answers of the practice place reach the door; without it there is no practice place. */
  readonly sendStatement?: SendStatement;
  /** Opens dead letters and sends them through the door again. */
  readonly letters: Letters;
  /** Where a new target of forwarding begins: the forwarder's own position. */
  readonly forwardFrom: ForwardFrom;
  /** Where what may be shown is worked out; a thread of its own unless told otherwise. */
  readonly patterns?: PatternWorker;
  /** Reads statements as the record store answers them. */
  readonly statements: StatementReader;
}

/** Controllers by area; a test holds their routes against the contract. */
export const controllers = [
  SessionController,
  OverviewController,
  CohortsController,
  PlacesController,
  CaseloadController,
  AlertsController,
  LearnersController,
  ModelsController,
  AuditsController,
  GateController,
  LendingController,
  UsersController,
  PoliciesController,
  JobsController,
  PlatformsController,
  LivePlatformsController,
  ForwardsController,
  StatementsController,
  LettersController,
  HealthController,
  PracticeController,
  KnowledgeController,
  ClassesController,
  GoalsController,
  PlansController,
  AssigningController,
  GrowthController,
  KeptAnswersController,
  NudgesController,
  MineController,
] as const;

function providersOf({
  registry,
  vault,
  warehouse,
  log,
  now,
  logger,
  settings,
  sendStatement,
  letters,
  forwardFrom,
  patterns = patternPool(),
  statements,
}: InsightsParts): Provider[] {
  const names = new Names(vault, registry);
  const places = new Places(warehouse, now);
  const watermark = new Watermark(log, settings.foldConsumer, now);
  const folded = () => watermark.folded();
  const schoolsOf: SchoolsOf = async (tenant, learners) => {
    const rows = await warehouse.tenant(tenant).ask(schoolsOfLearners(learners));
    return new Map(rows.map(({ learner, schools }) => [learner, schools]));
  };
  const access = new LearnerAccess((tenant) => registry.tenant(tenant), vault, schoolsOf);
  const desk = new AlertDesk(registry, vault, access, names, createWordsOf(registry, places), now);
  const through = () => watermark.through();
  const learners = new LearnerReader({ registry, vault, warehouse, access, names, places, desk, through, now });
  const caseload = new CaseloadReader(registry, vault, desk, through, now);
  const shelf = new ContentShelf(registry, now);
  const kept = new KeptAnswers(warehouse, folded, now);
  const classDesk = new ClassDesk({ registry, warehouse, shelf, places, names, now });
  const knowledge = new KnowledgeDesk(registry, warehouse, shelf, vault, now);
  const send = sendStatement ?? null;
  const platforms = new PlatformAnswers({ registry, warehouse, access, vault, now });
  const queue = new QueueDesk({ registry, vault, access, names, shelf, send, platforms, now });
  const recorder = new AnswerRecorder(vault, send, queue);
  const values: readonly (readonly [symbol, unknown])[] = [
    [REGISTRY, registry], [VAULT, vault], [WAREHOUSE, warehouse], [LOG, log], [CLOCK, now], [LOGGER, logger], [SETTINGS, settings],
    [LETTERS, letters], [FORWARD_FROM, forwardFrom],
    [STATEMENTS, new StatementDesk({ registry, warehouse, names, places, shelf, watermark, reader: statements })],
    [NAMES, names], [PLACES, places], [WATERMARK, watermark], [ACCESS, access], [DESK, desk], [CASELOAD, caseload], [LEARNERS, learners], 
    [COHORTS, new CohortDesk(registry, vault, places, new Present(folded, now))], [ANSWERS, kept], [PATTERNS, new CohortPatterns(kept, patterns)],
    [SEND_STATEMENT, send], [SHELF, shelf], [KNOWLEDGE, knowledge], [CLASS_DESK, classDesk],
    [GOALS, new GoalDesk(registry, warehouse, shelf, vault, now)], [VOICE, new VoiceDesk({ registry, vault, access, names, shelf, knowledge, now })],
    [PLANS, new PlanDesk(registry, warehouse, shelf, knowledge, now)], [ASSIGNING, new AssigningDesk({ registry, warehouse, shelf, classes: classDesk, places, names, vault, now })],
    [QUEUE, queue], [RECORDER, recorder], [PLACEMENTS, new PlacementDesk(registry, shelf, recorder, now)],
    [MINE, new MineDesk({ registry, warehouse, shelf, places, now })],
    [NUDGES, new NudgeDesk(registry, warehouse, log, now)],
    [BADGES, new BadgeDesk({ registry, warehouse, vault, shelf, publicUrl: settings.publicUrl, now })],
  ]; // prettier-ignore
  return [{ provide: APP_FILTER, useClass: UnroutedProblemFilter }, ...values.map(([provide, useValue]) => ({ provide, useValue }))];
}

/** What people and platforms ask and do, over HTTP. */
@Module({})
export class InsightsModule {
  /** @example InsightsModule.register({ registry, vault, warehouse, log, now: () => new Date(), logger, settings }) */
  static register(parts: InsightsParts): DynamicModule {
    return { module: InsightsModule, controllers: [...controllers], providers: providersOf(parts) };
  }
}
