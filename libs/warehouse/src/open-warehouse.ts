import { openChdbEngine } from './engine/chdb-engine.js';
import { columnsOf, encodeRow, encodeRows } from './engine/encode-rows.js';
import { enginePool } from './engine/engine-pool.js';
import { type Engine } from './engine/engine.js';
import { foundDatabase, openServerEngine } from './engine/server-engine.js';
import { hashes } from './hashes.js';
import { migrate, missingMigrations } from './migrations/migrate.js';
import { replicated } from './migrations/replicated.js';
import { rollUp, rollUpAll } from './roll-up.js';
import { storedTables } from './tables/tables.js';
import { tenantWarehouse } from './tenant-warehouse.js';
import { type Purpose, type Warehouse, type WarehouseHome, WarehouseUnavailable } from './warehouse.js';

/** Connections per purpose. Dashboards ask several questions at once, and one of them may be slow; writing keeps its order. */
const connections: Readonly<Record<Purpose, number>> = { fold: 1, reads: 1, dashboards: 2, jobs: 1 };

const NAME = /^[a-z][a-z0-9_]{0,40}$/;

/**
 * Opens the warehouse and brings its tables up to this release.
 *
 * In this process it binds one folder: every warehouse of the process must have the same `path`.
 *
 * @throws RangeError when the tables were made by a newer release
 * @throws WarehouseUnavailable when the engine does not answer, or its tables are behind and are not this one's to make
 * @example const warehouse = await openWarehouse({ path: 'data/warehouse' })
 */
export async function openWarehouse(home: WarehouseHome): Promise<Warehouse> {
  const database = home.database ?? 'pharos';
  if (!NAME.test(database)) throw new RangeError(`not a name for a database: ${database}`);
  const open = (purpose: Purpose) => () =>
    'path' in home ? openChdbEngine(home.path, database) : Promise.resolve(openServerEngine(home, database, purpose));
  const cluster = 'path' in home ? undefined : home.cluster;
  if (cluster !== undefined && !/^[\w-]+$/.test(cluster)) throw new RangeError(`not a name for a cluster: ${cluster}`);
  const forHome = (text: string): string => (cluster === undefined ? text : replicated(text, cluster));
  const engines = new Map<Purpose, Engine>(
    Object.entries(connections).map(([purpose, size]) => [purpose as Purpose, enginePool(open(purpose as Purpose), size)]),
  );
  const engine = (purpose: Purpose): Engine => engines.get(purpose)!;
  const withLinks = new Set<string>();
  const fold = engine('fold');
  const plain = (text: string) => fold.run({ text, params: {} });
  const change = (text: string) => plain(forHome(text));
  const { schema = 'make' } = 'path' in home ? {} : home;
  try {
    if (schema === 'make') {
      if (!('path' in home)) await foundDatabase(home, forHome(`CREATE DATABASE IF NOT EXISTS ${database}`));
      await migrate(fold, forHome);
    } else if (schema === 'expect') {
      const missing = await missingMigrations(fold);
      if (missing.length > 0)
        throw new WarehouseUnavailable(`its tables lack migration ${missing[0]!.number}: start a projector of this release`);
    }
  } catch (error) {
    // A connection left open would keep the process bound to this folder.
    await fold.close();
    throw error;
  }

  return {
    database,
    tenant: (id) => tenantWarehouse(id, engine, withLinks),
    writer: {
      async insert(table, rows) {
        if (rows.length > 0) await fold.insert(table, columnsOf(table), encodeRows(table, rows));
      },
      encodeRow,
      insertEncoded: ({ table, bytes }) => fold.insert(table, columnsOf(table), bytes),
      rollUp: (touched) => rollUp(fold, touched),
      rollUpAll: () => rollUpAll(fold),
    },
    // Reads everything: no question of anybody's, and without their limits.
    hashes: () => hashes(fold),
    dropBeside: () => change(`DROP DATABASE IF EXISTS ${database}_next SYNC`),
    async beside() {
      await change(`DROP DATABASE IF EXISTS ${database}_next SYNC`);
      return openWarehouse({ ...home, database: `${database}_next` });
    },
    async replaceBy(next) {
      if (next.database !== `${database}_next`) throw new RangeError(`${next.database} does not stand beside ${database}`);
      for (const table of storedTables) await change(`EXCHANGE TABLES ${database}.${table} AND ${next.database}.${table}`);
      await change(`DROP DATABASE IF EXISTS ${next.database} SYNC`);
    },
    async ping() {
      await engine('reads').read({ text: 'SELECT 1', params: {} }, 'JSONEachRow');
    },
    async close() {
      for (const opened of engines.values()) await opened.close();
    },
  };
}
