import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type ClusterStores } from './open-cluster.js';
import { createOperations } from './operations.js';

const infra = fileURLToPath(new URL('../../../../infra/', import.meta.url));
const read = (file: string): string => readFileSync(`${infra}${file}`, 'utf8');
const dashboards = readdirSync(`${infra}grafana/dashboards`);

/** As the client library keeps it. */
interface Figure {
  readonly name: string;
  readonly labelNames: readonly string[];
}

interface Board {
  readonly uid: string;
  readonly panels: readonly { readonly id: number; readonly gridPos: { readonly x: number; readonly y: number } }[];
}

/** What the services tell of themselves, without any engine: figures are asked for only when they are read. */
const figures = (['ingest', 'projector', 'jobs', 'insights'] as const).flatMap((service) => {
  const stores = { archive: {} } as unknown as ClusterStores;
  return createOperations(service, stores, () => 0).metrics.getMetricsAsArray() as unknown as readonly Figure[];
});
const told = new Set(figures.map(({ name }) => name));
const named = (text: string): readonly string[] => [...new Set(text.match(/\bpharos_[a-z_]+\b/g))];
const figureOf = (name: string): string => (told.has(name) ? name : name.replace(/_(bucket|count|sum)$/, ''));
const isTold = (name: string): boolean => told.has(figureOf(name));

/** Prometheus sets these, and moves a label of the same name that a process tells out of the way: rules would group by the wrong one. */
const labelsOfPrometheus = ['job', 'instance'];
const labelsOfAll = [...labelsOfPrometheus, 'service', 'le'];

describe('alert rules and dashboards', () => {
  it.each(['prometheus/alerts.yml', ...dashboards.map((file) => `grafana/dashboards/${file}`)])(
    'name only figures that exist: %s',
    (file) => {
      const names = named(read(file));
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !isTold(name))).toEqual([]);
    },
  );

  it('choose and group only by labels that the figures have', () => {
    const texts = [read('prometheus/alerts.yml'), ...dashboards.map((file) => read(`grafana/dashboards/${file}`).replaceAll('\\"', '"'))];
    const chosen = texts.flatMap((text) => [...text.matchAll(/\b(pharos_[a-z_]+)\{([^}]*)\}/g)]);
    const labels = chosen.flatMap(([, name, matchers]) =>
      [...matchers!.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => ({ figure: figureOf(name!), label: label! })),
    );
    expect(labels).toContainEqual({ figure: 'pharos_job_last_run_timestamp_seconds', label: 'outcome' });
    const known = new Map(figures.map(({ name, labelNames }) => [name, [...labelsOfAll, ...labelNames]]));
    expect(labels.filter(({ figure, label }) => !known.get(figure)!.includes(label))).toEqual([]);
    const grouped = texts.flatMap((text) => [...text.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by]) => by!.split(', ')));
    expect(grouped).toContain('tenant');
    expect(grouped.filter((label) => ![...known.values()].some((labels) => labels.includes(label)))).toEqual([]);
    expect(figures.filter(({ labelNames }) => labelNames.some((label) => labelsOfPrometheus.includes(label)))).toEqual([]);
  });

  it('leave no figure of Pharos without a panel', () => {
    const shown = new Set(dashboards.flatMap((file) => named(read(`grafana/dashboards/${file}`))).map(figureOf));
    expect([...told].filter((name) => name.startsWith('pharos_') && !shown.has(name))).toEqual([]);
  });

  it('have panels and dashboards that cover no other', () => {
    const boards = dashboards.map((file) => JSON.parse(read(`grafana/dashboards/${file}`)) as Board);
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(boards.length);
    for (const { panels } of boards) {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
    }
  });

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
