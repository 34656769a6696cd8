import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** Who may import whom is a lint rule: each row here breaks (or keeps) one line of the design's table. */
const boundaries = '@nx/enforce-module-boundaries';
const drivers = 'no-restricted-imports';

const forbidden: readonly [file: string, imported: string, rule: string, why: string][] = [
  ['libs/xapi/src/index.ts', 'pg', boundaries, 'a pure room knows no database'],
  ['libs/fairness/src/index.ts', '@nestjs/common', boundaries, 'a pure room knows no framework'],
  ['libs/learner-models/src/index.ts', 'node:fs', drivers, 'a pure room does no input or output'],
  ['libs/facts/src/index.ts', '@pharos/registry', boundaries, 'a pure room imports pure rooms'],
  ['libs/event-log/src/index.ts', 'chdb', drivers, 'each driver only in its own port'],
  ['libs/warehouse/src/index.ts', 'lmdb', drivers, 'each driver only in its own port'],
  ['libs/registry/src/index.ts', '@clickhouse/client', drivers, 'each driver only in its own port'],
  ['libs/registry/src/index.ts', '@pharos/vault', boundaries, 'ports do not know who is who'],
  ['libs/vault/src/index.ts', '@pharos/registry', boundaries, 'the vault stands alone'],
  ['libs/runtime/src/index.ts', '@pharos/facts', boundaries, 'runtime knows nothing about learning'],
  ['services/jobs/src/index.ts', '@pharos/vault', boundaries, 'no model can see who someone is'],
  ['services/projector/src/index.ts', '@pharos/vault', boundaries, 'no fold can see who someone is'],
  ['services/insights/src/index.ts', '@pharos/ingest', boundaries, 'a service never calls another'],
  ['services/ingest/src/index.ts', 'lmdb', boundaries, 'services speak to ports'],
  ['services/dashboard/src/main.tsx', '@pharos/registry', boundaries, 'the page knows the contract only'],
  ['libs/client/src/index.ts', '@pharos/facts', boundaries, 'a platform knows the contract only'],
  ['libs/contract/src/index.ts', '@pharos/client', boundaries, 'the contract does not know who speaks it'],
  ['services/standalone/src/index.ts', '@pharos/journeys', boundaries, 'nothing imports a test'],
];

const allowed: readonly [file: string, imported: string][] = [
  ['services/ingest/src/index.ts', '@pharos/vault'],
  ['services/insights/src/index.ts', '@pharos/contract'],
  ['libs/registry/src/index.ts', 'pg'],
  ['libs/client/src/index.ts', '@pharos/contract'],
  ['services/standalone/src/index.ts', '@pharos/simulator'],
];

describe('the house', () => {
  const found = new Map<string, readonly string[]>();
  beforeAll(() => {
    const rows = [...forbidden.map(([file, imported]) => ({ file, imported })), ...allowed.map(([file, imported]) => ({ file, imported }))];
    const answer = execFileSync(process.execPath, [fileURLToPath(new URL('lint-imports.ts', import.meta.url))], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      input: JSON.stringify(rows.map(({ file, imported }) => ({ file, code: `import '${imported}';\n` }))),
      env: { ...process.env, NX_DAEMON: 'false' },
      encoding: 'utf8',
    });
    for (const [index, rules] of (JSON.parse(answer) as string[][]).entries())
      found.set(`${rows[index]!.file} ${rows[index]!.imported}`, rules);
  }, 180_000);

  it.each(forbidden)('%s may not import %s', (file, imported, rule) => {
    expect(found.get(`${file} ${imported}`)).toContain(rule);
  });

  it.each(allowed)('%s may import %s', (file, imported) => {
    expect(found.get(`${file} ${imported}`)).toEqual([]);
  });
});
