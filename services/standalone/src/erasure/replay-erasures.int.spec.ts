import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbeddedLog, openFileBlobs } from '@pharos/event-log';
import { openRegistry, type EmbeddedPostgres, type Registry, startEmbeddedPostgres } from '@pharos/registry';
import { createKeyRing, type OpenVault, openVault } from '@pharos/vault';
import { replayErasures } from './replay-erasures.js';

const now = () => new Date('2014-10-01T08:00:00.000Z');
const errors: unknown[] = [];
const onError = (error: unknown) => void errors.push(error);

describe('erasures that the log knows', () => {
  let folder: string;
  /** Apart, because PostgreSQL may run as a user of its own, who must be able to enter it. */
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  let registry: Registry;
  let vault: OpenVault;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-erasure-'));
    dataDir = await mkdtemp(path.join(tmpdir(), 'pharos-erasure-data-'));
    postgres = await startEmbeddedPostgres({ dataDir });
    registry = await openRegistry({ connection: postgres.connection('pharos_registry'), now, onError });
    const keys = await createKeyRing(path.join(folder, 'keys.json'));
    vault = await openVault({ connection: postgres.connection('pharos_vault'), keys, now, onError });
    await registry.tenants.put({ id: 'uni', name: 'Uni' });
  });
  afterAll(async () => {
    await vault.close();
    await registry.close();
    await postgres.stop();
    for (const each of [folder, dataDir]) await rm(each, { recursive: true, force: true });
    expect(errors).toEqual([]);
  });

  /** A document and an attachment about a learner. @returns where they are */
  async function keep(learner: string, blobs: ReturnType<typeof openFileBlobs>) {
    const [sealed] = await vault.seal('uni', [{ learner, text: `about ${learner}` }]);
    const blob = await blobs.put(Buffer.from(sealed!, 'base64'));
    const key = { kind: 'state', scope: `of-${learner}`, registration: '', id: 'notes' } as const;
    const own = registry.tenant('uni');
    await own.documents.change(key, () => Promise.resolve({ put: { etag: '0'.repeat(40), learner, sealed: sealed! } }));
    await own.attachments.put([{ learner, sha2: 'ab', blob }]);
    return { blob, key };
  }

  it('take documents, attachments and their bytes with them, and nobody else’s', async () => {
    const blobs = openFileBlobs(path.join(folder, 'blobs'));
    const tokens = await vault.tokensFor('uni', ['one', 'two'].map((name) => ({ identifier: `mailto:${name}@example.org`, asSent: { mbox: `mailto:${name}@example.org` } }))); // prettier-ignore
    const [gone, stays] = tokens.map(({ token }) => token) as [string, string];
    const [ofGone, ofStaying] = [await keep(gone, blobs), await keep(stays, blobs)];
    const log = await openEmbeddedLog({ path: path.join(folder, 'log'), now });
    try {
      await log.append([
        {
          id: 'erased-1', type: 'LearnerErased', version: 1, tenant: 'uni', key: gone, occurredAt: now().toISOString(), knownAt: now().toISOString(),
          data: { learner: gone, by: 'officer', reason: 'asked for' },
        },
      ]); // prettier-ignore
      for (let times = 0; times < 2; times++) expect(await replayErasures(log, { vault, registry, blobs })).toBe(1);
    } finally {
      await log.close();
    }
    const { documents, attachments } = registry.tenant('uni');
    expect(await documents.get(ofGone.key)).toBeUndefined();
    expect(await blobs.has(ofGone.blob)).toBe(false);
    expect(await documents.get(ofStaying.key)).toMatchObject({ learner: stays });
    expect(await attachments.find([gone, stays], ['ab'])).toEqual([{ learner: stays, sha2: 'ab', blob: ofStaying.blob }]);
    expect(await blobs.has(ofStaying.blob)).toBe(true);
    expect(await vault.find('uni', 'mailto:one@example.org')).toBeUndefined();
    expect(await vault.find('uni', 'mailto:two@example.org')).toBe(stays);
  });
});
