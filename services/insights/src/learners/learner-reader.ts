import {
  type AlertSummary,
  type LearnerList,
  type LearnerProfile,
  type LearnerRow,
  type PossibleChange,
  type Timeline,
} from '@pharos/contract';
import { type AlertCase, openStatuses, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import {
  learnedValues,
  learnerDays,
  learnerEnrolments,
  learnerMarks,
  learnerScores,
  learnerWork,
  type Score,
  type Warehouse,
} from '@pharos/warehouse';
import { type z } from 'zod';
import { type AlertDesk } from '../alerts/alert-desk.js';
import { alertSummary } from '../alerts/alert-view.js';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { type Names } from '../people/names.js';
import { type Places } from '../places/places.js';
import { learnerOutcomes } from '../questions/outcomes.js';
import { type Clock } from '../tokens.js';
import { classesOf, lastByClass, riskOfScore } from './learner-view.js';
import { possibleChange } from './possible-changes.js';
import { timelineView, type Window } from './timeline-view.js';

interface Reads {
  readonly registry: Registry;
  readonly vault: Vault;
  readonly warehouse: Warehouse;
  readonly access: LearnerAccess;
  readonly names: Names;
  readonly places: Places;
  readonly desk: AlertDesk;
  readonly through: () => Promise<string>;
  readonly now: Clock;
}

/** What is known of one learner, for those who may see them. */
export class LearnerReader {
  constructor(private readonly reads: Reads) {}

  /** The learner that a request names. @throws Refusal not-found whether there is none or they may not be seen */
  async find(caller: Caller, named: string, state: RequestState): Promise<string> {
    state.through = await this.reads.through();
    const learner = await this.reads.access.resolve(caller, named);
    if (learner === undefined) throw notFound();
    return learner;
  }

  /** The learners that a request names, each in its place; undefined for whom there is none or who may not be seen. */
  async findMany(caller: Caller, named: readonly string[], state: RequestState): Promise<readonly (string | undefined)[]> {
    state.through = await this.reads.through();
    return this.reads.access.resolveMany(caller, named);
  }

  async profile(caller: Caller, learner: string, named: string, state: RequestState): Promise<LearnerProfile> {
    const { registry, warehouse, names, places } = this.reads;
    const tables = warehouse.tenant(caller.tenant);
    const [enrolments, outcomes, scores, rows, trained, counselors, alert] = await Promise.all([
      tables.ask(learnerEnrolments(learner)),
      tables.ask(learnerOutcomes(learner)),
      tables.ask(learnerScores(learner)),
      places.all(caller.tenant),
      places.trainedAsOf(caller.tenant),
      registry.tenant(caller.tenant).access.counselorsOf([learner]),
      this.openAlert(caller, learner, state),
    ]);
    const counselor = counselors.get(learner)?.counselor;
    const people = await names.ofTokens(caller, [learner, ...(counselor === undefined ? [] : [counselor])], state);
    const risks = new Map([...lastByClass(scores)].map(([id, score]) => [id, riskOfScore(score, (model) => trained.get(model))]));
    const answer = { through: state.through!, classes: classesOf(enrolments, outcomes, risks, rows), reasons: alert?.reasons ?? [] };
    // A platform is answered about whom it named, in its own words: our tokens and what colleagues did are not for it.
    if (caller.kind === 'platform') return { ...answer, learner: { token: named, name: null }, counselor: null, alert: null };
    return { ...answer, learner: people.get(learner)!, counselor: counselor === undefined ? null : people.get(counselor)!, alert };
  }

  scores(caller: Caller, learner: string): Promise<readonly Score[]> {
    return this.reads.warehouse.tenant(caller.tenant).ask(learnerScores(learner));
  }

  /** What could still be done about the latest score of each class. @param scores oldest first */
  async possible(caller: Caller, scores: readonly Score[]): Promise<PossibleChange[]> {
    const places = await this.reads.places.all(caller.tenant);
    const latest = [...lastByClass(scores).values()];
    const changes = await Promise.all(
      latest.map(async (score) => {
        const learned = await this.reads.warehouse.tenant(caller.tenant).askOne(learnedValues(score.model));
        return possibleChange(score, learned, places.find((row) => row.class === score.class)?.course ?? '');
      }),
    );
    return changes.filter((change) => change !== null);
  }

  /** The story on one time axis. Without days: from the first class's start to today. */
  async timeline(caller: Caller, learner: string, asked: Partial<Window>, state: RequestState): Promise<Timeline> {
    const tables = this.reads.warehouse.tenant(caller.tenant);
    const today = this.reads.now().toISOString().slice(0, 10);
    const [activity, work, marks, cases] = await Promise.all([
      tables.ask(learnerDays(learner)),
      tables.ask(learnerWork(learner)),
      tables.ask(learnerMarks(learner)),
      this.alertsOf(caller, learner),
    ]);
    const alerts = await Promise.all(
      cases.map(async (each) => ({ alert: each.alert, steps: (await this.reads.desk.history(caller, each, state)).steps })),
    );
    const first = [...activity, ...marks].reduce((least, { day }) => (day < least ? day : least), work[0]?.dueOn ?? today);
    const window = { class: asked.class, from: asked.from ?? first, to: asked.to ?? today };
    return timelineView({ activity, work, marks, alerts }, window, today, state.through!);
  }

  /** Learners of the caller: those of a class, or of the caseload; found by name, mail or id where searched. */
  async list(
    caller: Caller,
    query: {
      readonly search?: string | undefined;
      readonly class?: string | undefined;
      readonly limit: number;
      readonly after?: string | undefined;
    },
    state: RequestState,
  ): Promise<z.output<typeof LearnerList>> {
    state.through = await this.reads.through();
    const { vault, names, places, registry } = this.reads;
    const all = await this.learnersOf(caller, query.class);
    const found = query.search === undefined ? all : await vault.search(caller.tenant, query.search, all);
    const rest = [...found].sort().filter((learner) => query.after === undefined || learner > query.after);
    const shown = rest.slice(0, query.limit);
    const [people, titles, cases] = await Promise.all([
      names.ofTokens(caller, shown, state),
      places.titles(caller.tenant),
      this.openCases(caller, shown),
    ]);
    const words = await this.reads.desk.words(caller, [], state);
    const items = await Promise.all(
      shown.map(async (learner): Promise<LearnerRow> => {
        const classes = await registry.tenant(caller.tenant).access.classesOfLearner(learner);
        const open = cases.get(learner);
        return {
          learner: people.get(learner)!,
          classes: classes.map((id) => ({ id, title: titles.classTitle(id) })),
          risk: open ? alertSummary(open, words).risk : null,
          alert: open?.alert ?? null,
        };
      }),
    );
    return { items, next: rest.length > shown.length ? shown.at(-1)! : null, through: state.through };
  }

  private async learnersOf(caller: Caller, classId: string | undefined): Promise<readonly string[]> {
    const access = this.reads.registry.tenant(caller.tenant).access;
    const whole = { limit: 10_000 };
    if (classId !== undefined) {
      const members = await access.learnersOfClasses([classId], whole);
      const seen = await this.reads.access.among(caller, members);
      return members.filter((learner) => seen.has(learner));
    }
    if (caller.roles.includes('admin')) {
      const classes = (await this.reads.places.all(caller.tenant)).filter(
        ({ school }) => caller.schools.length === 0 || caller.schools.includes(school),
      );
      return access.learnersOfClasses(
        classes.map((row) => row.class),
        whole,
      );
    }
    if (caller.person === null) return [];
    const own: (readonly string[])[] = [];
    if (caller.roles.includes('counselor')) own.push(await access.learnersOfCounselor(caller.person, whole));
    if (caller.roles.includes('teacher')) own.push(await access.learnersOfClasses(await access.classesOfTeacher(caller.person), whole));
    if (caller.roles.includes('guardian')) own.push(await access.learnersOfGuardian(caller.person));
    if (caller.roles.includes('learner')) own.push(await access.canonical([caller.person]));
    return [...new Set(own.flat())];
  }

  private async openCases(caller: Caller, learners: readonly string[]): Promise<ReadonlyMap<string, AlertCase>> {
    if (learners.length === 0) return new Map();
    const { alerts } = await this.reads.registry
      .tenant(caller.tenant)
      .alertCases.list({ learners, statuses: openStatuses }, { limit: 500 });
    return new Map(alerts.map((alert) => [alert.latest.learner, alert]));
  }

  private async alertsOf(caller: Caller, learner: string): Promise<readonly AlertCase[]> {
    if (caller.kind === 'platform') return [];
    return (await this.reads.registry.tenant(caller.tenant).alertCases.list({ learners: [learner] }, { order: 'raisedAt', limit: 100 }))
      .alerts;
  }

  private async openAlert(caller: Caller, learner: string, state: RequestState): Promise<AlertSummary | null> {
    const open = (await this.openCases(caller, [learner])).get(learner);
    return open ? alertSummary(open, await this.reads.desk.words(caller, [open], state)) : null;
  }
}
