import { type Figure } from './figures.js';
import { runPharos } from './pharos-run.js';

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
  ];
}
