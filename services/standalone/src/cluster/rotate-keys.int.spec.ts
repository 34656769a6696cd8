import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerMissing, testBroker } from '@pharos/event-log/kafka-testing';
import { openRegistry } from '@pharos/registry';
import { type Logger } from '@pharos/runtime';
import { addMasterKey, createKeyRing, openKeyRing, openVault, useNewestKey } from '@pharos/vault';
import { startService } from './serve-service.js';
import { completed, post, startTestEngines, type TestEngines } from './test-engines.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: keys that change while doors are open (${missing})\n`);

const now = () => new Date();

(missing === undefined ? describe : describe.skip)('master keys that change while two doors take statements', () => {
  let folder: string;
  const broker = testBroker();
  let engines: TestEngines;
  const closing: (() => Promise<unknown>)[] = [() => broker.stop()];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-rotate-'));
    await broker.start();
    engines = await startTestEngines(broker.connection, folder, 'rotate.', { PHAROS_BLOB_DIR: path.join(folder, 'blobs') });
    closing.push(() => engines.stop());
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** What each door says that it reads its keys as: the doors have files of their own, to which a new one comes later or sooner. */
  const heard = new Map<string, string>();
  const listening = (door: string): Logger =>
    Object.assign(engines.logger.child({}), {
      info: (what: { readonly keys?: readonly string[]; readonly wraps?: string }) => {
        if (what.keys) heard.set(door, `${what.keys.join()} wraps ${what.wraps}`);
      },
    });
  async function hand(file: string, door: string, expected: string): Promise<void> {
    await copyFile(file, `${file}-${door}.new`);
    await rename(`${file}-${door}.new`, `${file}-${door}`);
    for (let tries = 0; heard.get(door) !== expected && tries < 400; tries++) await sleep(50);
    expect([door, heard.get(door)]).toEqual([door, expected]);
  }

  it('fail no statement, and in the end everything is wrapped by the new one', async () => {
    const file = path.join(folder, 'keys.json');
    await createKeyRing(file);
    const doors = ['a', 'b'];
    for (const door of doors) await copyFile(file, `${file}-${door}`);
    const registry = await openRegistry({ connection: engines.databases.registry, now, onError: () => undefined });
    await registry.tenants.put({ id: 'uni', name: 'Uni' });
    const { credential, secret } = await registry
      .tenant('uni')
      .credentials.create({ name: 'platform', scopes: ['statements/write', 'define'] });
    await registry.close();
    const running = await Promise.all(
      doors.map((door) => startService('ingest', engines.configuration({ PHAROS_KEYS_FILE: `${file}-${door}` }), listening(door), now)),
    );
    const answers: string[] = [];
    let [stopped, person] = [false, 0];
    // Somebody new comes by one door and, under another name, by the other: that one has to open the key which the first wrapped.
    const posting = (async () => {
      while (!stopped) {
        const mail = `p${++person}@example.org`;
        for (const { address } of person % 2 === 0 ? running : running.toReversed()) {
          answers.push(await post(address, { id: credential.id, secret }, [completed(randomUUID(), mail, `At ${address}`)]));
        }
      }
    })();
    try {
      await addMasterKey(file);
      for (const door of doors) await hand(file, door, 'k1,k2 wraps k1');
      await useNewestKey(file);
      await hand(file, 'a', 'k1,k2 wraps k2');
      const between = answers.length;
      while (answers.length < between + 8) await sleep(20); // one wraps by the old key, one by the new one
      await hand(file, 'b', 'k1,k2 wraps k2');
      const keeper = await openVault({
        connection: engines.databases.vault,
        keys: await openKeyRing({ file }),
        now,
        onError: () => undefined,
      });
      expect(await keeper.rotateKeys()).toBeGreaterThan(0);
      await keeper.close();
      const after = answers.length;
      while (answers.length < after + 4) await sleep(20);
    } finally {
      stopped = true;
      await posting;
      for (const each of running) await each.stop();
    }
    expect(new Set(answers)).toEqual(new Set(['200']));
    const wrapped = await engines.query<{ key: string }>(
      'pharos_vault',
      'SELECT DISTINCT key_id AS key FROM (SELECT key_id FROM tokens UNION ALL SELECT key_id FROM tenant_keys) AS all_keys',
    );
    expect(wrapped).toEqual([{ key: 'k2' }]);
    process.stderr.write(`keys rotated under ${answers.length} requests of ${person} new people\n`);
  }, 180_000);
});
