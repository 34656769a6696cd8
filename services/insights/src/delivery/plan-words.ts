import { type EventLog } from '@pharos/event-log';
import { type Fact, type FactNamed, readFact } from '@pharos/facts';
import { type Registry } from '@pharos/registry';
import { timeZoneOf } from '../tenant-zone.js';
import { afterQuiet } from './quiet-hours.js';

const CONSUMER = 'insights-nudges';
/** A word of yesterday is none: what is older is not sent any more, also where a log is read again from its start. */
const OLDEST_MS = 86_400_000;
/** A letter is of its week. */
const OLDEST_LETTER_MS = 7 * OLDEST_MS;

export interface WordParts {
  readonly registry: Registry;
  readonly log: EventLog;
  readonly now: () => Date;
}

/**
 * Plans to tell learners, by mail or through the webhooks that ask for it, what was decided for them, and teachers of their week; returns how many facts of
 * the topic were read. A repeat plans nothing twice. Quiet hours hold for all of it: a webhook ends on somebody's phone.
 */
export async function planWords(parts: WordParts): Promise<number> {
  const { log, now } = parts;
  const committed = await log.committed(CONSUMER, 'learning');
  let facts = 0;
  for (let partition = 0; partition < log.partitions('learning'); partition++) {
    const stored = await log.read('learning', partition, committed[partition] ?? 0);
    for (const { stored: each } of stored) {
      const read = readFact(each);
      // What is no fact is the projector's to dead-letter; there is nobody to tell of it.
      if (read.ok) await plan(parts, read.fact, now().getTime() - Date.parse(read.fact.recordedAt));
    }
    const last = stored.at(-1);
    if (last) await log.commit(CONSUMER, 'learning', partition, last.position.offset + 1);
    facts += stored.length;
  }
  return facts;
}

async function plan(parts: WordParts, fact: Fact, age: number): Promise<void> {
  if (fact.type === 'NudgeDecided' && age < OLDEST_MS) await planNudge(parts, fact);
  if (fact.type === 'DigestWritten' && age < OLDEST_LETTER_MS) await planLetter(parts, fact);
}

async function planLetter({ registry, now }: WordParts, { tenant, data: { digest, teacher } }: FactNamed<'DigestWritten'>): Promise<void> {
  const own = registry.tenant(tenant);
  const [{ value }, known] = await Promise.all([own.policies.get('alerts'), registry.tenants.get(tenant)]);
  const nextAttemptAt = afterQuiet(now(), value.quietHours, timeZoneOf(known));
  await own.deliveries.plan({ alert: digest, about: 'letter', channel: 'mail', target: teacher, raise: 1, nextAttemptAt });
}

async function planNudge({ registry, now }: WordParts, fact: FactNamed<'NudgeDecided'>): Promise<void> {
  if (fact.data.channel === 'none') return;
  const { nudge, learner, reason, channel } = fact.data;
  const own = registry.tenant(fact.tenant);
  const [{ value }, tenant, hooks] = await Promise.all([own.policies.get('learning'), registry.tenants.get(fact.tenant), own.webhooks.list()]);
  const nextAttemptAt = afterQuiet(now(), value.quietHours, timeZoneOf(tenant));
  const base = { alert: nudge, about: 'nudge', told: { nudge, learner, reason }, raise: 1, nextAttemptAt } as const;
  if (channel === 'mail') return void (await own.deliveries.plan({ ...base, channel: 'mail', target: learner }));
  for (const { id, active, events, createdAt } of hooks) {
    const wants = active && (events.includes('*') || events.includes('NudgeDecided')) && createdAt.getTime() <= Date.parse(fact.recordedAt);
    if (wants) await own.deliveries.plan({ ...base, channel: 'webhook', target: id });
  }
} // prettier-ignore
