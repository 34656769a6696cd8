import { type Door } from '@pharos/ingest';
import { type Registry } from '@pharos/registry';
import { Counter, Gauge, Histogram, type Registry as Metrics } from 'prom-client';

/** Runs of a tenant that are looked at: weeks of every job. */
const RUNS = 500;

/** What jobs and people have to show for themselves: all of it stands in the registry, so any process may tell it. */
export function workMetrics(registry: Pick<Registry, 'tenant' | 'tenants'>, registers: Metrics[]): void {
  const each = async <T>(of: (own: ReturnType<Registry['tenant']>) => Promise<readonly T[]>) => {
    const tenants = await registry.tenants.list();
    return (await Promise.all(tenants.map(async ({ id }) => (await of(registry.tenant(id))).map((one) => ({ tenant: id, one }))))).flat();
  };
  new Gauge({
    name: 'pharos_job_last_run_timestamp_seconds', help: 'When the newest run of a job that ended so began', labelNames: ['tenant', 'job_name', 'outcome'], registers,
    async collect() {
      this.reset();
      // Oldest first: the newest is what stays.
      for (const { tenant: id, one } of (await each((own) => own.jobRuns.list({ limit: RUNS }))).reverse())
        this.set({ tenant: id, job_name: one.job, outcome: one.outcome ?? 'running' }, one.startedAt.getTime() / 1_000);
    },
  }); // prettier-ignore
  new Gauge({
    name: 'pharos_model_in_use_since_timestamp_seconds', help: 'Since when a tenant uses its model for a target', labelNames: ['tenant', 'target', 'recipe'], registers,
    async collect() {
      this.reset();
      for (const { tenant: id, one } of await each((own) => own.modelsInUse.list()))
        this.set({ tenant: id, target: one.target, recipe: one.recipe }, Date.parse(one.since) / 1_000);
    },
  }); // prettier-ignore
  new Gauge({
    name: 'pharos_alerts', help: 'Alerts by status; `overdue` are those of the open ones that wait for longer than they should', labelNames: ['tenant', 'status'], registers,
    async collect() {
      this.reset();
      for (const { tenant: id, one: [status, count] } of await each(async (own) => Object.entries(await own.alertCases.counts({}))))
        this.set({ tenant: id, status }, count);
    },
  }); // prettier-ignore
}

/** Makes doors that count what became of statements. */
export function countStatements(registers: Metrics[]): (door: Door) => Door {
  const statements = new Counter({
    name: 'pharos_statements_total', help: 'Statements by what became of them: appended, known (sent before), refused', labelNames: ['outcome'], registers,
  }); // prettier-ignore
  return (door) => ({
    ...door,
    acceptStatements: async (batch) => {
      const accepted = await door.acceptStatements(batch);
      if (!accepted.ok) statements.inc({ outcome: 'refused' }, batch.statements.length);
      else for (const { status } of accepted.results) statements.inc({ outcome: status });
      return accepted;
    },
  });
}

/** How long folding takes, and how long it takes until what was accepted is visible. */
export function foldMetrics(registers: Metrics[]) {
  return {
    seconds: new Histogram({
      name: 'pharos_fold_seconds', help: 'Time of the tables for the facts between two commits', buckets: [0.05, 0.2, 0.5, 1, 5, 20, 60], registers,
    }),
    visible: new Histogram({
      name: 'pharos_visible_seconds', help: 'From when a fact was recorded until it is visible: the oldest of each commit', buckets: [0.2, 0.5, 1, 2, 5, 20, 60, 600], registers,
    }),
  }; // prettier-ignore
}
