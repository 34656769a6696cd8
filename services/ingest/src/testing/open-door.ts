import { randomUUID } from 'node:crypto';
import { topicNames } from '@pharos/facts';
import { openTemporaryLog } from '@pharos/event-log/temporary-log';
import { type Sender } from '../door/batch.js';
import { createDoor } from '../door/door.js';
import { createMemoryVault } from './memory-vault.js';

export const platform: Sender = { credential: 'lms', scopes: ['statements/write'] };
export const importer: Sender = { credential: 'importer', scopes: ['statements/write', 'roster/write', 'history/write'] };

/** A door on a real log in a folder of its own and a vault in memory, for tests. */
export async function openTestDoor(now: () => Date = () => new Date('2026-01-01T00:00:00.000Z')) {
  const opened = await openTemporaryLog({ now });
  let ids = 0;
  const vault = createMemoryVault(() => `t_${(ids += 1)}`);
  const door = createDoor({ log: opened.log, vault, now, newId: randomUUID });
  return { door, vault, log: opened.log, folder: opened.folder, facts: () => allFacts(opened.log), dispose: opened.dispose };
}

type Log = Awaited<ReturnType<typeof openTemporaryLog>>['log'];

/** Everything that the log holds, topic by topic and partition by partition. */
export async function allFacts(log: Log): Promise<readonly Record<string, unknown>[]> {
  const facts: Record<string, unknown>[] = [];
  for (const topic of topicNames) {
    for (let partition = 0; partition < log.partitions(topic); partition++) {
      for (let from = 0; ;) {
        const some = await log.read(topic, partition, from);
        if (some.length === 0) break;
        facts.push(...some.map(({ stored }) => stored as Record<string, unknown>));
        from = some.at(-1)!.position.offset + 1;
      }
    }
  }
  return facts;
}
