import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type ClusterStores } from './open-cluster.js';
import { createOperations } from './operations.js';

const infra = fileURLToPath(new URL('../../../../infra/', import.meta.url));
const read = (file: string): string => readFileSync(`${infra}${file}`, 'utf8');
const dashboards = readdirSync(`${infra}grafana/dashboards`);

/** What the services tell of themselves, without any engine: figures are asked for only when they are read. */
const told = new Set(
  (['ingest', 'projector', 'jobs', 'insights'] as const).flatMap((service) => {
    const stores = { archive: {} } as unknown as ClusterStores;
    return createOperations(service, stores, () => 0).metrics.getMetricsAsArray().map(({ name }) => name); // prettier-ignore
  }),
);
const named = (text: string): readonly string[] => [...new Set(text.match(/\bpharos_[a-z_]+\b/g))];
const isTold = (name: string): boolean => told.has(name) || told.has(name.replace(/_(bucket|count|sum)$/, ''));

describe('alert rules and dashboards', () => {
  it.each(['prometheus/alerts.yml', ...dashboards.map((file) => `grafana/dashboards/${file}`)])(
    'name only figures that exist: %s',
    (file) => {
      const names = named(read(file));
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !isTold(name))).toEqual([]);
    },
  );

  it('have a runbook each, which says what it means, where to look and what to do', () => {
    const rules = [...read('prometheus/alerts.yml').matchAll(/alert: (\w+)[^]*?runbook: infra\/(runbooks\/[\w-]+\.md)/g)];
    expect(rules.map(([, alert]) => alert)).toContain('FoldBehind');
    expect(rules).toHaveLength(read('prometheus/alerts.yml').match(/- alert:/g)!.length);
    for (const [, alert, file] of rules) {
      const text = read(file!);
      expect(text.startsWith(`# ${alert!}:`)).toBe(true);
      for (const part of ['**What it means.**', '**Look.**', '**Do.**']) expect(text).toContain(part);
    }
    expect(readdirSync(`${infra}runbooks`).sort()).toEqual(rules.map(([, , file]) => file!.replace('runbooks/', '')).sort());
  });
});
