import { type PlanEntry, type WeekPlan } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { learnerWork, masteriesOf, type Warehouse } from '@pharos/warehouse';
import { DateTime } from 'luxon';
import { type Caller } from '../http/caller.js';
import { Refusal } from '../http/refusal.js';
import { type ContentShelf, type Shelf } from '../practice/content-shelf.js';
import { type KnowledgeDesk } from '../practice/knowledge-desk.js';
import { answerDays } from '../questions/answer-days.js';
import { timeZoneOf } from '../tenant-zone.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';
import { addDays, doneOf, mondayOf, type Planned, planWeek, workDue } from './plan-week.js';

/** Skills that a week's plan offers to go on with. */
const NEXT = 3;
/** Reviews of one week: the most urgent ones. */
const MOST_REVIEWS = 7;

type Week = Omit<WeekPlan, 'through'>;

/** Weeks of learners. Whether the caller may see the learner is decided before. */
export class PlanDesk {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly shelf: ContentShelf,
    private readonly knowledge: KnowledgeDesk,
    private readonly now: Clock,
  ) {}

  /** @param asked any day of the week; the present one without */
  async week(tenant: string, learner: string, asked?: string): Promise<Week> {
    const own = this.registry.tenant(tenant);
    const today = await this.today(tenant);
    const week = mondayOf(asked ?? today);
    const [shelf, kept, feed, parts] = await Promise.all([
      this.shelf.of(tenant),
      own.learning.list('plan', { learners: [learner] }).then((all) => all.find(({ data }) => data.week === week)),
      own.calendarFeeds.has(learner),
      this.parts(tenant, learner, week),
    ]);
    const entries: readonly Planned[] = kept?.data.entries ?? planWeek({ week, today, ...parts });
    const done = doneOf(entries, week, parts);
    const shown = entries.map((entry, index): PlanEntry => ({ ...entry, ...namesOf(entry, parts, shelf), done: done[index]! }));
    const sum = (of: readonly PlanEntry[]) => ({ minutes: of.reduce((all, { minutes }) => all + minutes, 0), entries: of.length });
    return {
      week,
      kept: kept !== undefined,
      version: kept?.version ?? 0,
      entries: shown,
      due: workDue({ week, today, work: parts.work }).map(({ work, title, dueOn }) => ({ work, title: { en: title }, dueOn })),
      planned: sum(shown),
      done: sum(shown.filter((entry) => entry.done)),
      feed,
    };
  }

  async keep(caller: Caller, learner: string, body: { readonly week: string; readonly version: number; readonly entries: readonly Planned[] }): Promise<Week> {
    const { week, entries } = body;
    if (mondayOf(week) !== week) throw new Refusal('not-possible', { detail: 'A week begins on Monday.', errors: [{ path: 'body.week', message: 'must be a Monday' }] });
    const outside = entries.findIndex(({ on }) => on < week || on > addDays(week, 6));
    if (outside !== -1) throw new Refusal('not-possible', { detail: 'That day is not in the week.', errors: [{ path: `body.entries.${outside}.on`, message: 'must lie in the week' }] });
    const plan = `${learner}/${week}`;
    const { learning } = this.registry.tenant(caller.tenant);
    if (body.version === 0 && (await learning.get('plan', plan)) !== undefined)
      throw new Refusal('conflict', { detail: 'The week has a plan already. Load it again to see it.' });
    const fact = learningFact(caller, 'WeekPlanned', learner, { plan, learner, week, entries: entries.map(({ on, kind, what, minutes }) => ({ on, kind, what, minutes })) }, this.now());
    decided(await learning.record([fact], body.version === 0 ? undefined : body.version));
    return this.week(caller.tenant, learner, week);
  } // prettier-ignore

  /** The present week and the next, for calendar programs. */
  async feed(tenant: string, learner: string): Promise<readonly PlanEntry[]> {
    const today = await this.today(tenant);
    const weeks = await Promise.all([today, addDays(today, 7)].map((day) => this.week(tenant, learner, day)));
    return weeks.flatMap(({ entries }) => entries);
  }

  private async today(tenant: string): Promise<string> {
    const zone = timeZoneOf(await this.registry.tenants.get(tenant));
    return DateTime.fromJSDate(this.now(), { zone }).toISODate()!;
  }

  private async parts(tenant: string, learner: string, week: string) {
    const tables = this.warehouse.tenant(tenant);
    const [shelf, work, masteries, answers, next] = await Promise.all([
      this.shelf.of(tenant),
      tables.ask(learnerWork(learner)),
      tables.ask(masteriesOf([learner])),
      tables.ask(answerDays(learner, week)),
      this.knowledge.next(tenant, learner, { limit: NEXT, locale: 'en' }),
    ]);
    const practised = new Map<string, Set<string>>();
    for (const { day, activity } of answers) {
      const skill = shelf.skillOf(activity);
      if (skill !== undefined) practised.set(day, (practised.get(day) ?? new Set()).add(skill));
    }
    const reviews = masteries
      .filter(({ skill }) => shelf.skillById.has(skill))
      .map(({ skill, reviewAt }) => ({ skill, dueOn: new Date(reviewAt).toISOString().slice(0, 10) }))
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.skill < b.skill ? -1 : 1));
    const due = work.flatMap(({ work: id, title, kind, dueOn, handedInAt }) =>
      dueOn === null ? [] : [{ work: id, title, kind, dueOn, handedInOn: handedInAt?.slice(0, 10) ?? null }],
    );
    return {
      work: due,
      reviews: reviews.slice(0, MOST_REVIEWS),
      next: next.map(({ item }) => item.skill),
      practised,
      handedIn: new Map(due.map(({ work: id, handedInOn }) => [id, handedInOn])),
    };
  }
}

function namesOf({ kind, what }: Planned, { work }: { readonly work: readonly { readonly work: string; readonly title: string; readonly dueOn: string }[] }, shelf: Shelf): Pick<PlanEntry, 'title' | 'dueOn'> {
  if (kind !== 'work') return { title: shelf.skillById.get(what)?.title ?? { en: what }, dueOn: null };
  const piece = work.find((one) => one.work === what);
  return { title: { en: piece?.title ?? what }, dueOn: piece?.dueOn ?? null };
} // prettier-ignore
