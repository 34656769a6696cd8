import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** The schema comes with the library that `docker compose` itself reads files by; the library is fetched as data, nothing of it runs. */
const LIBRARY = 'github.com/compose-spec/compose-go/v2@v2.16.2';

interface Service {
  readonly image?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly mem_limit?: string;
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets?: Readonly<Record<string, { readonly file?: string }>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const read = (file: string): Compose => parse(readFileSync(`${root}${file}`, 'utf8'), { merge: true }) as Compose;
const files = ['docker-compose.yml', 'infra/cluster/compose.yml'];

function fetchSchema(): object | undefined {
  try {
    const told = execFileSync('go', ['mod', 'download', '-json', LIBRARY], { cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 }); // prettier-ignore
    const { Dir: folder } = JSON.parse(told) as { readonly Dir: string };
    return JSON.parse(readFileSync(`${folder}/schema/compose-spec.json`, 'utf8')) as object;
  } catch {
    return undefined; // said below
  }
}
const schema = fetchSchema();
if (!schema) process.stderr.write(`skipped: the schema of compose files (go, or ${LIBRARY}, is not to be had)\n`);
process.stderr.write('not run: docker compose up; no engine for containers is asked of this test\n');

describe('the compose files', () => {
  (schema ? it : it.skip).each(files)('fit the schema of compose: %s', (file) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const fits = ajv.compile(schema!);
    fits(read(file));
    expect(fits.errors ?? []).toEqual([]);
    // The schema is one that refuses.
    expect(fits({ services: { pharos: { imge: 'pharos' } } })).toBe(false);
  });

  it.each(files)('listen on loopback alone, within bounds of memory, and store in volumes that are declared: %s', (file) => {
    const { services, volumes = {}, secrets = {} } = read(file);
    for (const [name, { ports = [], mem_limit: memory, image, volumes: mounted = [], secrets: used = [] }] of Object.entries(services)) {
      expect([name, ports.filter((port) => !port.startsWith('127.0.0.1:'))]).toEqual([name, []]);
      expect([name, memory]).toEqual([name, expect.stringMatching(/^\d+[mg]$/)]);
      expect([name, image]).toEqual([name, expect.stringMatching(/^pharos$|^[\w./-]+:[\w.-]*\d[\w.-]*(@sha256:[0-9a-f]{64})?$/)]);
      const sources = mounted.map((mount) => mount.split(':')[0]!).filter((source) => !source.startsWith('.'));
      expect([name, sources.filter((source) => !(source in volumes))]).toEqual([name, []]);
      expect([name, used.filter((secret) => secrets[secret]?.file === undefined)]).toEqual([name, []]);
    }
  });

  it('say of every process of a cluster how it is found healthy, but of the one that ends', () => {
    const { services } = read('infra/cluster/compose.yml');
    const without = Object.entries(services).filter(([, { healthcheck }]) => !healthcheck?.test);
    expect(without.map(([name]) => name)).toEqual(['topics']);
  });

  it('give the vault and its keys to ingest and insights alone, and Pharos nothing but what it needs', () => {
    const { services } = read('infra/cluster/compose.yml');
    const holding = (secret: string) => Object.keys(services).filter((name) => services[name]!.secrets?.includes(secret));
    for (const secret of ['with-vault.json', 'keys.json']) expect(holding(secret)).toEqual(['ingest', 'insights']);
    expect(holding('without-vault.json')).toEqual(['projector', 'jobs']);
    for (const { read_only: readOnly, cap_drop: dropped, security_opt: options } of Object.values(services).filter(
      ({ image }) => image === 'pharos',
    )) {
      expect([readOnly, dropped, options]).toEqual([true, ['ALL'], ['no-new-privileges:true']]);
    }
  });
});

describe('the image', () => {
  const lines = readFileSync(`${root}infra/images/Dockerfile`, 'utf8').split('\n');

  it('is built in one stage and runs in another, as nobody who may do anything', () => {
    const stages = lines.filter((line) => line.startsWith('FROM '));
    expect(stages).toHaveLength(2);
    expect(stages[1]).toMatch(/-slim/);
    const last = lines.lastIndexOf(stages[1]!);
    expect(lines.slice(last).filter((line) => line.startsWith('USER '))).toEqual(['USER pharos']);
    expect(lines.indexOf('USER pharos')).toBeLessThan(lines.findIndex((line) => line.startsWith('ENTRYPOINT')));
  });

  it('brings a bill of materials of what runs in it', () => {
    expect(lines.join('\n')).toMatch(/npm prune --omit=dev[^]*npm run --silent sbom > sbom.cdx.json/);
    const bill = JSON.parse(execFileSync('npm', ['run', '--silent', 'sbom', '--', '--package-lock-only'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })) as { readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: readonly unknown[] }[] }; // prettier-ignore
    const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { readonly dependencies: Record<string, string> };
    const licensed = new Set(bill.components.filter(({ licenses }) => licenses?.length).map(({ name, version }) => `${name}@${version}`));
    expect(Object.entries(dependencies).filter(([name, version]) => !licensed.has(`${name}@${version}`))).toEqual([]);
  }, 120_000);
});

describe('the audit of dependencies', () => {
  it('fails at what is serious, and does not take silence for an answer', async () => {
    const { verdictOf } = (await import(`${root}infra/tasks/audit.mjs`)) as {
      verdictOf: (answer: unknown) => { code: number; line: string };
    };
    const found = (severity: string) => ({
      metadata: { vulnerabilities: { [severity]: 1, total: 1 } },
      vulnerabilities: { odd: { name: 'odd', severity } },
    });
    expect(verdictOf(found('high'))).toEqual({ code: 1, line: 'dependency audit: 1 high; odd (high)' });
    expect(verdictOf(found('low'))).toEqual({ code: 0, line: 'dependency audit: 1 low' });
    expect(verdictOf(undefined).line).toContain('NOT RUN');
    expect(verdictOf({ error: { code: 'ENOAUDIT', summary: 'refused' } }).line).toContain('NOT RUN');
  });
});
