import path from 'node:path';
import { type Command } from 'commander';
import { clusterDatabases, needed } from '../cluster/connections.js';
import { openClusterHomes } from '../cluster/open-cluster.js';
import { openHomes } from '../homes/open-homes.js';
import { moveHouse, moveKeys } from '../move/move-house.js';
import { Refusal } from '../refusal.js';
import { readContext } from './command-context.js';
import { createReport } from './report.js';

interface MoveOptions {
  readonly from: string;
  readonly to: string;
  readonly keys?: string;
  readonly json?: boolean;
}

export function addMove(program: Command): void {
  program
    .command('move')
    .description('move a data folder (PHAROS_DATA_DIR, its server stopped) into an empty cluster (PHAROS_MODE=cluster and its settings)')
    .requiredOption('--from <home>', 'embedded')
    .requiredOption('--to <home>', 'cluster')
    .option('--keys <file>', "the data folder's keys; default: beside it. They are put at PHAROS_KEYS_FILE")
    .option('--json', 'print JSON')
    .action(move);
}

async function move({ from, to, keys, json = false }: MoveOptions): Promise<void> {
  if (from !== 'embedded' || to !== 'cluster')
    throw new Refusal('a house moves --from embedded --to cluster; a cluster is left by a backup of its log', 2);
  const { configuration, logger, now } = readContext();
  if (configuration.mode !== 'cluster')
    throw new Refusal('PHAROS_MODE has to be cluster, with the settings of the cluster to move into', 2);
  const root = path.resolve(configuration.dataDir);
  const ownKeys = path.resolve(keys ?? `${root}.keys.json`);
  await moveKeys(ownKeys, path.resolve(needed('PHAROS_KEYS_FILE', configuration.keysFile)));
  const report = createReport(json);
  const source = await openHomes({ ...configuration, mode: 'embedded', keysFile: ownKeys }, logger, now);
  try {
    const target = await openClusterHomes(configuration, logger, now);
    try {
      const moved = await moveHouse(source, target, clusterDatabases(configuration), (line) => report.say(line));
      const facts = moved.topics.reduce((sum, topic) => sum + topic.facts, 0);
      report.result(
        moved,
        `Moved ${facts.toLocaleString('en')} facts, ${moved.rows.toLocaleString('en')} rows and ${moved.blobs} blobs; counts and hashes are equal, ${moved.folded.toLocaleString('en')} facts are folded.`,
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
