import { type Command } from 'commander';
import { readOuladTables, UnreadableTable } from '@pharos/ingest';
import {
  type EvaluatedCut, evaluateRolling, type EvaluationSource, isTarget, ouladSource, type RollingEvaluation, type Target, targets, tenantSource,
} from '@pharos/jobs'; // prettier-ignore
import { Refusal } from '../refusal.js';
import { readContext, tenantOf, withHomes } from './command-context.js';
import { createReport } from './report.js';

interface RiskEvaluationOptions {
  readonly ablations?: boolean;
  readonly only?: string;
  readonly lastDay?: string;
  readonly resamples: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** Adds `evaluate oulad` and `evaluate tenant`: models of risk, judged on presentations that they could not know. */
export function addEvaluateRisk(evaluate: Command): void {
  const about = 'each class at every fourth week, scored by models that knew only classes completed before';
  withOptions(evaluate.command('oulad <dir>').description(`models of risk on the files of OULAD: ${about}`)).action(
    async (dir: string, options: RiskEvaluationOptions) => judgeSource({ oulad: dir }, await ouladFrom(dir), options),
  );
  withOptions(evaluate.command('tenant [id]').description(`models of risk on what a tenant has recorded: ${about}`))
    .option('--target <name>', `what is predicted: ${Object.keys(targets).join(', ')}; what the tenant is warned of by default`)
    .action(async (id: string | undefined, options: RiskEvaluationOptions & { readonly target?: string }) => {
      const context = readContext();
      await withHomes(context, async (homes) => {
        const tenant = await tenantOf(homes, id);
        const target = targetOf(options.target ?? (await homes.registry.tenant(tenant).policies.get('alerts')).value.target);
        const source = await tenantSource(homes.warehouse.tenant(tenant), context.now().toISOString(), target);
        await judgeSource({ tenant }, source, options, target);
      });
    });
}

const withOptions = (command: Command): Command =>
  command
    .option('--ablations', 'also what each family of features gives, and what protected attributes would have added')
    .option('--only <terms>', 'judge these presentations only, separated by commas; what models learn from stays the same')
    .option('--last-day <day>', 'judge no later days of a presentation than this')
    .option('--resamples <number>', 'resamples of persons behind each interval', '200')
    .option('--seed <number>', 'seed of fits and resamples', '1')
    .option('--json', 'print every figure with its interval as JSON');

async function ouladFrom(dir: string): Promise<EvaluationSource> {
  try {
    return ouladSource(await readOuladTables(dir));
  } catch (error) {
    if (error instanceof UnreadableTable) throw new Refusal(error.message, 2);
    throw error;
  }
}

const targetOf = (name: string): Target => {
  if (!isTarget(name)) throw new Refusal(`--target ${name} is none of ${Object.keys(targets).join(', ')}`, 2);
  return name;
};

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) throw new Refusal(`${name} ${text} is not a whole number from 0 on`, 2);
  return value;
};

async function judgeSource(
  of: Readonly<Record<string, string>>,
  source: EvaluationSource,
  options: RiskEvaluationOptions,
  target: Target = 'not-passing',
): Promise<void> {
  const { ablations = false, only, lastDay, json = false } = options;
  const resamples = wholeNumber('--resamples', options.resamples);
  const seed = wholeNumber('--seed', options.seed);
  const terms = only?.split(',').map((term) => term.trim());
  const unknown = terms?.filter((term) => !source.ended.some((one) => one.term === term)) ?? [];
  if (unknown.length > 0) throw new Refusal(`no class of ${unknown.join(', ')} has ended`, 2);
  const report = createReport(json);
  const bar = report.progress('evaluating', 100);
  const began = performance.now();
  const found = await evaluateRolling(source, {
    target, seed, resamples, everyDays: 28, ablations, ...(terms ? { only: terms } : {}),
    ...(lastDay === undefined ? {} : { lastDay: wholeNumber('--last-day', lastDay) }),
    onStep: (done, all, what) => bar.at((100 * done) / all, what),
  }).finally(() => bar.end()); // prettier-ignore
  const seconds = (performance.now() - began) / 1000;
  if (found.presentations.length === 0)
    throw new Refusal('there is nothing to judge: no presentation has another one completed before it', 4);
  report.result({ ...of, ...found, seconds }, inWords(found, seconds));
}

function inWords({ presentations, pooled, ablations }: RollingEvaluation, seconds: number): string {
  const changed = ablations.map((one) => {
    const change = one.change === 'none' ? 'as it is' : one.change === 'protected' ? 'with protected attributes' : `without ${one.family}`;
    return `  ${one.presentation} day ${one.day}  ${one.recipe} ${change.padEnd(26)} AUC ${one.auc.toFixed(4)}  precision ${one.precisionAt10.toFixed(4)}  log loss ${one.logLoss.toFixed(4)}`;
  });
  return [...presentations, ...pooled]
    .flatMap(linesOf)
    .concat(changed, `judged in ${seconds.toFixed(0)} s`)
    .join('\n');
}

function linesOf({ presentation, day, n, baseRate, models }: EvaluatedCut): string[] {
  const figure = (metrics: EvaluatedCut['models'][number]['metrics'], name: string): string => {
    const { value = null, low = null, high = null } = metrics[name] ?? {};
    if (value === null) return 'n/a';
    return low === null || high === null ? value.toFixed(4) : `${value.toFixed(4)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  };
  return [
    `${presentation ?? 'all presentations'}, ${day === null ? 'all days' : `day ${day}`}: ${n} enrolments, ${(100 * baseRate).toFixed(1)} % did not pass`,
    ...models.map(
      ({ model, metrics }) =>
        `  ${model.padEnd(10)} AUC ${figure(metrics, 'auc')}  precision at 10 % ${figure(metrics, 'precisionAt10')}  ECE ${figure(metrics, 'ece')}  log loss ${figure(metrics, 'logLoss')}  slope ${figure(metrics, 'calibrationSlope')}`,
    ),
  ];
}
