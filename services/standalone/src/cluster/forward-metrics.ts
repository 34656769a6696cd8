import { type EventLog } from '@pharos/event-log';
import { readPosition } from '@pharos/ingest';
import { type Forward, type Registry } from '@pharos/registry';
import { Gauge, type Registry as Metrics } from 'prom-client';

const FIGURES = {
  pharos_forward_sent_statements: ['Statements that a target took', ({ sent }: Forward) => sent],
  pharos_forward_set_aside_statements: [
    'Statements that a target refused for good, each a dead letter',
    ({ setAside }: Forward) => setAside,
  ],
  pharos_forward_failures: ['Failures in a row of a target', ({ failures }: Forward) => failures],
} as const;

/** Figures of each target that statements are forwarded to: they stand in the registry, so any process may tell them. */
export function forwardMetrics(
  registry: Pick<Registry, 'tenant' | 'tenants'>,
  log: Pick<EventLog, 'heads' | 'epoch'>,
  registers: Metrics[],
): void {
  const targets = async () =>
    (await Promise.all((await registry.tenants.list()).map(({ id }) => registry.tenant(id).forwards.list()))).flat();
  for (const [name, [help, of]] of Object.entries(FIGURES)) {
    new Gauge({
      name, help, labelNames: ['tenant', 'target'], registers,
      async collect() {
        this.reset();
        for (const one of await targets()) this.set({ tenant: one.tenant, target: one.id }, of(one));
      },
    }); // prettier-ignore
  }
  new Gauge({
    name: 'pharos_forward_lag_facts', help: 'Facts in the log that a target has not been brought yet', labelNames: ['tenant', 'target'], registers,
    async collect() {
      this.reset();
      const heads = await log.heads('statements');
      for (const { tenant, id, position } of await targets()) {
        const { epoch, next } = readPosition(position);
        // Its position is of another log: how far it is behind, nobody can say, and its failures tell of it.
        if (epoch === log.epoch) this.set({ tenant, target: id }, heads.reduce((sum, head, partition) => sum + Math.max(0, head - (next[partition] ?? 0)), 0));
      }
    },
  }); // prettier-ignore
}
