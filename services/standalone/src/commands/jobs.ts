import { type Command } from 'commander';
import { createProjector } from '@pharos/projector';
import { jobNamed, jobs, type JobsHome, runJob } from '@pharos/jobs';
import { FOLD_CONSUMER, type Homes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { type CommandContext, readContext, tenantOf, withHomes } from './command-context.js';
import { createReport } from './report.js';

interface RunOptions {
  readonly tenant?: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

export function addJobs(program: Command): void {
  const command = program.command('jobs').description('list the jobs, run one, or see what ran');
  command
    .command('list')
    .option('--json', 'print JSON')
    .action(({ json = false }: RunOptions) => {
      const listed = jobs.map(({ name, cron, about }) => ({ name, cron, about }));
      createReport(json).result(listed, listed.map((job) => `${job.name.padEnd(10)} ${job.cron.padEnd(12)} ${job.about}`).join('\n'));
    });
  command
    .command('run <name>')
    .description('run one slot of a job now')
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .option('--as-of <date>', 'as of the end of this day, or of this moment: nothing later is looked at')
    .option('--json', 'print JSON')
    .action(runOne);
  command
    .command('runs')
    .description('what ran, newest first')
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .option('--json', 'print JSON')
    .action(async ({ tenant, json = false }: RunOptions) =>
      withHomes(readContext(), async (homes) => {
        const runs = await homes.registry.tenant(await tenantOf(homes, tenant)).jobRuns.list({ limit: 50 });
        createReport(json).result(runs, runs.map((run) => `${run.slot}  ${run.job.padEnd(8)} ${run.outcome ?? 'running'}  ${JSON.stringify(run.counts)} ${run.reason ?? ''}`).join('\n') || 'Nothing ran yet.'); // prettier-ignore
      }),
    );
}

async function runOne(name: string, { tenant, asOf, json = false }: RunOptions): Promise<void> {
  const job = jobNamed(name);
  if (!job) throw new Refusal(`no job is called ${name}; there are ${jobs.map((one) => one.name).join(', ')}`, 2);
  const context = readContext();
  const moment = momentOf(asOf, context.now());
  await withHomes(context, async (homes) => {
    const id = await tenantOf(homes, tenant);
    const began = performance.now();
    const result = await whileFolding(homes, context, (home) => runJob(job, { tenant: id, asOf: moment }, home));
    const seconds = (performance.now() - began) / 1000;
    const counts = result.outcome === 'skipped' ? {} : result.run.counts;
    const reason = 'reason' in result ? result.reason : '';
    createReport(json).result({ job: name, tenant: id, asOf: moment, outcome: result.outcome, reason, counts, seconds }, `${name} for ${id} as of ${moment}: ${result.outcome} in ${seconds.toFixed(1)} s ${JSON.stringify(counts)} ${reason}`); // prettier-ignore
    if (result.outcome === 'failed') process.exitCode = 4;
  });
}

/** A day means its end, in UTC. */
function momentOf(asOf: string | undefined, now: Date): string {
  if (asOf === undefined) return now.toISOString();
  const text = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59.999Z` : asOf;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Refusal(`--as-of ${asOf} is neither a day (2014-11-01) nor a moment (ISO 8601)`, 2);
  return new Date(time).toISOString();
}

/** Runs jobs beside a fold and a relay of this process, so that what they append becomes readable to the next. */
export async function whileFolding<T>(homes: Homes, { logger, now }: CommandContext, work: (home: JobsHome) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const folding = createProjector({ log: homes.log, warehouse: homes.warehouse, registry: homes.registry.folds }).run(stopping.signal);
  const relay = await homes.registry.outbox.startRelay({ append: (facts) => homes.log.append(facts) }, (error) => logger.error({ error: (error as Error).message }, 'decisions wait: the log does not take them')); // prettier-ignore
  try {
    const { log, warehouse, registry } = homes;
    return await work({ log, warehouse, registry, logger, now, holder: `cli/${process.pid}`, foldedBy: FOLD_CONSUMER });
  } finally {
    await homes.registry.outbox.relayOnce({ append: (facts) => homes.log.append(facts) });
    await relay.stop();
    stopping.abort();
    await folding;
  }
}
