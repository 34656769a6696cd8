import { factId, type NewFact, type Reason } from '@pharos/facts';
import {
  type AlertAct, type AlertCase, type AlertCommand, type AlertFilter, type AlertOutcome, type AlertPage, type AlertPolicy, type InterventionTemplate,
  openStatuses, type RaisedAlert,
} from '@pharos/registry'; // prettier-ignore
import { knownClasses, type RecordedScore, recordedScores, type RunTop, sourceVolume, topScores } from '@pharos/warehouse';
import { type Job, type JobCounts, type JobScope } from '../running/job.js';
import { readRaiseAt } from './group-thresholds.js';
import { alertId, type Concern, concernsOf, describeConcern } from './concerns.js';
import { type AlertPlan, type LatestAlert, type PlannedConcern, planAlerts } from './plan-alerts.js';
import { restsOnActivity, silentSources } from './silent-sources.js';
import { readStruggles } from './struggle-reasons.js';

const dayMs = 86_400_000;
const pageOfCases = 500;
const learnersAtOnce = 500;

type Command = Omit<AlertCommand, 'tenant'>;

/**
 * Turns the scores of a run into alerts, by the tenant's policy: raises, keeps fresh, reopens and closes. Works on the
 * learners who stand above the threshold or have an open alert; the rest have no concern.
 */
export const alertsJob: Job = {
  name: 'alerts',
  about: 'raises, refreshes and closes alerts from the latest scores, by the policy',
  cron: '0 4 * * 1',
  after: 'risk',
  run: alertFromScores,
};

async function alertFromScores(scope: JobScope): Promise<JobCounts> {
  const { registry, warehouse, asOf, run } = scope;
  if (run.decidedAt !== null) return run.counts;
  const policy = (await registry.policies.get('alerts')).value;
  const since = new Date(Date.parse(asOf) - (policy.lowRunsToResolve + 1) * 8 * dayMs).toISOString();
  const tops = await warehouse.ask(topScores(policy.target, since, asOf), 'jobs');
  const open = await casesOf(scope, { statuses: openStatuses, target: policy.target });
  const raiseAt = await readRaiseAt(scope, policy.target, policy.raiseAt);
  const watched = learnersToLookAt(tops, open, raiseAt.least, asOf);
  const concerns = await concernsOfLearners(scope, policy.target, watched);
  const planned = (await placeConcerns(scope, concerns, tops, policy)).map((one) => ({
    ...one,
    raiseAt: raiseAt.of(one.concern.learner, one.concern.scores[0]!.score.class),
  }));
  const plan = planAlerts(planned, policy, await raisedLastWeek(scope, policy), asOf);
  const silent = await noteSilence(scope);
  const catalogue = (await registry.policies.get('interventions')).value;
  const before = new Map(open.map((one) => [one.alert, one.latest.reasons]));
  const struggles = await readStruggles(scope, [...new Set(plan.map(({ of }) => of.concern.learner))]);
  const commands = plan.flatMap((step) => commandsOf(step, scope, { policy, catalogue, silent, before, struggles }));
  const planCounts: Record<string, number> = {
    concerns: concerns.length,
    raise: 0,
    reopen: 0,
    update: 0,
    resolve: 0,
    silentSources: silent.length,
  };
  for (const step of plan) planCounts[step.do]! += 1;
  const counts = (outcomes: readonly AlertOutcome[]): JobCounts => ({ ...planCounts, refused: outcomes.filter(({ ok }) => !ok).length });
  return counts(await registry.alertCases.executeRun(commands, run, counts));
}

/** Whole scores are large, so they are read for so many learners at a time and only the concerns kept. */
async function concernsOfLearners({ warehouse, asOf }: JobScope, target: string, learners: readonly string[]): Promise<readonly Concern[]> {
  const scores: RecordedScore[] = [];
  for (let from = 0; from < learners.length; from += learnersAtOnce) {
    scores.push(...(await warehouse.ask(recordedScores(target, asOf, learners.slice(from, from + learnersAtOnce)), 'jobs')));
  }
  return concernsOf(scores);
}

/** Every learner with a concern to raise, and every learner whose alert is open. */
function learnersToLookAt(tops: readonly RunTop[], open: readonly AlertCase[], from: number, asOf: string): readonly string[] {
  const above = tops.filter((top) => top.asOf === asOf && top.probability >= from).map((top) => top.learner);
  return [...new Set([...above, ...open.map((one) => one.latest.learner)])].sort();
}

