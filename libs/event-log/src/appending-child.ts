/**
 * A process that appends until it is killed, for tests of what survives. Run by path, never imported.
 *
 * Usage: appending-child.ts FOLDER RUN [BATCHES]. Prints `appending N` before and `acknowledged N` after each batch.
 */
import { writeSync } from 'node:fs';
import { voided } from './contract-facts.js';
import { openEmbeddedLog } from './embedded-log.js';

const FACTS_OF_A_BATCH = 5;

const [path, run, batches = 'Infinity'] = process.argv.slice(2);
if (!path || !run) throw new Error('usage: appending-child.ts FOLDER RUN [BATCHES]');
const log = await openEmbeddedLog({ path, now: () => new Date() });
for (let batch = 0; batch < Number(batches); batch++) {
  const facts = Array.from({ length: FACTS_OF_A_BATCH }, (_, i) => voided(`${run}-${batch}-${i}`, `learner-${i}`));
  writeSync(1, `appending ${batch}\n`);
  await log.appendClaimed(facts.map((fact) => ({ fact, claim: { tenant: fact.tenant, id: fact.id, hash: 'aa' } })));
  writeSync(1, `acknowledged ${batch}\n`);
}
await log.close();
