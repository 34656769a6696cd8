import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type KafkaLog, openEmbeddedLog, openFileBlobs } from '@pharos/event-log';
import { brokerMissing, openTestLog, testBroker } from '@pharos/event-log/kafka-testing';
import { openRegistry, startEmbeddedPostgres } from '@pharos/registry';
import { createKeyRing, openKeyRing, openVault } from '@pharos/vault';
import { openWarehouse } from '@pharos/warehouse';
import { verify } from '@pharos/projector';
import { type EmbeddedHomes } from '../homes/open-homes.js';
import { moveHouse } from './move-house.js';
import { PositionMap } from './position-map.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: moving into a cluster (${missing})\n`);

(missing === undefined ? describe : describe.skip)('moving from a data folder into a cluster', () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const closing: (() => unknown)[] = [];
  let folder: string;
  const broker = testBroker();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-moving-'));
    await broker.start();
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  }, 60_000);

  let time = Date.UTC(2015, 0, 1);
  const now = () => new Date((time += 1_000));

  async function databases() {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'pharos-moving-data-'));
    const postgres = await startEmbeddedPostgres({ dataDir });
    closing.push(
      () => rm(dataDir, { recursive: true, force: true }),
      () => postgres.stop(),
    );
    return { registry: postgres.connection('pharos_registry'), vault: postgres.connection('pharos_vault') };
  }

  it('takes log, claims, registry, vault and blobs along; times stay, positions can be told, a second move is refused', async () => {
    const keysFile = path.join(folder, 'keys.json');
    const keys = await createKeyRing(keysFile);
    const here = await databases();
    const registry = await openRegistry({ connection: here.registry, now, onError });
    const vault = await openVault({ connection: here.vault, keys, now, onError });
    const log = await openEmbeddedLog({ path: path.join(folder, 'log'), now });
    const blobs = openFileBlobs(path.join(folder, 'blobs'));
    closing.push(
      () => vault.close(),
      () => registry.close(),
      () => log.close(),
    );
    await registry.tenants.put({ id: 'uni', name: 'Uni' });
    const [ada] = await vault.tokensFor('uni', [{ identifier: 'mailto:ada@example.org', asSent: { mbox: 'mailto:ada@example.org' } }]);
    const blob = await blobs.put(Buffer.from('sealed'));
    const voided = (id: string, key: string) => ({
      fact: { id, type: 'StatementVoided' as const, version: 1, tenant: 'uni', key, occurredAt: now().toISOString(), data: { target: 't', voider: id } },
      claim: { tenant: 'uni', id, hash: `hash of ${id}` },
    }); // prettier-ignore
    for (let n = 0; n < 60; n++) await log.appendClaimed([voided(`s${n}`, n % 2 === 0 ? ada!.token : `learner-${n % 7}`)]);
    const formerHeads = { epoch: log.epoch, offsets: { statements: [...(await log.heads('statements'))] } };
    await log.appendClaimed([voided('after', ada!.token)]);
    const source = {
      log,
      registry,
      vault,
      blobs,
      databases: here,
      folder: { blobs: path.join(folder, 'blobs') },
    } as unknown as EmbeddedHomes;

    const there = await databases();
    const targetRegistry = await openRegistry({ connection: there.registry, now, onError });
    const targetVault = await openVault({ connection: there.vault, keys: await openKeyRing({ file: keysFile }), now, onError });
    const opened = await openTestLog(broker.connection, targetRegistry.logLedger, 3);
    const targetLog: KafkaLog = opened.log;
    const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
    const targetBlobs = openFileBlobs(path.join(folder, 'target-blobs'));
    closing.push(
      () => targetVault.close(),
      () => targetRegistry.close(),
      () => opened.dispose(),
      () => warehouse.close(),
    );
    const target = {
      log: targetLog,
      registry: targetRegistry,
      vault: targetVault,
      blobs: targetBlobs,
      warehouse,
      archive: undefined,
      now,
      close: () => Promise.resolve(),
    };
    const moved = await moveHouse(source, target, there, () => undefined);

    expect(moved.topics.find(({ topic }) => topic === 'statements')).toMatchObject({ facts: 61 });
    expect(moved).toMatchObject({ blobs: 1, folded: 61 });
    expect(targetLog.partitions('statements')).toBe(3 * log.partitions('statements'));
    const [former, present] = await Promise.all([log.findClaim('uni', 's7'), targetLog.findClaim('uni', 's7')]);
    expect(present).toMatchObject({ hash: 'hash of s7', recordedAt: former!.recordedAt });
    const [stored] = await targetLog.read('statements', present!.position.partition, present!.position.offset, { maxFacts: 1 });
    expect(stored).toMatchObject({
      recordedAt: former!.recordedAt,
      stored: { id: 's7', recordedAt: former!.recordedAt, knownAt: former!.recordedAt },
    });
    expect(await targetLog.appendClaimed([voided('s7', 'learner-0')])).toMatchObject({
      outcome: 'appended',
      results: [{ status: 'known' }],
    });
    expect(await targetVault.find('uni', 'mailto:ada@example.org')).toBe(ada!.token);
    expect(await targetBlobs.has(blob)).toBe(true);
    expect((await verify({ log: targetLog, warehouse })).differing).toEqual([]);

    const map = await PositionMap.decode((await targetBlobs.get(moved.map))!);
    const { epoch, offsets } = map.translate(formerHeads, (topic) => targetLog.partitions(topic));
    expect(epoch).toBe(targetLog.epoch);
    const below = offsets.statements!.reduce((sum, offset) => sum + offset, 0);
    expect(below).toBe(60);
    await expect(moveHouse(source, target, there, () => undefined)).rejects.toThrow('has tenants already');
  }, 120_000);
});
