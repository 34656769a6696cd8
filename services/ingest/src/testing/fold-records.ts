import { type EventLog } from '@pharos/event-log';
import { type FactOf, readFact } from '@pharos/facts';
import { definedActivities, keyTag, recordKeys, type TokenisedStatement } from '@pharos/xapi';
import { type Warehouse } from '@pharos/warehouse';

/**
 * Folds what the record store reads, for tests of the door alone: the real fold is the projector's, and tested there.
 *
 * @param upTo at most so many facts of each partition
 */
export async function foldRecords(log: EventLog, warehouse: Warehouse, consumer: string, upTo = Infinity): Promise<void> {
  const { writer } = warehouse;
  const done = await log.committed(consumer, 'statements');
  for (let partition = 0; partition < log.partitions('statements'); partition++) {
    const from = done[partition] ?? 0;
    const stored = (await log.read('statements', partition, from)).slice(0, upTo);
    for (const { stored: each, position } of stored) {
      const read = readFact(each);
      if (!read.ok) throw new Error(read.reason);
      const fact = read.fact as FactOf<'statements'>;
      const place = { tenant: fact.tenant, recorded_at: fact.recordedAt, log_partition: partition, log_offset: position.offset };
      if (fact.type === 'StatementVoided') {
        const { target, voider } = fact.data;
        const times = { occurred_at: fact.occurredAt, known_at: fact.knownAt };
        await writer.insert('voids', [{ ...place, ...times, id: fact.id, target, voider }]);
      }
      if (fact.type !== 'StatementRecorded') continue;
      const { id, data } = fact;
      const logged = data.statement as unknown as TokenisedStatement;
      const keys = recordKeys({ id, credential: data.credential, statement: logged });
      const tags = keys.map(keyTag);
      await writer.insert('keyed_statements', [{ ...place, keys, id, tags }]);
      if (data.refersTo !== undefined) await writer.insert('statement_refs', [{ ...place, target: data.refersTo, id, tags }]);
      const defined = (data.defines === false ? [] : definedActivities(logged)).map((one) => ({
        ...place,
        activity: one.id,
        definition: JSON.stringify(one.definition),
      }));
      await writer.insert('sent_definitions', defined);
    }
    await log.commit(consumer, 'statements', partition, from + stored.length);
  }
}
