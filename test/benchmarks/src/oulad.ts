import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type FoldFigures } from '@pharos/projector/benchmarks';
import { openWarehouse, scoped, sql } from '@pharos/warehouse';
import { type Figure } from './figures.js';
import { runPharos } from './pharos-run.js';
import { askedOften, signIn, startServing } from './serving.js';

const login = 'analyst@bench.example';
const password = 'a pass phrase of the benchmark';

/** What an analyst waits for, over the whole data set. */
async function asked(folder: string): Promise<readonly Figure[]> {
  await runPharos(['user', 'create', login, '--roles', 'analyst'], folder, `${password}\n`);
  const server = await startServing([], folder);
  try {
    await server.said(/Ready after/);
    const cookie = await signIn(server.address, login, password);
    const figures: Figure[] = [];
    for (const [name, address] of [
      ['overview', '/api/overview'],
      ['cohorts by course', '/api/cohorts?level=course'],
    ] as const) {
      const { first, p95 } = await askedOften(server.address, address, cookie);
      figures.push(
        { name: `${name} of OULAD, first`, value: first, unit: 'ms' },
        { name: `${name} of OULAD, warm, p95`, value: p95, unit: 'ms', asked: { atMost: 100 } },
      );
    }
    return figures;
  } finally {
    await server.stop();
  }
}

const ROWS = 1_000_000;

/** A million rows as Arrow, beside the engine's own time for the same question. */
async function arrowExport(folder: string): Promise<Figure> {
  const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  const rows = sql`SELECT id, learner, activity, kind, action, amount, occurred_at FROM ${scoped('statements')} LIMIT 1000000`;
  const tenant = warehouse.tenant('oulad');
  const ask = async () => {
    const begun = performance.now();
    let bytes = 0;
    for await (const chunk of tenant.arrow({ name: 'million', sql: rows, answer: String })) bytes += chunk.byteLength;
    if (bytes < ROWS * 40) throw new Error(`a million rows came as ${bytes} bytes`);
    return (performance.now() - begun) / 1000;
  };
  const begun = performance.now();
  await tenant.ask({ name: 'counted', sql: sql`SELECT count() AS n, sum(cityHash64(*)) AS read FROM (${rows})`, answer: String });
  const engine = (performance.now() - begun) / 1000;
  return {
    name: 'Arrow export of 1 million rows',
    value: await ask(),
    unit: 's',
    asked: { atMost: 10 },
    ceiling: { what: "the engine's own time", value: engine },
  };
}

/** The fold beside the engine's own insert of the same rows. */
async function foldBesideInsert(folder: string): Promise<Figure> {
  const script = fileURLToPath(new URL('./fold-beside-insert.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, path.join(folder, 'log')]);
  const { foldPerSecond, rawInsertPerSecond } = JSON.parse(stdout) as FoldFigures;
  return {
    name: 'fold, tables and roll-ups, in a process of its own',
    value: foldPerSecond,
    unit: 'facts/s',
    asked: { atLeast: 0.6 * rawInsertPerSecond },
    ceiling: { what: "the engine's insert of the same rows", value: rawInsertPerSecond },
  };
}

/** The whole way of the Open University data set: in at the door, to the tables, folded again, scored, alerted, derived again. */
export async function benchOulad(data: string, folder: string): Promise<readonly Figure[]> {
  const imported = await runPharos(['import', 'oulad', data], folder);
  const { appended, folded, seconds } = imported.result as {
    readonly appended: number;
    readonly folded: number;
    readonly seconds: { readonly import: number; readonly fold: number };
  };
  const rebuilt = await runPharos(['rebuild'], folder);
  const risk = await runPharos(['jobs', 'run', 'risk', '--as-of', '2014-11-26'], folder);
  const alerts = await runPharos(['jobs', 'run', 'alerts', '--as-of', '2014-11-26'], folder);
  const verified = await runPharos(['verify', 'alerts'], folder);
  const views = await asked(folder);
  const { facts, seconds: rebuildSeconds } = rebuilt.result as { readonly facts: number; readonly seconds: number };
  return [
    { name: 'import oulad: facts to the log', value: appended / seconds.import, unit: 'facts/s', asked: { atLeast: 20_000 } },
    { name: 'import oulad: everything can be asked for after', value: seconds.import + seconds.fold, unit: 's', asked: { atMost: 180 } },
    { name: 'import oulad: peak anonymous memory', value: imported.peakAnonymousMb, unit: 'MB', asked: { atMost: 2_500 } },
    { name: `fold of ${folded.toLocaleString('en')} facts`, value: folded / seconds.fold, unit: 'facts/s', asked: { atLeast: 30_000 } },
    { name: 'rebuild', value: facts / rebuildSeconds, unit: 'facts/s', asked: { atLeast: 30_000 } },
    { name: 'risk of one week: train, judge, audit, score (2014J, day 56)', value: Number(risk.result.seconds), unit: 's' },
    { name: 'alerts from it', value: Number(alerts.result.seconds), unit: 's' },
    {
      name: 'alerts derived again: scores that differ',
      value: (verified.result.mismatches as readonly unknown[]).length,
      unit: 'scores',
      asked: { atMost: 0 },
    },
    ...views,
    await foldBesideInsert(folder),
    await arrowExport(folder),
  ];
}
