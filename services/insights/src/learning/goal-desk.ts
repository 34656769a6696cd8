import { randomUUID } from 'node:crypto';
import { type Goal, type Goals, type GoalTarget } from '@pharos/contract';
import { type LearningRecord, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { masteriesOf, type Warehouse } from '@pharos/warehouse';
import { type z } from 'zod';
import { type Caller } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type ContentShelf } from '../practice/content-shelf.js';
import { byLearner } from '../practice/standings.js';
import { answerDays } from '../questions/answer-days.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';
import { goalChoices, type GoalContext, goalView, targetOf } from './goal-view.js';
import { pathsFor, withTitles } from './learner-wishes.js';

const PACE_DAYS = 28;
const DAY_MS = 86_400_000;
const MOST_GOALS = 20;

export interface NewGoal {
  readonly target: z.infer<typeof GoalTarget>;
  readonly level: Goal['level'];
  readonly dueOn: string | null;
}

/** Goals of learners. Whether the caller may see the learner is decided before. */
export class GoalDesk {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly shelf: ContentShelf,
    private readonly vault: Vault,
    private readonly now: Clock,
  ) {}

  async list(tenant: string, learner: string): Promise<Omit<Goals, 'through'>> {
    const [context, goals, paths] = await Promise.all([
      this.context(tenant, learner),
      this.registry.tenant(tenant).learning.list('goal', { learners: [learner], statuses: ['open'] }),
      this.pathsOf(tenant, learner),
    ]);
    const items = goals.map((goal) => goalView(goal, context, paths));
    const byDate = (a: Goal, b: Goal): number => ((a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : 1);
    return { items: items.sort(byDate), pace: context.days.reduce((sum, day) => sum + day, 0) / PACE_DAYS, choices: goalChoices(context.shelf, paths) };
  } // prettier-ignore

  async set(caller: Caller, learner: string, { target, level, dueOn }: NewGoal): Promise<Goal> {
    const [shelf, paths] = await Promise.all([this.shelf.of(caller.tenant), this.pathsOf(caller.tenant, learner)]);
    const found = targetOf(target, shelf, paths);
    if (found === undefined) throw new Refusal('not-possible', { detail: 'There is nothing of that name to aim at. Choose one of those that are offered.' });
    this.mustLieAhead(dueOn);
    const { learning } = this.registry.tenant(caller.tenant);
    const open = await learning.list('goal', { learners: [learner], statuses: ['open'] });
    if (open.length >= MOST_GOALS) throw new Refusal('not-possible', { detail: `${MOST_GOALS} goals at once are the most. Let one go first.` });
    const fact = learningFact(caller, 'GoalSet', learner, { goal: randomUUID(), learner, target, skills: [...found.skills], level, dueOn }, this.now());
    const [record] = decided(await learning.record([fact]));
    return this.view(caller.tenant, learner, record as LearningRecord<'goal'>);
  } // prettier-ignore

  async change(caller: Caller, learner: string, goal: string, { version, level, dueOn }: Pick<NewGoal, 'level' | 'dueOn'> & { readonly version: number }): Promise<Goal> {
    const before = await this.find(caller.tenant, learner, goal);
    if (dueOn !== before.data.dueOn) this.mustLieAhead(dueOn);
    const { learning } = this.registry.tenant(caller.tenant);
    const { by: _, ...data } = before.data;
    const fact = learningFact(caller, 'GoalSet', learner, { ...data, level, dueOn }, this.now());
    const [record] = decided(await learning.record([fact], version));
    return this.view(caller.tenant, learner, record as LearningRecord<'goal'>);
  } // prettier-ignore

  async drop(caller: Caller, learner: string, goal: string): Promise<void> {
    const { data } = await this.find(caller.tenant, learner, goal);
    const fact = learningFact(caller, 'GoalDropped', data.learner, { goal, learner: data.learner }, this.now());
    decided(await this.registry.tenant(caller.tenant).learning.record([fact]));
  }

  /** @throws Refusal for a date that is over: a goal is something to come */
  private mustLieAhead(dueOn: string | null): void {
    if (dueOn !== null && dueOn < this.now().toISOString().slice(0, 10))
      throw new Refusal('not-possible', {
        detail: 'That day is over. Choose one to come.',
        errors: [{ path: 'body.dueOn', message: 'must lie ahead' }],
      });
  }

  private async find(tenant: string, learner: string, goal: string): Promise<LearningRecord<'goal'>> {
    const own = this.registry.tenant(tenant);
    const [record, tokens] = await Promise.all([own.learning.get('goal', goal), own.access.tokensOf(learner)]);
    if (record === undefined || !tokens.includes(record.data.learner)) throw notFound();
    return record;
  }

  private async view(tenant: string, learner: string, record: LearningRecord<'goal'>): Promise<Goal> {
    const [context, paths] = await Promise.all([this.context(tenant, learner), this.pathsOf(tenant, learner)]);
    return goalView(record, context, paths);
  }

  private async pathsOf(tenant: string, learner: string): Promise<readonly LearningRecord<'path'>[]> {
    const { access, learning } = this.registry.tenant(tenant);
    const [classes, tokens] = await Promise.all([access.classesOfLearner(learner), access.tokensOf(learner)]);
    return classes.length === 0
      ? []
      : withTitles(this.vault, tenant, pathsFor(await learning.list('path', { classes, statuses: ['open'] }), tokens));
  }

  async context(tenant: string, learner: string): Promise<GoalContext> {
    const now = this.now().getTime();
    const today = new Date(now).toISOString().slice(0, 10);
    const from = new Date(now - (PACE_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
    const tables = this.warehouse.tenant(tenant);
    const [shelf, policy, masteries, answers] = await Promise.all([
      this.shelf.of(tenant),
      this.registry.tenant(tenant).policies.get('mastery'),
      tables.ask(masteriesOf([learner])),
      tables.ask(answerDays(learner, from)),
    ]);
    const counts = new Map<string, number>();
    for (const { day, activity, answers: count } of answers)
      if (shelf.skillOf(activity) !== undefined) counts.set(day, (counts.get(day) ?? 0) + count);
    const days = Array.from({ length: PACE_DAYS }, (_, back) => counts.get(new Date(now - back * DAY_MS).toISOString().slice(0, 10)) ?? 0);
    return { shelf, own: byLearner(masteries).get(learner), levels: policy.value.levels, days, today };
  }
}
