import { type EventLog } from '@pharos/event-log';
import { type Fact, readFact } from '@pharos/facts';
import { type Registry } from '@pharos/registry';

const CONSUMER = 'insights-levels';
/** What is older was told, or stands in the tables: a log that is read again from its start must not tell of the past. */
const OLDEST_MS = 86_400_000;

export interface LevelParts {
  readonly registry: Registry;
  readonly log: EventLog;
  readonly now: () => Date;
}

/**
 * Plans to tell platforms that ask for `LevelChanged` of each change of a learner's level; returns how many facts of the topic were read. A repeat plans
 * nothing twice. Of an import of history nothing is told: its facts are new and what they say is old.
 */
export async function planLevels(parts: LevelParts): Promise<number> {
  const { log } = parts;
  const committed = await log.committed(CONSUMER, 'scores');
  const hooksOf = hooksByTenant(parts.registry);
  let facts = 0;
  for (let partition = 0; partition < log.partitions('scores'); partition++) {
    const stored = await log.read('scores', partition, committed[partition] ?? 0);
    for (const { stored: each } of stored) {
      const read = readFact(each);
      // What is no fact is the projector's to dead-letter; there is nobody to tell of it.
      if (read.ok && isFresh(read.fact, parts.now())) await plan(parts, read.fact, await hooksOf(read.fact.tenant));
    }
    const last = stored.at(-1);
    if (last) await log.commit(CONSUMER, 'scores', partition, last.position.offset + 1);
    facts += stored.length;
  }
  return facts;
}

/** Both the fact and the answer behind it are of the last day. */
const isFresh = (fact: Fact, now: Date): boolean =>
  fact.type === 'MasteryEstimated' && [fact.recordedAt, fact.occurredAt].every((at) => now.getTime() - Date.parse(at) < OLDEST_MS);

type Hooks = Awaited<ReturnType<ReturnType<Registry['tenant']>['webhooks']['list']>>;

/** A batch holds many facts of few tenants: each tenant's webhooks are asked for once. */
function hooksByTenant(registry: Registry): (tenant: string) => Promise<Hooks> {
  const known = new Map<string, Promise<Hooks>>();
  return (tenant) => {
    let hooks = known.get(tenant);
    if (!hooks) known.set(tenant, (hooks = registry.tenant(tenant).webhooks.list()));
    return hooks;
  };
}

async function plan({ registry, now }: LevelParts, fact: Fact, hooks: Hooks): Promise<void> {
  if (fact.type !== 'MasteryEstimated') return;
  const { learner, skill, level, asOf } = fact.data;
  const wanting = hooks.filter(
    ({ active, events, createdAt }) =>
      active && (events.includes('*') || events.includes('LevelChanged')) && createdAt.getTime() <= Date.parse(fact.recordedAt),
  );
  for (const { id: target } of wanting) {
    await registry.tenant(fact.tenant).deliveries.plan({
      alert: fact.id, about: 'level', told: { learner, skill, level, asOf }, channel: 'webhook', target, raise: 1, nextAttemptAt: now(),
    }); // prettier-ignore
  }
}
