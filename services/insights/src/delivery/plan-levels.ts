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
 *
 * Where nobody asks, nothing is read: the topic holds every score, and this is the thread that answers requests. Heads are taken before the
 * webhooks, so that one which is made in between is told of all that comes after it.
 */
export async function planLevels(parts: LevelParts): Promise<number> {
  const { log, registry } = parts;
  const [committed, heads] = await Promise.all([log.committed(CONSUMER, 'scores'), log.heads('scores')]);
  if (heads.every((head, partition) => head <= (committed[partition] ?? 0))) return 0;
  const wanting = await wantingLevels(registry);
  let facts = 0;
  for (const [partition, head] of heads.entries()) {
    const from = committed[partition] ?? 0;
    if (wanting.size === 0) {
      if (head > from) await log.commit(CONSUMER, 'scores', partition, head);
      continue;
    }
    const stored = await log.read('scores', partition, from);
    for (const { stored: each } of stored) {
      if (!saysLevel(each)) continue;
      const read = readFact(each);
      // What is no fact is the projector's to dead-letter; there is nobody to tell of it.
      if (read.ok && isFresh(read.fact, parts.now())) await plan(parts, read.fact, wanting.get(read.fact.tenant) ?? []);
    }
    const last = stored.at(-1);
    if (last) await log.commit(CONSUMER, 'scores', partition, last.position.offset + 1);
    facts += stored.length;
  }
  return facts;
}

/** Before its shape is checked, which costs more: most facts of the topic are scores. */
const saysLevel = (stored: unknown): boolean => (stored as { readonly type?: unknown } | null)?.type === 'MasteryEstimated';

/** Both the fact and the answer behind it are of the last day. */
const isFresh = (fact: Fact, now: Date): boolean =>
  fact.type === 'MasteryEstimated' && [fact.recordedAt, fact.occurredAt].every((at) => now.getTime() - Date.parse(at) < OLDEST_MS);

type Hooks = Awaited<ReturnType<ReturnType<Registry['tenant']>['webhooks']['list']>>;

/** The webhooks that ask for levels, of each tenant that has any. */
async function wantingLevels(registry: Registry): Promise<ReadonlyMap<string, Hooks>> {
  const tenants = await registry.tenants.list();
  const hooks = await Promise.all(
    tenants.map(async ({ id }) => {
      const own = await registry.tenant(id).webhooks.list();
      return [id, own.filter(({ active, events }) => active && (events.includes('*') || events.includes('LevelChanged')))] as const;
    }),
  );
  return new Map(hooks.filter(([, own]) => own.length > 0));
}

async function plan({ registry, now }: LevelParts, fact: Fact, hooks: Hooks): Promise<void> {
  if (fact.type !== 'MasteryEstimated') return;
  const { learner, skill, level, asOf } = fact.data;
  for (const { id: target } of hooks.filter(({ createdAt }) => createdAt.getTime() <= Date.parse(fact.recordedAt))) {
    await registry.tenant(fact.tenant).deliveries.plan({
      alert: fact.id, about: 'level', told: { learner, skill, level, asOf }, channel: 'webhook', target, raise: 1, nextAttemptAt: now(),
    }); // prettier-ignore
  }
}
