import { setTimeout as sleep } from 'node:timers/promises';
import { factId, type NewFact } from '@pharos/facts';
import { lastDue } from '@pharos/jobs';
import { type LaptopCluster } from './laptop-cluster.js';

const GIVE_UP_MS = 240_000;
/** When `alerts` is due; the slot of a job is its day. */
const ALERTS = '0 4 * * 1';

/** Scores of a learner who needs somebody, as of the slot that is due now. */
function scoreOf(learner: string, tenant: string, asOf: string, epoch: string): NewFact {
  return {
    id: factId('faults/score', tenant, learner), type: 'RiskScored', version: 1, tenant, key: learner, occurredAt: asOf, knownAt: asOf,
    data: {
      learner, class: 'maths', term: '2026', target: 'not-passing', asOf, week: 3, model: 'of-the-test', recipe: 'rule', logOdds: 3,
      probability: 0.95, raw: 0.95, intercept: 0, contributions: [], heldOut: null, positions: { epoch, offsets: {} },
    },
  }; // prettier-ignore
}

/** A tenant whose jobs of this week are due at once, with learners who have to be warned of. */
export async function tenantWithRisk(cluster: LaptopCluster, tenant: string, learners: number): Promise<void> {
  const { log, registry } = cluster;
  const asOf = `${lastDue(ALERTS, new Date())!.toISOString().slice(0, 10)}T00:00:00.000Z`;
  await log.append(Array.from({ length: learners }, (_, n) => scoreOf(`${tenant}-${n}`, tenant, asOf, log.epoch)));
  await registry.tenants.put({ id: tenant, name: tenant });
  await asOwner(cluster, `UPDATE tenants SET created_at = created_at - interval '30 days' WHERE id = $1`, tenant);
}

/** What came of the tenant's slot of alerts, once it has ended well. What failed is tried again after five minutes: they are let pass at once. */
export async function untilAlerted(cluster: LaptopCluster, tenant: string) {
  const slot = lastDue(ALERTS, new Date())!.toISOString().slice(0, 10);
  const { jobRuns, alertCases } = cluster.registry.tenant(tenant);
  for (const began = performance.now(); (await jobRuns.ofSlot('alerts', slot))?.outcome !== 'ok'; await sleep(500)) {
    await asOwner(cluster, `UPDATE job_runs SET finished_at = finished_at - interval '1 hour' WHERE tenant = $1 AND outcome = 'failed' AND finished_at > now() - interval '5 minutes'`, tenant); // prettier-ignore
    if (performance.now() - began > GIVE_UP_MS) throw new Error(`the alerts of ${tenant} did not come within ${GIVE_UP_MS} ms`);
  }
  for (const began = performance.now(); (await cluster.registry.outbox.waiting()).facts > 0; await sleep(100)) {
    if (performance.now() - began > GIVE_UP_MS) throw new Error('decisions do not reach the log');
  }
  const { alerts } = await alertCases.list({}, { limit: 500 });
  return { run: (await jobRuns.ofSlot('alerts', slot))!, cases: alerts, raised: await raisedIn(cluster, tenant) };
}

/**
 * Ids of the alerts of a tenant that the log says were raised, each once; the log may hold a decision twice.
 *
 * Reads up to the head that the brokers vouch for, and not to the first empty page: a leader that has just taken over answers as if
 * what was acknowledged before were not there yet, until a follower has told it how far it is.
 */
async function raisedIn({ log }: LaptopCluster, tenant: string): Promise<readonly string[]> {
  const facts = new Map<string, string>();
  const began = performance.now();
  for (const [partition, head] of (await log.heads('alerts')).entries()) {
    for (let next = 0; next < head;) {
      const page = await log.read('alerts', partition, next);
      for (const { stored } of page) {
        const { id, type, tenant: of, data } = stored as { id: string; type: string; tenant: string; data: { alert: string } };
        if (type === 'AlertRaised' && of === tenant) facts.set(id, data.alert);
      }
      if (page.length === 0) await sleep(100);
      else next = page.at(-1)!.position.offset + 1;
      if (performance.now() - began > GIVE_UP_MS) throw new Error(`alerts/${partition} cannot be read from ${next} to its head, ${head}`);
    }
  }
  return [...facts.values()];
}

async function asOwner(cluster: LaptopCluster, text: string, ...values: readonly unknown[]): Promise<void> {
  const client = await cluster.postgres();
  await client.query(text, [...values]).finally(() => client.end());
}
