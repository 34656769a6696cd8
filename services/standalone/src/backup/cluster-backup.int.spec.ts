import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Archive, writeArchive } from '@pharos/event-log';
import { brokerMissing, testBroker } from '@pharos/event-log/kafka-testing';
import { topicNames } from '@pharos/facts';
import { recordRoster } from '@pharos/ingest';
import { verify } from '@pharos/projector';
import { createKeyRing } from '@pharos/vault';
import { openClusterHomes } from '../cluster/open-cluster.js';
import { type Running, startService } from '../cluster/serve-service.js';
import { completed, post, startTestEngines, type TestEngines } from '../cluster/test-engines.js';
import { readManifest } from './manifest.js';
import { restoreCluster } from './restore-cluster.js';
import { writeClusterBackup } from './write-cluster-backup.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: backup and restore of a cluster (${missing})\n`);

const now = () => new Date();
const tenant = 'uni';
type Homes = Awaited<ReturnType<typeof openClusterHomes>>;

(missing === undefined ? describe : describe.skip)('backup and restore of a cluster', () => {
  let folder: string;
  const broker = testBroker();
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-cluster-backup-'));
    await broker.start();
    await createKeyRing(path.join(folder, 'keys.json'));
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function open(prefix: string): Promise<{ readonly engines: TestEngines; readonly homes: Homes & { readonly archive: Archive } }> {
    const engines = await startTestEngines(broker.connection, folder, prefix, {
      PHAROS_KEYS_FILE: path.join(folder, 'keys.json'),
      PHAROS_BLOB_DIR: path.join(folder, 'blobs'),
      PHAROS_ARCHIVE_DIR: path.join(folder, 'archive'),
    });
    closing.push(() => engines.stop());
    const homes = await openClusterHomes(engines.configuration(), engines.logger, now);
    closing.push(() => homes.close());
    return { engines, homes: { ...homes, archive: homes.archive! } };
  }

  const claims = ({ query }: TestEngines) =>
    query<{ tenant: string; id: string; hash: string; position: number }>(
      'pharos_registry',
      'SELECT tenant, id, hash, topic, partition, position FROM log_claims ORDER BY tenant, id',
    );
  const headsOf = ({ log }: Homes) => Promise.all(topicNames.map((topic) => log.heads(topic)));

  it('loses nothing of what was archived, neither where topics and databases are gone nor where the topics survived; a resend is known', async () => {
    const { engines, homes } = await open('former.');
    const { registry, log, vault, archive } = homes;
    await registry.tenants.put({ id: tenant, name: 'Uni' });
    const key = await registry.tenant(tenant).credentials.create({ name: 'platform', scopes: ['statements/write', 'define'] });
    const platform = { id: key.credential.id, secret: key.secret };
    let door: Running | undefined = await startService('ingest', engines.configuration(), engines.logger, now);
    closing.push(async () => door?.stop());

    const sent = Array.from({ length: 40 }, (_, n) => completed(randomUUID(), `p${n % 5}@example.org`, `Person ${n % 5}`));
    expect(await post(door.address, platform, sent)).toBe('200');
    const voids = { ...completed(randomUUID(), 'p1@example.org', 'Person 1'), verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: { objectType: 'StatementRef', id: sent[1]!.id } }; // prettier-ignore
    expect(await post(door.address, platform, [voids])).toBe('200');
    const calendar = { school: 's', timeZone: 'Europe/Berlin', weekdays: [1, 2, 3, 4, 5], terms: [], holidays: [] };
    const at = now().toISOString();
    await recordRoster({ log, now }, tenant, await vault.hashKey(tenant), [
      {
        naturalKey: ['calendar', 's'],
        fact: { type: 'CalendarDefined', version: 1, key: 's', occurredAt: at, knownAt: at, data: calendar },
      },
    ]);
    // As a retry whose first answer was lost leaves it: the same fact twice.
    for (let partition = 0; partition < log.partitions('roster'); partition++)
      for (const { stored } of await log.read('roster', partition, 0))
        await log.append([stored as Parameters<typeof log.append>[0][number]]);

    const backup = path.join(folder, 'backup');
    await writeClusterBackup(homes, engines.databases, backup);
    const manifest = await readManifest(backup, 'cluster');
    await expect(writeClusterBackup(homes, engines.databases, backup)).rejects.toThrow('is not empty');
    await expect(readManifest(backup, 'embedded')).rejects.toThrow('PHAROS_MODE is embedded, and');

    // Later: another statement, and somebody is forgotten. The projector archives both.
    const late = completed(randomUUID(), 'p3@example.org', 'Person 3');
    expect(await post(door.address, platform, [late])).toBe('200');
    const [gone, stays] = await Promise.all(['p0', 'p1'].map((name) => vault.find(tenant, `mailto:${name}@example.org`)));
    await log.append([
      { id: randomUUID(), type: 'LearnerErased', version: 1, tenant, key: gone!, occurredAt: at, data: { learner: gone!, by: 'officer', reason: 'asked for' } },
    ]); // prettier-ignore
    await vault.erase(tenant, gone!);
    await writeArchive({ log, ...archive, now, afterMs: 0 });
    await door.stop();
    door = undefined;
    const before = await claims(engines);
    expect(before.map(({ hash }) => hash)).toEqual(expect.arrayContaining(['void', 'roster']));

    const lost = await open('lost.');
    const restored = await restoreCluster(lost.homes, lost.engines.databases, backup, manifest, () => undefined);
    // 40 statements, one that voids and the void, a calendar, the late statement, the erasure; what was there twice is there once.
    expect(restored).toMatchObject({ logSurvived: false, erasedAgain: 1, facts: 45 });
    const survived = await open('former.');
    expect(await restoreCluster(survived.homes, survived.engines.databases, backup, manifest, () => undefined)).toMatchObject({ logSurvived: true, erasedAgain: 1, facts: 46 }); // prettier-ignore

    expect(await claims(survived.engines)).toEqual(before);
    const withoutPlace = (all: typeof before) => all.map(({ tenant: of, id, hash }) => ({ of, id, hash }));
    expect(withoutPlace(await claims(lost.engines))).toEqual(withoutPlace(before));
    for (const { homes: again, engines: its } of [lost, survived]) {
      expect(await again.vault.find(tenant, 'mailto:p0@example.org')).toBeUndefined();
      expect(await again.vault.find(tenant, 'mailto:p1@example.org')).toBe(stays);
      expect((await verify({ log: again.log, warehouse: again.warehouse })).differing).toEqual([]);
      const heads = await headsOf(again);
      const opened = await startService('ingest', its.configuration(), its.logger, now);
      try {
        const stayed = sent.filter(({ actor }) => actor.mbox !== 'mailto:p0@example.org');
        expect(await post(opened.address, platform, [...stayed, late])).toBe('200');
        expect(await headsOf(again)).toEqual(heads);
        expect(await post(opened.address, platform, [{ ...stayed[0]!, object: { id: 'https://example.org/lesson/2' } }])).toMatch(/^409 /);
      } finally {
        await opened.stop();
      }
    }
    const times = async ({ log: of }: Homes) => (await of.findClaim(tenant, sent[7]!.id))!.recordedAt;
    expect(await times(lost.homes)).toBe(await times(homes));

    await expect(restoreCluster(lost.homes, lost.engines.databases, backup, manifest, () => undefined)).rejects.toThrow('has rows already');
    await rm(path.join(folder, 'archive'), { recursive: true });
    const bare = await open('bare.');
    await expect(restoreCluster(bare.homes, bare.engines.databases, backup, manifest, () => undefined)).rejects.toThrow(
      'not as far as this backup says',
    );
  }, 300_000);
});
