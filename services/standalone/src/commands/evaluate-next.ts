import { PRACTICE_TRUTH, proveNext } from '@pharos/learner-models';
import { type Command } from 'commander';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

interface NextOptions {
  readonly learners: string;
  readonly answers: string;
  readonly seeds: string;
  readonly json?: boolean;
}

/** Rates of learning and forgetting that no chooser was told of. */
const WORLDS = [
  { world: 'usual', change: {} },
  { world: 'learning at a third of the rate', change: { gain: PRACTICE_TRUTH.gain / 3 } },
  { world: 'learning at three times the rate', change: { gain: PRACTICE_TRUTH.gain * 3 } },
  { world: 'forgetting three times as much', change: { forgetting: PRACTICE_TRUTH.forgetting * 3 } },
  { world: 'forgetting nothing', change: { forgetting: 0 } },
] as const;

/** Adds `evaluate next`: choosing what comes next, in simulation. */
export function addEvaluateNext(evaluate: Command): void {
  evaluate
    .command('next')
    .description('SIMULATION: the next activity against random order, fixed order and a mastery threshold alone, also where rates of learning are otherwise')
    .option('--learners <number>', 'simulated learners a seed', '60')
    .option('--answers <number>', 'answers of each', '300')
    .option('--seeds <numbers>', 'separated by commas', '1,2,3')
    .option('--json', 'print every figure with its interval as JSON')
    .action(({ learners, answers, seeds, json = false }: NextOptions) => {
      const counts = { learners: whole('--learners', learners), answers: whole('--answers', answers) };
      const figures = WORLDS.flatMap(({ world, change }) =>
        seeds.split(',').map((seed) => ({
          world,
          seed: whole('--seeds', seed),
          policies: proveNext({ ...counts, seed: whole('--seeds', seed), truth: { ...PRACTICE_TRUTH, ...change } }),
        })),
      );
      const lines = figures.flatMap(({ world, seed, policies }) => [
        `${world}, seed ${seed}: skills known a day after ${counts.answers} answers`,
        ...policies.map(({ policy, known, toMastery, nextLess, nextSooner }) =>
          `  ${policy.padEnd(8)} ${known.mean.toFixed(1)} of 12 [${known.low.toFixed(1)}, ${known.high.toFixed(1)}]; answers to mastery ${toMastery.mean.toFixed(0)}; next knows more by ${nextLess.mean.toFixed(1)} [${nextLess.low.toFixed(1)}, ${nextLess.high.toFixed(1)}], and needs fewer by ${nextSooner.mean.toFixed(0)} [${nextSooner.low.toFixed(0)}, ${nextSooner.high.toFixed(0)}]`,
        ),
      ]);
      createReport(json).result({ simulation: true, ...counts, figures }, ['SIMULATION: these learners are invented, and people learn otherwise.', ...lines].join('\n'));
    });
} // prettier-ignore

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000) throw new Refusal(`${name} ${text} is not a whole number from 1 on`, 2);
  return value;
}
