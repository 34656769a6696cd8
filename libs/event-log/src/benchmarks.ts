/**
 * How fast the log of one machine is, each figure beside what the same disk and the same text allow in the same run.
 *
 * Run it: `node libs/event-log/dist/benchmarks.js`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from 'lmdb';
import { claimedVideoFact, videoFact } from './benchmark-facts.js';
import { type EmbeddedLog } from './embedded-log.js';
import { openTemporaryLog } from './temporary-log.js';

/** One figure. `ceiling` is what the comparison reached in the same run; more is better unless the unit is a time. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: 'facts/s' | 'ms' | 'µs';
  readonly ceiling?: { readonly what: string; readonly value: number };
}

const BATCH = 500;
const WRITERS = 16;

/** Measures everything, on a log of its own in the temporary folder. Takes about half a minute. */
export async function benchmarkEventLog(batches = 60, singles = 10_000): Promise<readonly Measured[]> {
  const plain = Array.from({ length: batches }, (_, batch) => Array.from({ length: BATCH }, (_, i) => videoFact(batch * BATCH + i)));
  const claimed = plain.map((_, batch) => Array.from({ length: BATCH }, (_, i) => claimedVideoFact((batches + batch) * BATCH + i)));
  const single = Array.from({ length: singles }, (_, i) => claimedVideoFact(2 * batches * BATCH + i));
  const raw = await rawLmdb(plain.map((facts) => facts.map((fact) => Buffer.from(JSON.stringify(fact)))));
  const { log, dispose } = await openTemporaryLog({ now: () => new Date() });
  const facts = batches * BATCH;
  const ceiling = { what: 'raw LMDB, the same JSON, one value a fact, flushed by batch', value: raw };
  const append = await perSecond(facts, async () => {
    for (const batch of plain) await log.append(batch);
  });
  const withClaims = await perSecond(facts, async () => {
    for (const batch of claimed) await log.appendClaimed(batch);
  });
  const reading = await readAll(log);
  const latencies: number[] = [];
  const singly = await perSecond(singles, () => writeSingly(log, single, latencies));
  latencies.sort((a, b) => a - b);
  const one = await readSingly(log);
  await dispose();
  return [
    { name: `append, batches of ${BATCH}`, value: append, unit: 'facts/s', ceiling },
    { name: `append with claims, batches of ${BATCH}`, value: withClaims, unit: 'facts/s', ceiling },
    { name: `append with claims, ${WRITERS} writers of one`, value: singly, unit: 'facts/s' },
    { name: `append with claims, ${WRITERS} writers of one, p50`, value: latencies[Math.floor(singles * 0.5)]!, unit: 'ms' },
    { name: `append with claims, ${WRITERS} writers of one, p99`, value: latencies[Math.floor(singles * 0.99)]!, unit: 'ms' },
    {
      name: 'read, 5,000 at a time',
      value: reading,
      unit: 'facts/s',
      ceiling: { what: 'JSON.parse of the same text', value: parsing(plain) },
    },
    { name: 'read one fact by its position', value: one, unit: 'µs' },
  ];
}

async function perSecond(facts: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (facts / (performance.now() - start)) * 1_000;
}

async function rawLmdb(batches: readonly (readonly Buffer[])[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pharos-raw-'));
  const database = open<Buffer, number>({
    path: path.join(folder, 'raw.mdb'),
    encoding: 'binary',
    overlappingSync: false,
    mapSize: 2 ** 36,
  });
  let key = 0;
  const rate = await perSecond(batches.length * BATCH, async () => {
    for (const values of batches) {
      await database.transaction(() => {
        for (const value of values) database.putSync(key++, value, { append: true });
      });
    }
  });
  await database.close();
  rmSync(folder, { recursive: true });
  return rate;
}

async function readAll(log: EmbeddedLog): Promise<number> {
  const heads = await log.heads('statements');
  return perSecond(
    heads.reduce((sum, head) => sum + head, 0),
    async () => {
      for (const [partition, head] of heads.entries()) {
        for (let next = 0; next < head;) next += (await log.read('statements', partition, next)).length;
      }
    },
  );
}

async function readSingly(log: EmbeddedLog): Promise<number> {
  const [head] = await log.heads('statements');
  const reads = 2_000;
  const start = performance.now();
  for (let i = 0; i < reads; i++) await log.read('statements', 0, (i * 7_919) % head!, { maxFacts: 1 });
  return ((performance.now() - start) / reads) * 1_000;
}

async function writeSingly(log: EmbeddedLog, facts: ReturnType<typeof claimedVideoFact>[], latencies: number[]): Promise<void> {
  let next = 0;
  const writer = async () => {
    for (let fact = facts[next++]; fact; fact = facts[next++]) {
      const start = performance.now();
      await log.appendClaimed([fact]);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** What parsing alone would allow, in the same pieces as the log stores. */
function parsing(batches: readonly unknown[]): number {
  const texts = batches.map((batch) => JSON.stringify(batch));
  const start = performance.now();
  for (const text of texts) JSON.parse(text);
  return ((batches.length * BATCH) / (performance.now() - start)) * 1_000;
}

/** One figure on one line. */
export function describeMeasured({ name, value, unit, ceiling }: Measured): string {
  const shown = unit === 'facts/s' ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  const beside = ceiling
    ? `  (${ceiling.what}: ${Math.round(ceiling.value).toLocaleString('en')}, ${((100 * value) / ceiling.value).toFixed(0)} %)`
    : '';
  return `${name}: ${shown} ${unit}${beside}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const measured of await benchmarkEventLog()) process.stdout.write(`${describeMeasured(measured)}\n`);
}
