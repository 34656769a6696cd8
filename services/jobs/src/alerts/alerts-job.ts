import { factId, type NewFact, type Reason } from '@pharos/facts';
import { type AlertCase, type AlertPolicy, openStatuses } from '@pharos/registry';
import { knownClasses, recordedScores, type RunTop, sourceVolume, topScores } from '@pharos/warehouse';
import { type Job, type JobCounts, type JobScope } from '../running/job.js';
import { alertId, type Concern, concernsOf, describeConcern } from './concerns.js';
import { type AlertPlan, type LatestAlert, type PlannedConcern, planAlerts } from './plan-alerts.js';
import { restsOnActivity, silentSources } from './silent-sources.js';

const dayMs = 86_400_000;
const pageOfCases = 500;

/**
 * Turns the scores of a run into alerts, by the tenant's policy: raises, keeps fresh, reopens and closes. Works on the
 * learners who stand above the threshold or have an open alert; the rest have no concern.
 */
export const alertsJob: Job = {
  name: 'alerts',
  about: 'raises, refreshes and closes alerts from the latest scores, by the policy',
  cron: '0 4 * * 1',
  run: alertFromScores,
};

async function alertFromScores(scope: JobScope): Promise<JobCounts> {
  const { registry, warehouse, asOf } = scope;
  const policy = (await registry.policies.get('alerts')).value;
  const since = new Date(Date.parse(asOf) - (policy.lowRunsToResolve + 1) * 8 * dayMs).toISOString();
  const tops = await warehouse.ask(topScores(policy.target, since, asOf), 'jobs');
  const open = await openAlerts(scope, policy);
  const watched = learnersToLookAt(tops, open, policy, asOf);
  const concerns = concernsOf(await warehouse.ask(recordedScores(policy.target, asOf, watched), 'jobs'));
  const planned = await placeConcerns(scope, concerns, tops, policy);
  const plan = planAlerts(planned, policy, await raisedLastWeek(scope, policy), asOf);
  const held = await noteSilence(scope);
  const catalogue = (await registry.policies.get('interventions')).value;
  const counts: Record<string, number> = {
    concerns: concerns.length,
    raise: 0,
    reopen: 0,
    update: 0,
    resolve: 0,
    refused: 0,
    silentSources: held.length,
  };
  for (const step of plan) {
    const outcome = await carryOut(step, scope, policy, catalogue, held);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** Every learner with a concern to raise, and every learner whose alert is open. */
function learnersToLookAt(tops: readonly RunTop[], open: readonly AlertCase[], policy: AlertPolicy, asOf: string): readonly string[] {
  const above = tops.filter((top) => top.asOf === asOf && top.probability >= policy.raiseAt).map((top) => top.learner);
  return [...new Set([...above, ...open.map((one) => one.latest.learner)])].sort();
}

async function openAlerts({ registry }: JobScope, policy: AlertPolicy): Promise<readonly AlertCase[]> {
  const found: AlertCase[] = [];
  let cursor: string | null = null;
  do {
    const page = await registry.alertCases.list(
      { statuses: openStatuses, target: policy.target },
      { limit: pageOfCases, ...(cursor === null ? {} : { cursor }) },
    );
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
  return Promise.all(
    concerns.map(async (concern): Promise<PlannedConcern> => {
      const latest = await registry.alertCases.latestFor(concern);
      const desk = counselors.get(concern.learner);
      const first = classes.get(concern.scores[0]!.score.class);
      const lowRuns = lowInARow(runs.get(`${concern.learner}\n${concern.term}`) ?? [], policy.clearBelow);
      const place = { counselor: desk?.counselor ?? null, school: desk?.school ?? first?.school ?? '', course: first?.course ?? '' };
      return { concern, ...place, ...(latest ? { latest: asLatest(latest, lowRuns) } : {}) };
    }),
  );
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

type Outcome = AlertPlan['do'] | 'refused';

async function carryOut(
  step: AlertPlan,
  scope: JobScope,
  policy: AlertPolicy,
  catalogue: Parameters<typeof describeConcern>[2]['catalogue'],
  silent: readonly string[],
): Promise<Outcome> {
  const { registry, asOf, tenant } = scope;
  const { concern, counselor, school } = step.of;
  const alert = step.do === 'raise' ? alertId(tenant, concern, asOf) : step.alert;
  const before: readonly Reason[] = step.do === 'raise' ? [] : ((await registry.alertCases.get(alert))?.latest.reasons ?? []);
  const describe = () => describeConcern(concern, alert, { tenant, asOf, catalogue, answerWithinDays: policy.answerWithinDays, counselor, school, before }); // prettier-ignore
  const act = { alert, by: 'policy', at: asOf };
  const execute = (command: Parameters<typeof registry.alertCases.execute>[0]) => registry.alertCases.execute(command);
  switch (step.do) {
    case 'raise': {
      const raised = describe();
      const heldFor = restsOnActivity(raised.reasons) ? silent[0] : undefined;
      const done = await execute({ ...act, act: { do: 'raise', raised, ...(heldFor === undefined ? {} : { heldFor }) } });
      return done.ok ? 'raise' : 'refused';
    }
    case 'update': {
      const done = await execute({ ...act, act: { do: 'update', raised: describe() } });
      return done.ok ? 'update' : 'refused';
    }
    case 'reopen': {
      const reopened = await execute({ ...act, act: { do: 'reopen', reason: 'came-back' } });
      if (!reopened.ok) return 'refused';
      await execute({ ...act, act: { do: 'update', raised: describe() } });
      return 'reopen';
    }
    case 'resolve': {
      const done = await execute({ ...act, act: { do: 'resolve', code: 'risk-stayed-low', note: null } });
      return done.ok ? 'resolve' : 'refused';
    }
    default:
      return step satisfies never;
  }
}
