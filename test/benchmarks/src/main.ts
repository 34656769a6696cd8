/**
 * `npm run bench`: every promised figure, beside its ceiling of the same run. `npm run bench -- log door` runs only those;
 * with `--json` the figures come as JSON on standard output.
 *
 * Wall times of a busy machine mean little: run it on a quiet one, and compare the ratios.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { benchmarkEventLog } from '@pharos/event-log/benchmarks';
import { benchmarkAudit } from '@pharos/fairness/benchmarks';
import { benchmarkIngest } from '@pharos/ingest/benchmarks';
import {
  benchGlassBoxMillion, benchGlassBoxOulad, benchLogisticMillion, benchMastery, benchScoring, benchSparseMillion, benchSparseSolver, type Measured as Timed,
} from '@pharos/learner-models/benchmarks'; // prettier-ignore
import { type Figure, lineOf } from './figures.js';
import { benchEvaluation } from './evaluation.js';
import { benchKnowledgeReads } from './knowledge-reads.js';
import { benchOulad } from './oulad.js';
import { sharedData } from './real-data.js';
import { benchmarkRecordStore } from './record-store.js';
import { benchServing } from './serving.js';

const now = (): number => performance.now();

const asked: Readonly<Record<string, Figure['asked']>> = {
  'POST, batches of 500': { atLeast: 20_000 },
  'POST, singles on 16 connections': { atLeast: 5_000 },
  'POST, singles on 16 connections, p99': { atMost: 12 },
  'POST, singles on 64 connections': { atLeast: 9_000 },
};

/** Asked for over 5 million statements: `node test/benchmarks/dist/record-store.js 5` takes that long way. */
const recordsAsked: Readonly<Record<string, NonNullable<Figure['asked']>>> = {
  'GET by id': { atMost: 5 },
  'GET by agent': { atMost: 50 },
  'GET by verb and activity': { atMost: 50 },
  'GET by registration': { atMost: 50 },
  'GET by since': { atMost: 50 },
  'GET by related_agents': { atMost: 150 },
  'GET by related_activities': { atMost: 150 },
  'POST, then GET by agent': { atMost: 30 },
  'documents: PUT, durable': { atLeast: 2_000 },
  'documents: GET': { atLeast: 4_000 },
};

const sections: Readonly<Record<string, (folder: string) => Promise<readonly Figure[] | string> | readonly Figure[]>> = {
  log: async () => benchmarkEventLog(),
  door: async () => {
    const statements = sharedData('xapi/fun-mooc-video-statements.ndjson.gz');
    if (statements === undefined) return 'skipped: the FUN-MOOC statements are not beside the project';
    const measured = await benchmarkIngest(statements);
    return measured.map((one): Figure => ({ ...one, ...(asked[one.name] ? { asked: asked[one.name]! } : {}) }));
  },
  records: async () => {
    const statements = 200_000;
    const figures = await benchmarkRecordStore(statements, (line) => say(`  ${line}\n`));
    return figures.map(({ name, p95, unit }): Figure => ({
      name: unit === 'ms' ? `${name}, p95 of ${statements} statements` : name,
      value: p95,
      unit,
      ...(recordsAsked[name] && { asked: recordsAsked[name] }),
    }));
  },
  oulad: async (folder) => {
    const data = sharedData('oulad');
    return data === undefined ? 'skipped: OULAD is not beside the project' : benchOulad(data, path.join(folder, 'oulad'));
  },
  serving: (folder) => benchServing(path.join(folder, 'demo')),
  models: () => [benchGlassBoxOulad, benchLogisticMillion, benchGlassBoxMillion, benchScoring].map((bench) => asFigure(bench(now))),
  evaluation: async () => {
    const data = sharedData('oulad');
    return data === undefined ? 'skipped: OULAD is not beside the project' : benchEvaluation(data, now);
  },
  knowledge: () => {
    const { elo, boosted, parse } = benchMastery(now);
    const ceiling = { what: 'JSON.parse of the same answers', value: parse };
    return [
      ...[benchSparseSolver, benchSparseMillion].map((bench) => asFigure(bench(now))),
      { name: 'answers folded into mastery, ratings', value: elo, unit: 'answers/s', asked: { atLeast: 30_000 }, ceiling },
      { name: 'answers folded into mastery, boosted trees', value: boosted, unit: 'answers/s', ceiling },
    ];
  },
  // Asked for at 100,000 learners: `node test/benchmarks/dist/knowledge-reads.js 100000` takes that long way.
  reads: () => benchKnowledgeReads(5_000, (line) => say(`  ${line}\n`)),
  fairness: () => {
    const { seconds, rows, attributes } = benchmarkAudit(now);
    // what follows each training, with the draws of `services/jobs`, on a district of some thousand learners
    const small = benchmarkAudit(now, 4_000, [2, 2, 5], { resamples: 400, permutations: 1000, abrocaRounds: 50 });
    return [
      { name: `fairness audit, ${rows} rows × ${attributes} attributes, whole`, value: seconds, unit: 's', asked: { atMost: 60 } },
      { name: `fairness audit, ${small.rows} rows × ${small.attributes} attributes, as after a training`, value: small.seconds, unit: 's' },
    ];
  },
};

const asFigure = ({ name, milliseconds, ceiling }: Timed): Figure => ({
  name,
  value: milliseconds / 1000,
  unit: 's',
  asked: { atMost: ceiling / 1000 },
});

const json = process.argv.includes('--json');
const chosen = process.argv.slice(2).filter((name) => name !== '--json');
const unknown = chosen.filter((name) => !(name in sections));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark is called ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}\n`);
  process.exit(2);
}
const machine = {
  cores: os.cpus().length,
  model: os.cpus()[0]?.model ?? 'unknown',
  load: os.loadavg()[0]!,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
};
// With --json the lines for people go where they do not mix with it.
const say = (text: string): void => void (json ? process.stderr : process.stdout).write(text);
const measured: { readonly section: string; readonly figures: readonly Figure[] | string }[] = [];
say(`${machine.cores} × ${machine.model}, load ${machine.load.toFixed(1)}, Node ${machine.node}, ${machine.date}\n`);
for (const [section, run] of Object.entries(sections).filter(([name]) => chosen.length === 0 || chosen.includes(name))) {
  const folder = await mkdtemp(path.join(os.tmpdir(), `pharos-bench-${section}-`));
  // PostgreSQL runs as a user of its own when this runs as root, and has to pass through.
  await chmod(folder, 0o711);
  say(`\n${section}\n`);
  try {
    const figures = await run(folder);
    measured.push({ section, figures });
    say(typeof figures === 'string' ? `  ${figures}\n` : figures.map((figure) => `  ${lineOf(figure)}\n`).join(''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (json) process.stdout.write(`${JSON.stringify({ machine, measured })}\n`);
process.exit(0);
