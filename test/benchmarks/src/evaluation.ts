import { readOuladTables } from '@pharos/ingest';
import { evaluateRolling, ouladSource } from '@pharos/jobs';
import { type Figure } from './figures.js';

/** The whole rolling evaluation of OULAD: every presentation that has others before it, at every fourth week, all recipes, intervals included. */
export async function benchEvaluation(folder: string, now: () => number): Promise<readonly Figure[]> {
  const began = now();
  const source = ouladSource(await readOuladTables(folder));
  const { presentations } = await evaluateRolling(source, {
    target: 'not-passing',
    seed: 1,
    resamples: 200,
    everyDays: 28,
    ablations: false,
  });
  const seconds = (now() - began) / 1000;
  return [
    {
      name: `rolling evaluation of OULAD, ${presentations.length} presentations × days`,
      value: seconds,
      unit: 's',
      asked: { atMost: 600 },
    },
  ];
}
