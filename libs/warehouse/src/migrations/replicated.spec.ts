import { describe, expect, it } from '@jest/globals';
import { journal, migrations } from './migrate.js';
import { replicated } from './replicated.js';

/** Asserted as text: no ClickHouse of several servers was at hand. */
describe('the schema on a cluster', () => {
  const all = [journal, ...migrations.flatMap(({ statements }) => statements)];

  it('has every change on every server, and every row on every replica', () => {
    for (const statement of all) {
      const text = replicated(statement, 'pharos');
      if (statement.startsWith('INSERT')) expect(text).toBe(statement);
      else expect(text).toContain(" ON CLUSTER 'pharos'");
      expect(text).not.toMatch(/ENGINE = ReplacingMergeTree/);
      expect(text.replace(" ON CLUSTER 'pharos'", '').replace('Replicated', '')).toBe(statement);
    }
    const tables = all.filter((text) => text.startsWith('CREATE TABLE')).map((text) => replicated(text, 'pharos'));
    const engines = tables.map((text) => /ENGINE = (\w+)/.exec(text)![1]);
    expect([...new Set(engines)].sort()).toEqual(['Null', 'ReplicatedReplacingMergeTree']);
  });

  it('keeps what decides which row wins', () => {
    const statements = replicated(migrations[0]!.statements[0]!, 'pharos');
    expect(statements).toMatch(/^CREATE TABLE IF NOT EXISTS statements ON CLUSTER 'pharos' \(\n {2}tenant LowCardinality\(String\),/);
    expect(statements).toContain('ENGINE = ReplicatedReplacingMergeTree(first)\nORDER BY (tenant, learner, occurred_at, id)');
  });

  it('refuses what it does not know, in the place of running it on one server', () => {
    expect(() => replicated('OPTIMIZE TABLE statements', 'pharos')).toThrow(RangeError);
    expect(() => replicated('CREATE TABLE IF NOT EXISTS t (a Int8) ENGINE = Memory', 'pharos')).toThrow('engine Memory');
  });
});
