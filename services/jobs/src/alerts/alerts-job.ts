import { type AlertCase, type AlertFilter, type AlertOutcome, type AlertPage, openStatuses } from '@pharos/registry';
import { knownClasses, type RecordedScore, recordedScores, type RunTop, topScores } from '@pharos/warehouse';
import { type Job, type JobCounts, type JobScope } from '../running/job.js';
import { commandsOf, endedTerms } from './alert-commands.js';
import { type Concern, concernsOf } from './concerns.js';
import { type RaiseAt, readRaiseAt } from './group-thresholds.js';
import { noteSilence } from './note-silence.js';
import { type LatestAlert, type PlannedConcern, planAlerts } from './plan-alerts.js';
import { readPolicies, type SchoolPolicies } from './school-policies.js';
import { readStruggles } from './struggle-reasons.js';
import { undoneSilences } from './undone-silences.js';

const dayMs = 86_400_000;
const pageOfCases = 500;
const learnersAtOnce = 500;

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
  const { registry, warehouse, asOf, positions, run } = scope;
  if (run.decidedAt !== null) return run.counts;
  const policies = await readPolicies(registry);
  const { target } = policies;
  const lowRuns = Math.max(...policies.all.map(({ lowRunsToResolve }) => lowRunsToResolve));
  const since = new Date(Date.parse(asOf) - (lowRuns + 1) * 8 * dayMs).toISOString();
  const tops = await warehouse.ask(topScores(target, since, asOf), 'jobs');
  const open = await casesOf(scope, { statuses: openStatuses, target });
  const raiseAt = await raiseAtOf(scope, policies);
  const watched = learnersToLookAt(tops, open, raiseAt.least, asOf);
  const concerns = await concernsOfLearners(scope, target, watched);
  const classes = new Map(
    (await warehouse.ask(knownClasses({ asOf, positions: positions.offsets }), 'jobs')).map((one) => [one.class, one]),
  );
  const planned = (await placeConcerns(scope, concerns, { tops, policies, classes, undone: await undoneSilences(scope, open) })).map(
    (one) => ({
      ...one,
      raiseAt: raiseAt.in(one.school).of(one.concern.learner, one.concern.scores[0]!.score.class),
    }),
  );
  const plan = planAlerts(planned, policies.of, await raisedLastWeek(scope, target), asOf);
  const silent = await noteSilence(scope);
  const catalogue = (await registry.policies.get('interventions')).value;
  const before = new Map(open.map((one) => [one.alert, one]));
  const struggles = await readStruggles(scope, [...new Set(plan.map(({ of }) => of.concern.learner))]);
  const telling = { policies, catalogue, silent, before, struggles };
  const ended = endedTerms(open, new Map([...classes.values()].map((one) => [one.class, one.end])), asOf);
  const over = new Set(ended.map(({ alert }) => alert));
  const steps = plan.filter((step) => step.do === 'raise' || !over.has(step.alert));
  const commands = [...steps.flatMap((step) => commandsOf(step, scope, telling)), ...ended];
  const planCounts: Record<string, number> = { concerns: concerns.length, raise: 0, reopen: 0, update: 0, resolve: 0, hold: 0, release: 0, silentSources: silent.length }; // prettier-ignore
  for (const { act } of commands) {
    planCounts[act.do]! += 1;
    if (act.do === 'raise' && act.heldFor !== undefined) planCounts.hold! += 1;
  }
  const counts = (outcomes: readonly AlertOutcome[]): JobCounts => ({ ...planCounts, refused: outcomes.filter(({ ok }) => !ok).length });
  return counts(await registry.alertCases.executeRun(commands, run, counts));
}

/** From which probability somebody is warned of, by school; `least`: anywhere. */
async function raiseAtOf(scope: JobScope, policies: SchoolPolicies): Promise<{ in(school: string): RaiseAt; readonly least: number }> {
  const from = new Map<number, RaiseAt>();
  for (const { raiseAt } of policies.all) if (!from.has(raiseAt)) from.set(raiseAt, await readRaiseAt(scope, policies.target, raiseAt));
  return { in: (school) => from.get(policies.of(school).raiseAt)!, least: Math.min(...[...from.values()].map(({ least }) => least)) };
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
  {
    tops,
    policies,
    classes,
    undone,
  }: {
    readonly tops: readonly RunTop[];
    readonly policies: SchoolPolicies;
    readonly classes: ReadonlyMap<string, { readonly school: string; readonly course: string }>;
    /** Alerts whose silence was none. */
    readonly undone: ReadonlySet<string>;
  },
): Promise<readonly PlannedConcern[]> {
  const learners = concerns.map((one) => one.learner);
  const counselors = await scope.registry.access.counselorsOf(learners);
  const runs = Map.groupBy(tops, (top) => `${top.learner}\n${top.term}`);
  const latest = latestOfConcerns(await casesOf(scope, { target: policies.target, learners }));
  return concerns.map((concern): PlannedConcern => {
    const key = `${concern.learner}\n${concern.term}`;
    const known = latest.get(key);
    const desk = counselors.get(concern.learner);
    const first = classes.get(concern.scores[0]!.score.class);
    const place = { counselor: desk?.counselor ?? null, school: desk?.school ?? first?.school ?? '', course: first?.course ?? '' };
    const low = (): number => lowInARow(runs.get(key) ?? [], policies.of(place.school).clearBelow);
    return { concern, ...place, ...(known ? { latest: asLatest(known, low(), undone.has(known.alert)) } : {}) };
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

const asLatest = (alert: AlertCase, lowRuns: number, silenceUndone: boolean): LatestAlert => ({
  silenceUndone,
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
async function raisedLastWeek({ registry, asOf }: JobScope, target: string): Promise<ReadonlyMap<string, number>> {
  const weekAgo = new Date(Date.parse(asOf) - 7 * dayMs).toISOString();
  const raised = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page = await registry.alertCases.list(
      { target },
      { order: 'raisedAt', limit: pageOfCases, ...(cursor === null ? {} : { cursor }) },
    );
    const recent = page.alerts.filter((one) => one.raisedAt > weekAgo && one.raisedAt < asOf);
    for (const one of recent) raised.set(one.latest.counselor ?? '', (raised.get(one.latest.counselor ?? '') ?? 0) + 1);
    // Newest first: a page without a recent alert is the end of the week.
    cursor = recent.length === 0 ? null : page.next;
  } while (cursor !== null);
  return raised;
}
