import { type AttributePractice, tenantPractice } from '@pharos/jobs';
import { type Command } from 'commander';
import { Refusal } from '../refusal.js';
import { readContext, tenantOf, withHomes } from './command-context.js';
import { createReport } from './report.js';

/** Adds `evaluate practice`: whether practice is fair to groups at equal mastery. */
export function addEvaluatePractice(evaluate: Command): void {
  evaluate
    .command('practice [tenant]')
    .description('fair practice: items that ask more of a group at equal mastery, and groups that are offered harder, easier or fewer new things')
    .option('--minimum <number>', 'groups with fewer learners are left out', '10')
    .option('--json', 'print every figure as JSON')
    .action(async (id: string | undefined, { minimum, json = false }: { readonly minimum: string; readonly json?: boolean }) => {
      const least = Number(minimum);
      if (!Number.isInteger(least) || least < 1) throw new Refusal(`--minimum ${minimum} is not a whole number from 1 on`, 2);
      const context = readContext();
      await withHomes(context, async (homes) => {
        const tenant = await tenantOf(homes, id);
        const attributes = await tenantPractice(homes.warehouse.tenant(tenant), { asOf: context.now().toISOString() }, least);
        const lines = attributes.flatMap(inWords);
        createReport(json).result({ tenant, attributes }, lines.length > 0 ? lines.join('\n') : 'No attribute is declared for two groups who have answered.');
      });
    });
} // prettier-ignore

function inWords({ attribute, groups }: AttributePractice): readonly string[] {
  const points = (share: number): string => (100 * share).toFixed(1);
  return groups.flatMap(({ group, reference, learners, compared, items, offered: { ease, fresh } }) => [
    `${attribute}: ${group} (${learners} learners) beside ${reference}: ${items.length} of ${compared} items differ at equal mastery`,
    ...items.map(({ item, delta, verdict }) => `  ${item}: ${delta! < 0 ? 'harder' : 'easier'} for ${group} (delta ${delta!.toFixed(2)}, class ${verdict})`),
    ...(ease ? [`  ${ease.steered ? 'STEERED: ' : ''}items offered are easier by ${points(ease.gap)} points [${points(ease.low)}, ${points(ease.high)}]`] : []),
    ...(fresh ? [`  ${fresh.steered ? 'STEERED: ' : ''}new skills are offered more often by ${points(fresh.gap)} points [${points(fresh.low)}, ${points(fresh.high)}]`] : []),
  ]);
} // prettier-ignore
