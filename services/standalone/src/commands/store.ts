import { randomUUID } from 'node:crypto';
import { type Command } from 'commander';
import { archivedLog } from '@pharos/event-log';
import { rebuild, verify } from '@pharos/projector';
import { verifyAlerts } from '@pharos/jobs';
import { type AlertCase } from '@pharos/registry';
import { holdTheFold } from '../cluster/shared-fold.js';
import { type Homes } from '../homes/open-homes.js';
import { PositionMap } from '../move/position-map.js';
import { Refusal } from '../refusal.js';
import { archiveOf } from './archive.js';
import { readContext, tenantOf, withHomes } from './command-context.js';
import { createReport } from './report.js';

interface StoreOptions {
  readonly tenant?: string;
  readonly json?: boolean;
}

export function addStore(program: Command): void {
  program
    .command('rebuild')
    .description('fold the whole log into fresh tables beside the live ones and swap them')
    .option('--from <place>', 'log, or archive: where the log keeps facts for a limited time only', 'log')
    .option('--json', 'print JSON')
    .action(runRebuild);
  const check = program.command('verify').description('fold the log again and compare row for row by hashes; count facts against rows');
  check.option('--json', 'print JSON').action(runVerify);
  check
    .command('alerts')
    .description("derive each open alert's number again from the log's tables and its model")
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .option('--json', 'print JSON')
    .action(runVerifyAlerts);
}

const runRebuild = ({ json = false, from = 'log' }: StoreOptions & { readonly from?: string }): Promise<void> => {
  const context = readContext();
  return withHomes(context, async (homes) => {
    if (from !== 'log' && from !== 'archive') throw new Refusal(`--from is log or archive, not ${from}`, 2);
    const { warehouse, registry } = homes;
    const log = from === 'archive' ? archivedLog(homes.log, archiveOf(homes)) : homes.log;
    // Projectors of a cluster run on; a data folder is this process's alone.
    const isCluster = context.configuration.mode === 'cluster';
    const pausing = isCluster ? { pauseLiveFold: () => holdTheFold(registry.leases, randomUUID()) } : {};
    const began = performance.now();
    const { facts } = await rebuild({ log, warehouse, registry: registry.folds, ...pausing });
    const seconds = (performance.now() - began) / 1000;
    createReport(json).result(
      { facts, seconds },
      `${facts.toLocaleString('en')} facts folded again in ${seconds.toFixed(1)} s; the tables are swapped`,
    );
  });
};

const runVerify = ({ json = false }: StoreOptions): Promise<void> =>
  withHomes(readContext(), async ({ log, warehouse, registry }) => {
    const found = await verify({ log, warehouse, registry: registry.folds });
    const lines = [
      ...found.facts.map(
        ({ topic, logged, folded }) =>
          `  ${topic.padEnd(14)} ${logged.toLocaleString('en')} facts logged, ${(logged - folded).toLocaleString('en')} were not folded yet`,
      ),
      ...found.tables.map(({ table, rows }) => `  ${table.padEnd(20)} ${rows.toLocaleString('en')} rows`),
      found.differing.length === 0
        ? 'Every table is what the log says.'
        : `Different from what the log says: ${found.differing.map(({ table }) => table).join(', ')}. Run rebuild.`,
    ];
    createReport(json).result(found, lines.join('\n'));
    if (found.differing.length > 0) process.exitCode = 4;
  });

const runVerifyAlerts = ({ tenant, json = false }: StoreOptions): Promise<void> =>
  withHomes(readContext(), async (homes) => {
    const id = await tenantOf(homes, tenant);
    const cases = homes.registry.tenant(id).alertCases;
    const alerts = [];
    let cursor: string | null = null;
    do {
      const page = await cases.list({}, { limit: 200, ...(cursor === null ? {} : { cursor }) });
      alerts.push(...page.alerts);
      cursor = page.next;
    } while (cursor !== null);
    const found = await verifyAlerts(homes.warehouse.tenant(id), await atPresentPositions(homes, alerts));
    const lines = found.mismatches.slice(0, 20).map(({ alert, class: inClass, what }) => `  ${alert} (${inClass}): ${what}`);
    createReport(json).result(
      found,
      [`${found.alerts} alerts, ${found.scores} scores derived again, ${found.mismatches.length} different`, ...lines].join('\n'),
    );
    if (found.mismatches.length > 0) process.exitCode = 4;
  });

/** Positions that were noted before the log moved, as those of the log as it is. */
async function atPresentPositions({ log, registry, blobs }: Homes, alerts: readonly AlertCase[]): Promise<readonly AlertCase[]> {
  let translated = alerts;
  for (const { map: key } of await registry.logMoves.list()) {
    const bytes = await blobs.get(key);
    if (!bytes) throw new Refusal(`the map of positions ${key} is not among the blobs`, 4);
    const map = await PositionMap.decode(bytes);
    translated = translated.map((each) => ({
      ...each,
      latest: {
        ...each.latest,
        evidence: each.latest.evidence.map((one) => ({
          ...one,
          positions: map.translate(one.positions, (topic) => log.partitions(topic)),
        })),
      },
    }));
  }
  return translated;
}