/** All cases that a filter finds, page by page. */
async function casesOf({ registry }: JobScope, filter: AlertFilter): Promise<readonly AlertCase[]> {
  const found: AlertCase[] = [];
  let cursor: string | null = null;
  do {
    const page: AlertPage = await registry.alertCases.list(filter, { limit: pageOfCases, ...(cursor === null ? {} : { cursor }) });
    found.push(...page.alerts);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

/** Adds to each concern where it belongs and what became of it so far. */
async function placeConcerns(
  scope: JobScope,
  concerns: readonly Concern[],
  tops: readonly RunTop[],
  policy: AlertPolicy,
): Promise<readonly PlannedConcern[]> {
  const { registry, warehouse, asOf, positions } = scope;
  const classes = new Map(
    (await warehouse.ask(knownClasses({ asOf, positions: positions.offsets }), 'jobs')).map((one) => [one.class, one]),
  );
  const counselors = await registry.access.counselorsOf(concerns.map((one) => one.learner));
  const runs = Map.groupBy(tops, (top) => `${top.learner}\n${top.term}`);
  const latest = latestOfConcerns(await casesOf(scope, { target: policy.target, learners: concerns.map((one) => one.learner) }));
  return concerns.map((concern): PlannedConcern => {
    const key = `${concern.learner}\n${concern.term}`;
    const known = latest.get(key);
    const desk = counselors.get(concern.learner);
    const first = classes.get(concern.scores[0]!.score.class);
    const place = { counselor: desk?.counselor ?? null, school: desk?.school ?? first?.school ?? '', course: first?.course ?? '' };
    return { concern, ...place, ...(known ? { latest: asLatest(known, lowInARow(runs.get(key) ?? [], policy.clearBelow)) } : {}) };
  });
}

/** The newest alert of each learner and term. */
function latestOfConcerns(cases: readonly AlertCase[]): ReadonlyMap<string, AlertCase> {
  const latest = new Map<string, AlertCase>();
  for (const one of cases) {
    const key = `${one.latest.learner}\n${one.latest.term}`;
    const known = latest.get(key);
    if (!known || known.raisedAt < one.raisedAt) latest.set(key, one);
  }
  return latest;
}

const asLatest = (alert: AlertCase, lowRuns: number): LatestAlert => ({
  alert: alert.alert,
  status: alert.standing.status,
  closedAt: alert.standing.closed?.at ?? null,
  lowRuns,
});

/** How many of the latest runs in a row stood below. @param runs newest first */
function lowInARow(runs: readonly RunTop[], below: number): number {
  const first = runs.findIndex((run) => run.probability >= below);
  return first < 0 ? runs.length : first;
}

/** New alerts of each counselor in the week before, so that a job that runs daily keeps to a weekly capacity. */
async function raisedLastWeek({ registry, asOf }: JobScope, policy: AlertPolicy): Promise<ReadonlyMap<string, number>> {
  const weekAgo = new Date(Date.parse(asOf) - 7 * dayMs).toISOString();
  const raised = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page = await registry.alertCases.list(
      { target: policy.target },
      { order: 'raisedAt', limit: pageOfCases, ...(cursor === null ? {} : { cursor }) },
    );
    const recent = page.alerts.filter((one) => one.raisedAt > weekAgo && one.raisedAt < asOf);
    for (const one of recent) raised.set(one.latest.counselor ?? '', (raised.get(one.latest.counselor ?? '') ?? 0) + 1);
    // Newest first: a page without a recent alert is the end of the week.
    cursor = recent.length === 0 ? null : page.next;
  } while (cursor !== null);
  return raised;
}

/** Tells the log about sources that fell silent. Returns their names. */
async function noteSilence({ home, warehouse, tenant, asOf, positions }: JobScope): Promise<readonly string[]> {
  const since = new Date(Date.parse(asOf) - 35 * dayMs).toISOString();
  const silent = silentSources(await warehouse.ask(sourceVolume(since, { asOf, positions: positions.offsets }), 'jobs'), asOf);
  const facts = silent.map(({ source, lastDay }): NewFact => ({
    id: factId('source-silent', tenant, source, asOf),
    type: 'SourceSilent',
    version: 1,
    tenant,
    key: source,
    occurredAt: asOf,
    knownAt: asOf,
    data: { source, since: `${lastDay}T00:00:00.000Z`, silent: true },
  }));
  if (facts.length > 0) await home.log.append(facts);
  return silent.map(({ source }) => source);
}

interface Telling {
  readonly struggles: Awaited<ReturnType<typeof readStruggles>>;
  readonly policy: AlertPolicy;
  readonly catalogue: readonly InterventionTemplate[];
  /** Sources that are silent now. */
  readonly silent: readonly string[];
  /** What open alerts said before this run. */
  readonly before: ReadonlyMap<string, readonly Reason[]>;
}

/** The commands of one step. A command's id comes from the run, so that a repeated run acts once. */
function commandsOf(
  step: AlertPlan,
  { tenant, asOf }: JobScope,
  { policy, catalogue, silent, before, struggles }: Telling,
): readonly Command[] {
  const { concern, counselor, school } = step.of;
  const alert = step.do === 'raise' ? alertId(tenant, concern, asOf) : step.alert;
  const command = (act: AlertAct): Command => ({ alert, by: 'policy', at: asOf, id: factId('alert-step', alert, asOf, act.do), act });
  const describe = (): RaisedAlert =>
    describeConcern(concern, alert, {
      tenant,
      asOf,
      catalogue,
      answerWithinDays: policy.answerWithinDays,
      counselor,
      school,
      before: before.get(alert) ?? [],
      struggles: struggles.get(concern.learner) ?? [],
    });
  switch (step.do) {
    case 'raise': {
      const raised = describe();
      const heldFor = restsOnActivity(raised.reasons) ? silent[0] : undefined;
      return [command({ do: 'raise', raised, ...(heldFor === undefined ? {} : { heldFor }) })];
    }
    case 'update':
      return [command({ do: 'update', raised: describe() })];
    case 'reopen':
      return [command({ do: 'reopen', reason: 'came-back' }), command({ do: 'update', raised: describe() })];
    case 'resolve':
      return [command({ do: 'resolve', code: 'risk-stayed-low', note: null })];
    default:
      return step satisfies never;
  }
}
