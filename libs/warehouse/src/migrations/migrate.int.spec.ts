import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openChdbEngine } from '../engine/chdb-engine.js';
import { type Engine } from '../engine/engine.js';
import { openWarehouse } from '../open-warehouse.js';
import { inletNames, storedTables, type TableName, tables } from '../tables/tables.js';
import { rowsOf } from '../tenant-warehouse.js';
import { migrate, type Migration, migrations } from './migrate.js';

describe('migrations', () => {
  let folder: string;
  let engine: Engine;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-migrations-'));
    engine = await openChdbEngine(folder, 'migrated');
    await migrate(engine);
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  const ask = async (text: string) => rowsOf(await engine.read({ text, params: {} }, 'JSONEachRow'));

  it('make the tables that rows are written into, column by column', async () => {
    const columns = await ask(
      "SELECT table, groupArray((name, type)) AS columns FROM system.columns WHERE database = 'migrated' AND default_kind != 'MATERIALIZED' GROUP BY table",
    );
    const made = new Map(columns.map((row) => [row.table, new Map(row.columns as [string, string][])]));
    for (const table of Object.keys(tables) as TableName[]) expect(made.get(table)).toEqual(new Map(Object.entries(tables[table])));
  });

  it('begin every sort key with the tenant, and flush before an insert is answered', async () => {
    const made = await ask(
      "SELECT name, sorting_key, create_table_query FROM system.tables WHERE database = 'migrated' AND engine LIKE '%MergeTree' AND name != 'migrations'",
    );
    expect(made.map(({ name }) => name).sort()).toEqual([...storedTables].sort());
    for (const { sorting_key, create_table_query } of made) {
      expect(sorting_key).toMatch(/^tenant, /);
      expect(create_table_query).toMatch(/fsync_after_insert = 1.*fsync_part_directory = 1/);
    }
  });

  it('fill a table from each inlet, which holds nothing itself', async () => {
    const views = await ask(
      "SELECT name, create_table_query AS made FROM system.tables WHERE database = 'migrated' AND engine = 'MaterializedView'",
    );
    const inlets = await ask("SELECT name FROM system.tables WHERE database = 'migrated' AND engine = 'Null'");
    expect(inlets.map(({ name }) => name)).toEqual([...inletNames]);
    for (const inlet of inletNames)
      expect(views.filter(({ made: text }) => String(text).includes(`FROM migrated.${inlet} `))).toHaveLength(1);
  });

  it('may be repeated', async () => {
    await migrate(engine);
    expect(await ask('SELECT count() AS n FROM migrations FINAL')).toEqual([{ n: migrations.length }]);
  });

  it('let a release and the one after it work side by side until a step takes something away', async () => {
    const both = await openChdbEngine(folder, 'both');
    const older: readonly Migration[] = [
      { number: 1, name: 'first', statements: ['CREATE TABLE IF NOT EXISTS t (a Int8) ENGINE = MergeTree ORDER BY a'] },
    ];
    const newer: readonly Migration[] = [
      ...older,
      { number: 3, name: 'more', statements: ['ALTER TABLE t ADD COLUMN IF NOT EXISTS b Int8'] },
    ];
    await migrate(both, undefined, newer);
    await migrate(both, undefined, older);
    await both.insert('t', ['a'], Buffer.from('1\n'));
    const last: readonly Migration[] = [
      ...newer,
      { number: 4, name: 'less', phase: 'contract', statements: ['ALTER TABLE t DROP COLUMN IF EXISTS b'] },
    ];
    await migrate(both, undefined, last);
    await migrate(both, undefined, last);
    await expect(migrate(both, undefined, newer)).rejects.toThrow('newer release: it has migration 4 (less), which takes away');
    await both.close();
  });

  it('exchange the table of masteries only while it is empty: rows that stand there stay', async () => {
    const piecesOf = async (steps: readonly Migration[], database: string, row?: string) => {
      const other = await openChdbEngine(folder, database);
      await migrate(other, undefined, steps);
      if (row !== undefined)
        await other.run({ text: `INSERT INTO masteries (tenant, learner, skill, evidence) VALUES ${row}`, params: {} });
      await migrate(other);
      const text = `SELECT (SELECT count() FROM masteries) AS rows, create_table_query LIKE '%index_granularity = 512%' AS small FROM system.tables WHERE database = currentDatabase() AND name = 'masteries'`;
      const [found] = rowsOf(await other.read({ text, params: {} }, 'JSONEachRow'));
      await other.close();
      return found;
    };
    const before = migrations.filter(({ number }) => number < 9);
    expect(await piecesOf(before, 'empty')).toEqual({ rows: 0, small: 1 });
    expect(await piecesOf(before, 'filled', "('t', 'l', 's', 1)")).toEqual({ rows: 1, small: 0 });
  });

  it('refuse tables of which a newer release took something, and tables made by an edited migration', async () => {
    const newer = await openChdbEngine(folder, 'newer');
    await migrate(newer);
    await newer.insert('migrations', ['number', 'name', 'checksum'], Buffer.from('99\tcontract: later\tx\n'));
    await expect(migrate(newer)).rejects.toThrow('newer release: it has migration 99 (later)');
    await expect(openWarehouse({ path: folder, database: 'newer' })).rejects.toThrow('newer release');
    const edited = await openChdbEngine(folder, 'edited');
    await migrate(edited);
    await edited.insert('migrations', ['number', 'name', 'checksum'], Buffer.from('1\tstatements\tother\n'));
    await expect(migrate(edited)).rejects.toThrow('migration 1 (statements) was applied with other content');
    await newer.close();
    await edited.close();
  });
});
