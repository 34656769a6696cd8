import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rebuild } from '@pharos/projector';
import { backupDatabase, restoreDatabase, type RegistryOptions } from '@pharos/registry';
import { type openClusterHomes } from '../cluster/open-cluster.js';
import { type EmbeddedHomes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { expectArrived, moveLog, openLog, type TopicMoved } from './move-log.js';

/** What belongs to processes that are gone, or to the log of the target itself. */
const leftBehind = ['sessions', 'leases', 'log_claims', 'log_claim_batches', 'log_positions', 'log_archive', 'log_moves', 'fold_positions'];

type Connection = RegistryOptions['connection'];
type ClusterHomes = Awaited<ReturnType<typeof openClusterHomes>>;

export interface Moved {
  readonly topics: readonly TopicMoved[];
  readonly rows: number;
  readonly blobs: number;
  /** Facts folded into the tables of the target. */
  readonly folded: number;
  /** Key of the map of positions. */
  readonly map: string;
}

/**
 * Moves everything of a data folder into an empty cluster: vault and registry row by row, every fact of the log with its time and
 * claim, blobs; folds the tables anew, and holds counts and hashes of both sides against each other. The data folder stays as it is.
 *
 * Nobody may use the target meanwhile. A move that broke off is begun again with fresh topics and databases.
 *
 * @param databases of the target, as their owners
 * @throws Refusal when the target is not empty, or something came out otherwise than it went in
 */
export async function moveHouse(
  source: EmbeddedHomes,
  target: ClusterHomes,
  databases: { readonly registry: Connection; readonly vault: Connection },
  say: (line: string) => void,
): Promise<Moved> {
  if ((await target.registry.tenants.list()).length > 0)
    throw new Refusal('PHAROS_REGISTRY_URL: the registry has tenants already; a house moves into an empty one');
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-move-'));
  try {
    let rows = 0;
    for (const name of ['vault', 'registry'] as const) {
      const backup = await backupDatabase(source.databases[name], path.join(folder, name), leftBehind);
      await restoreDatabase(databases[name], path.join(folder, name), backup);
      const again = await backupDatabase(databases[name], path.join(folder, `${name}-again`), leftBehind);
      for (const { table, rows: count } of backup.tables) {
        const found = again.tables.find((each) => each.table === table);
        const [here, there] = await Promise.all(
          [name, `${name}-again`].map((side) => hashOfRows(path.join(folder, side, `${table}.ndjson`))),
        );
        if (found?.rows !== count || here !== there)
          throw new Refusal(`the table ${table} of the ${name} came out otherwise than it went in`, 4);
        rows += count;
      }
      say(`${name}: ${rows.toLocaleString('en')} rows so far, equal on both sides`);
    }
    const topics: TopicMoved[] = [];
    const map = await moveLog(openLog(source.log), target.log, (moved) => {
      topics.push(moved);
      say(`${moved.topic}: ${moved.facts.toLocaleString('en')} facts`);
    });
    await expectArrived(target.log, map, topics);
    const blobs = await moveBlobs(source, target);
    const key = await target.blobs.put(await map.encode());
    await target.registry.logMoves.note({ fromEpoch: map.fromEpoch, toEpoch: map.toEpoch, map: key });
    say('folding the tables of the target');
    const { facts } = await rebuild({ log: target.log, warehouse: target.warehouse, registry: target.registry.folds });
    return { topics, rows, blobs, folded: facts, map: key };
  } finally {
    await rm(folder, { recursive: true, force: true }); // it held the vault's rows
  }
}

/** Puts the keys where the cluster looks for them. @throws Refusal when others lie there */
export async function moveKeys(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new Refusal(`the keys of the data folder are not at ${from}`);
  if (!existsSync(to)) {
    await copyFile(from, to);
    await chmod(to, 0o600);
  }
  if (!(await readFile(from)).equals(await readFile(to)))
    throw new Refusal(`PHAROS_KEYS_FILE: ${to} holds other keys than ${from}: they would not open the vault`);
}

async function moveBlobs({ folder, blobs }: EmbeddedHomes, target: ClusterHomes): Promise<number> {
  if (!existsSync(folder.blobs)) return 0;
  let moved = 0;
  for (const name of await readdir(folder.blobs, { recursive: true })) {
    const key = path.basename(name);
    if (!/^[0-9a-f]{64}$/.test(key)) continue;
    await target.blobs.put((await blobs.get(key))!);
    moved += 1;
  }
  return moved;
}

/** Rows lie in another order after they were written again. */
async function hashOfRows(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).split('\n').sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
