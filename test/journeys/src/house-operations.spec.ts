import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { pharosSettings } from '@pharos/runtime';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the files of operation', () => {
  it('name settings that there are, and no others', () => {
    const settings = new Set(Object.values(pharosSettings).map(({ env }) => env));
    const files = readdirSync(path.join(root, 'infra'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}target`))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    const named = [...files, 'docker-compose.yml', 'README.md', 'CONTRIBUTING.md'].flatMap((file) =>
      [...read(file).matchAll(/\bPHAROS_[A-Z_]*[A-Z]/g)].map(([name]) => ({ file, name })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ name }) => !settings.has(name))).toEqual([]);
  });

  it('do not leave a setting of a file to one of the image, which would win', () => {
    const image = [...read('infra/images/Dockerfile').matchAll(/(PHAROS_\w+)=(\S+)/g)].map(([, name, value]) => ({
      name: name!,
      value: value!,
    }));
    const [, json] = /```json\n([^`]+)```/.exec(read('infra/cluster/README.md'))!;
    const told = JSON.parse(json!) as Record<string, string>;
    const beaten = image.filter(({ name, value }) => told[name] !== undefined && told[name] !== value);
    const compose = read('infra/cluster/compose.yml').split(/\n {2}(?=\w+:\n)/);
    const holders = compose.filter((text) => text.includes('/run/secrets/with-vault.json'));
    expect([beaten.map(({ name }) => name), holders.length]).toEqual([['PHAROS_KEYS_FILE'], 2]);
    for (const text of holders) expect(text).toContain(`PHAROS_KEYS_FILE: ${told.PHAROS_KEYS_FILE!}`);
  });

  it('give the vault to ingest and insights only', () => {
    const compose = read('infra/cluster/compose.yml').split(/\n {2}(?=\w+:\n)/);
    const holders = compose
      .filter((text) => text.includes('with-vault.json]') || text.includes('with-vault.json, keys'))
      .filter((text) => !text.includes('[without'))
      .map((text) => text.split(':')[0]);
    expect(holders.sort()).toEqual(['ingest', 'insights']);
  });
});
