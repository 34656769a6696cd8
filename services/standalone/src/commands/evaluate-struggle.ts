import { precisionOfDetectors } from '@pharos/learner-models';
import { type Command } from 'commander';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

const of100 = (share: number | null): string => (share === null ? 'n/a' : `${Math.round(100 * share)} %`);

/** Adds `evaluate struggle`: how often the detectors of struggle are right, in simulation. */
export function addEvaluateStruggle(evaluate: Command): void {
  evaluate
    .command('struggle')
    .description('SIMULATION: detectors of wheel-spinning, rapid guessing, hint abuse and long silence against what simulated learners truly do')
    .option('--learners <number>', 'simulated learners of each kind', '100')
    .option('--seed <number>', 'seed', '1')
    .option('--json', 'print JSON')
    .action(({ learners, seed, json = false }: { readonly learners: string; readonly seed: string; readonly json?: boolean }) => {
      const counts = [learners, seed].map(Number);
      if (!counts.every((count) => Number.isInteger(count) && count > 0 && count <= 10_000)) throw new Refusal('--learners and --seed are whole numbers from 1 on', 2);
      const detectors = precisionOfDetectors(counts[0]!, counts[1]!);
      const lines = detectors.map(({ code, named, right, precision, recall }) => `  ${code.padEnd(15)} ${right} of ${named} named rightly (${of100(precision)}); finds ${of100(recall)} of those who do it`);
      createReport(json).result({ simulation: true, detectors }, ['SIMULATION: these learners are invented.', ...lines].join('\n'));
    });
} // prettier-ignore
