import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerMissing, openTestLog, startTestBroker } from '@pharos/event-log/kafka-testing';
import { startTestRegistry } from '@pharos/registry/testing';
import { createLogger, readConfiguration } from '@pharos/runtime';
import { openWarehouse } from '@pharos/warehouse';
import { serveHttp } from '@pharos/warehouse/http-server';
import { Refusal } from '../refusal.js';
import { openClusterHomes, openClusterStores } from './open-cluster.js';

/** Whatever is wrong with a cluster's settings ends in one line that names the setting to look at. Nothing here listens. */
const NOBODY = '127.0.0.1:9';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const run = promisify(execFile);
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: partitions of another number than planned (${missing})\n`);

describe('a cluster with bad settings', () => {
  let folder: string;
  let registry: Awaited<ReturnType<typeof startTestRegistry>>;
  let warehouse: Awaited<ReturnType<typeof serveHttp>>;
  let right: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-bad-settings-'));
    registry = await startTestRegistry(() => new Date());
    warehouse = await serveHttp({ path: path.join(folder, 'warehouse'), port: 0 });
    const { host, port, user, password, database } = registry.connection;
    right = {
      PHAROS_MODE: 'cluster', PHAROS_KAFKA_BROKERS: NOBODY, PHAROS_CLICKHOUSE_URL: warehouse.url,
      PHAROS_REGISTRY_URL: `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    }; // prettier-ignore
  }, 120_000);
  afterAll(async () => {
    await warehouse.close();
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The line in which it ends. */
  async function refusal(
    settings: Readonly<Record<string, string>>,
    service = 'command',
    open: typeof openClusterStores = openClusterStores,
  ) {
    const read = readConfiguration({ ...right, ...settings });
    if (!read.ok) throw new Error(read.problems.join());
    const error = await open(read.settings, createLogger('silent', 'test'), () => new Date(), service).then(
      (stores) => stores.close().then(() => new Error('it was opened')),
      (reason: unknown) => reason as Error,
    );
    expect(error).toBeInstanceOf(Refusal);
    expect(error.message).not.toContain('\n');
    return error.message;
  }

  it('says which database does not answer, and repeats no password', async () => {
    const [postgres, clickhouse] = await Promise.all([
      refusal({ PHAROS_REGISTRY_URL: 'postgresql://pharos:hunter2@127.0.0.1:9/registry' }),
      refusal({ PHAROS_CLICKHOUSE_URL: `http://${NOBODY}`, PHAROS_CLICKHOUSE_PASSWORD: 'hunter2' }),
    ]);
    expect([postgres, clickhouse]).toEqual([
      expect.stringMatching(/^PHAROS_REGISTRY_URL: .*ECONNREFUSED/),
      expect.stringMatching(/^PHAROS_CLICKHOUSE_URL: .*ECONNREFUSED/),
    ]);
    expect([postgres, clickhouse].join()).not.toContain('hunter2');
  });

  it('says that a role may not do what it has to: that of the registry may not even enter the vault', async () => {
    const vault = right.PHAROS_REGISTRY_URL!.replace('/pharos_registry?', '/pharos_vault?');
    expect(await refusal({ PHAROS_REGISTRY_URL: vault })).toMatch(/^PHAROS_REGISTRY_URL: permission denied for database "pharos_vault"/);
    expect(await refusal({ PHAROS_REGISTRY_URL: right.PHAROS_REGISTRY_URL!.replace(/:[^:@]+@/, ':wrong@') })).toMatch(
      /^PHAROS_REGISTRY_URL: password authentication failed/,
    );
  });

  it('says which setting is missing, or names a file that is not there', async () => {
    const { PHAROS_REGISTRY_URL: _, ...without } = right;
    right = without;
    expect(await refusal({})).toBe('PHAROS_REGISTRY_URL is missing: PHAROS_MODE=cluster needs it');
    right.PHAROS_REGISTRY_URL = _!;
    const vault = {
      PHAROS_VAULT_URL: 'postgresql://v@127.0.0.1:9/v',
      PHAROS_BLOB_DIR: folder,
      PHAROS_KEYS_FILE: path.join(folder, 'none.json'),
    };
    expect(await refusal(vault, 'ingest', openClusterHomes)).toMatch(/^PHAROS_KEYS_FILE: .*none.json does not exist/);
    const oauth = { PHAROS_KAFKA_SASL: 'oauthbearer' };
    expect(await refusal(oauth)).toBe('PHAROS_KAFKA_TOKEN_FILE or PHAROS_KAFKA_TOKEN_URL is missing: PHAROS_MODE=cluster needs it');
    const asked = { ...oauth, PHAROS_KAFKA_TOKEN_URL: `http://${NOBODY}/token`, PHAROS_KAFKA_CLIENT_ID: 'pharos' };
    expect(await refusal(asked)).toBe('PHAROS_KAFKA_CLIENT_SECRET_FILE is missing: PHAROS_MODE=cluster needs it');
    expect(await refusal({ ...asked, PHAROS_KAFKA_CLIENT_SECRET_FILE: path.join(folder, 'none') })).toMatch(
      /^PHAROS_KAFKA_CLIENT_SECRET_FILE: .*none cannot be read \(ENOENT\)/,
    );
  });

  it.each(['jobs', 'projector'])(
    'ends %s in one line and nothing beside it where no broker answers',
    async (service) => {
      await (await openWarehouse({ url: warehouse.url })).close(); // jobs waits for its tables, and is not to
      const { PATH = '', HOME = '' } = process.env;
      const serving = run(process.execPath, [main, 'serve', service], { env: { PATH, HOME, PHAROS_PORT: '0', ...right } });
      const { code, stdout, stderr } = await serving.then(() => ({ code: 0, stdout: '', stderr: '' }), (error: object) => error as Ended); // prettier-ignore
      expect(code).toBe(3);
      expect([...lines(stdout), ...lines(stderr)]).toEqual([
        expect.stringMatching(/PHAROS_KAFKA_BROKERS: no broker answers: 127\.0\.0\.1:9 \(ECONNREFUSED\)/),
      ]);
    },
    60_000,
  );

  (missing === undefined ? it : it.skip)(
    'says which topic has other partitions than planned',
    async () => {
      const broker = await startTestBroker();
      const { log, topicPrefix, dispose } = await openTestLog(broker.connection, registry.registry.logLedger);
      try {
        const kafka = { PHAROS_KAFKA_BROKERS: broker.connection.brokers.join() };
        expect(await refusal({ ...kafka, PHAROS_KAFKA_TOPIC_PREFIX: topicPrefix })).toMatch(
          new RegExp(
            `^PHAROS_KAFKA_TOPICS_FILE: ${topicPrefix}statements has ${log.partitions('statements')} partitions and the file says 12`,
          ),
        );
      } finally {
        await dispose();
        await broker.stop();
      }
    },
    120_000,
  );

  it('says that a newer release has changed the schema, of either database', async () => {
    await registry.query(`INSERT INTO schema_migrations (number, name, checksum, phase) VALUES (999, 'away', 'c', 'contract')`);
    expect(await refusal({})).toMatch(/^PHAROS_REGISTRY_URL: .*step 999 \(away\).*start the newer release/);
    await registry.query('DELETE FROM schema_migrations WHERE number = 999');
    const client = createClient({ url: warehouse.url, database: 'pharos' });
    await (await openWarehouse({ url: warehouse.url })).close();
    await client.command({ query: `INSERT INTO migrations VALUES (999, 'contract: away', 'c')` });
    await client.close();
    expect(await refusal({})).toMatch(/^PHAROS_CLICKHOUSE_URL: the warehouse was made by a newer release: .*999 \(away\)/);
  });
});
