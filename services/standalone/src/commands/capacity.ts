import { readFileSync } from 'node:fs';
import { type Command } from 'commander';
import { z } from 'zod';
import { measuredHere } from '../capacity/measured.js';
import { type CapacityPlan, type Measured, planCapacity } from '../capacity/plan-capacity.js';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

interface CapacityOptions {
  readonly learners: string;
  readonly statementsPerDay: string;
  readonly years: string;
  readonly peakFactor: string;
  readonly replicas: string;
  readonly measured?: string;
  readonly json?: boolean;
}

const above0 = z.number().positive();
const measuredFile = z.strictObject({
  doorCpuMicros: z.strictObject({ ingest: above0, brokers: above0, postgres: above0 }),
  foldPerSecond: above0,
  logBytes: above0,
  warehouseBytes: above0,
});

export function addCapacity(program: Command): void {
  program
    .command('capacity')
    .description('what a cluster needs for so many statements, from what was measured (infra/capacity.md)')
    .option('--learners <n>', 'learners', '2000000')
    .option('--statements-per-day <n>', 'statements on a mean day', '100000000')
    .option('--years <n>', 'years that are kept', '5')
    .option('--peak-factor <n>', "how many times the day's mean comes in the busiest minute", '6')
    .option('--replicas <n>', 'copies of the log and of the warehouse', '3')
    .option('--measured <file>', 'figures of your own machines as JSON, in the place of those of infra/capacity.md')
    .option('--json', 'print JSON')
    .action(({ measured, json = false, ...asked }: CapacityOptions) => {
      const demand = {
        learners: Number(asked.learners),
        statementsPerDay: Number(asked.statementsPerDay),
        years: Number(asked.years),
        peakFactor: Number(asked.peakFactor),
        replicas: Number(asked.replicas),
      };
      try {
        const plan = planCapacity(demand, measured === undefined ? measuredHere : readMeasured(measured));
        createReport(json).result(plan, linesOf(plan, demand.learners * demand.years));
      } catch (error) {
        if (error instanceof RangeError) throw new Refusal(error.message, 2);
        throw error;
      }
    });
}

/** @throws Refusal naming the file when it does not fit */
function readMeasured(file: string): Measured {
  try {
    return measuredFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Refusal(`--measured ${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`, 2);
  }
}

function linesOf(plan: CapacityPlan, learnerYears: number): string {
  const { doorCores, foldShare, catchUpMinutes } = plan;
  const number = (value: number, digits = 0): string => value.toLocaleString('en', { maximumFractionDigits: digits });
  const cores = (value: number): string => `${number(Math.max(1, Math.ceil(2 * value)))} (busy at the peak: ${number(value, 1)})`;
  return [
    `statements     ${number(plan.meanPerSecond)}/s in the mean, ${number(plan.peakPerSecond)}/s at the peak, ${number(plan.statements)} in all`,
    `ingest         cores ${cores(doorCores.ingest)}`,
    `brokers        cores ${cores(doorCores.brokers)}; ${plan.partitions} partitions of statements; ${number(plan.logTerabytes, 1)} TB with all replicas`,
    `PostgreSQL     cores ${cores(doorCores.postgres)}`,
    `ClickHouse     ${number(plan.warehouseTerabytes, 1)} TB with all replicas`,
    `fold           the mean takes ${number(100 * foldShare.mean)} % of one projector, the peak ${number(100 * foldShare.peak)} %`,
    `               after an hour's outage up to date within ${catchUpMinutes === undefined ? 'no time: it never catches up' : `${number(catchUpMinutes)} minutes`}`,
    `disk           ${number(((plan.logTerabytes + plan.warehouseTerabytes) * 1e6) / learnerYears, 2)} MB a learner and year; times your price it is the cost that grows`,
    ...plan.limits.map((limit) => `LIMIT          ${limit}`),
  ].join('\n');
}
