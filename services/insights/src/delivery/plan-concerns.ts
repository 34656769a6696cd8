import { type EventLog } from '@pharos/event-log';
import { type Fact, observedReport, readFact } from '@pharos/facts';
import { type Registry } from '@pharos/registry';
import { type PlannedDelivery } from './plan.js';

const CONSUMER = 'insights-concerns';
/** A log that is read again from its start must not tell of the past: what is older was told, or is on the page. */
export const OLDEST_MS = 14 * 86_400_000;

/** Whether a fact says that a model left what its backtest had promised, for the worse. */
export function raisesConcern(fact: Fact): boolean {
  if (fact.type !== 'ModelObserved') return false;
  const read = observedReport.safeParse((fact.data as { readonly report: unknown }).report);
  return read.success && read.data.concern;
}

export interface ConcernParts {
  readonly registry: Registry;
  readonly log: EventLog;
  readonly now: () => Date;
}

/**
 * Plans to tell each admin by mail, and webhooks that ask for it, of models that left what they had promised; returns how many facts of
 * the models topic were read. A repeat plans nothing twice. Quiet hours do not matter: it is one mail after classes have ended.
 */
export async function planConcerns(parts: ConcernParts): Promise<number> {
  const { log, now } = parts;
  const committed = await log.committed(CONSUMER, 'models');
  let facts = 0;
  for (let partition = 0; partition < log.partitions('models'); partition++) {
    const stored = await log.read('models', partition, committed[partition] ?? 0);
    for (const { stored: each } of stored) {
      const read = readFact(each);
      // What is no fact is the projector's to dead-letter; there is nobody to tell of it.
      if (read.ok && raisesConcern(read.fact) && now().getTime() - Date.parse(read.fact.recordedAt) < OLDEST_MS)
        await plan(parts, read.fact);
    }
    const last = stored.at(-1);
    if (last) await log.commit(CONSUMER, 'models', partition, last.position.offset + 1);
    facts += stored.length;
  }
  return facts;
}

function plan({ registry, now }: ConcernParts, fact: Fact): Promise<void> {
  return planForAdmins(registry, fact, 'ModelConcern', 'model', now());
}

/** Plans a mail to each admin, and a call of each webhook that was there and asks for it, about a fact. A repeat plans nothing twice. */
export async function planForAdmins(
  registry: Registry,
  { tenant, id: fact, recordedAt }: Pick<Fact, 'tenant' | 'id' | 'recordedAt'>,
  event: 'ModelConcern' | 'SourceSilent',
  about: 'model' | 'source',
  nextAttemptAt: Date,
): Promise<void> {
  const own = registry.tenant(tenant);
  const [users, webhooks] = await Promise.all([own.users.list(), own.webhooks.list()]);
  const admins = users.filter(({ roles, disabled, person }) => !disabled && person !== null && roles.includes('admin'));
  const hooks = webhooks.filter(({ active, events }) => active && (events.includes('*') || events.includes(event)));
  const base = { alert: fact, about, raise: 1, nextAttemptAt } as const;
  const plans: readonly (PlannedDelivery & typeof base)[] = [
    ...hooks.filter(({ createdAt }) => createdAt.getTime() <= Date.parse(recordedAt)).map(({ id }) => ({ ...base, channel: 'webhook' as const, target: id })),
    ...admins.map(({ person }) => ({ ...base, channel: 'mail' as const, target: person! })),
  ];
  for (const delivery of plans) await own.deliveries.plan(delivery);
} // prettier-ignore
