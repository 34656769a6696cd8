import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const metricsOf = (text: string): readonly string[] =>
  [...new Set(text.match(/\bpharos_[a-z_]+/g))].map((name) => name.replace(/_(bucket|count|sum)$/, ''));

describe('the files of operation', () => {
  const known = metricsOf(read('services/standalone/src/cluster/operations.ts'));

  it('ask for figures that the services have', () => {
    const boards = readdirSync(path.join(root, 'infra/grafana/dashboards')).map((file) => read(`infra/grafana/dashboards/${file}`));
    expect(boards).toHaveLength(2);
    for (const text of [...boards, read('infra/prometheus/alerts.yml')]) {
      expect(metricsOf(text).length).toBeGreaterThan(0);
      expect(known).toEqual(expect.arrayContaining([...metricsOf(text)]));
    }
  });

  it('have a page for each alert', () => {
    const pages = [...read('infra/prometheus/alerts.yml').matchAll(/runbook: (\S+)/g)].map(([, page]) => page!);
    expect(pages).toHaveLength(5);
    expect(pages.filter((page) => !existsSync(path.join(root, page)))).toEqual([]);
  });

  it('give the vault to ingest and insights only', () => {
    const deployments = read('infra/kubernetes/pharos.yaml')
      .split('---')
      .filter((text) => text.includes('kind: Deployment'));
    const withVault = deployments
      .filter((text) => text.includes('pharos-with-vault'))
      .map((text) => /args: \[serve, (\w+)\]/.exec(text)![1]);
    expect(withVault.sort()).toEqual(['ingest', 'insights']);
    const compose = read('infra/cluster/compose.yml').split(/\n {2}(?=\w+:\n)/);
    const holders = compose
      .filter((text) => text.includes('with-vault.json]') || text.includes('with-vault.json, keys'))
      .filter((text) => !text.includes('[without'))
      .map((text) => text.split(':')[0]);
    expect(holders.sort()).toEqual(['ingest', 'insights']);
  });
});
