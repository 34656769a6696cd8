import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import { chmod, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { addMasterKey, createKeyRing, followKeyRing, openKeyRing, parseKeyRing, useNewestKey } from './key-ring.js';
import { openBytes, placeOf, sealBytes } from './sealing.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-ring-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a key ring', () => {
  it('is made once, for its owner only, and opened again', async () => {
    const file = path.join(folder, 'keys.json');
    const made = await createKeyRing(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await openKeyRing({ file })).key('k1').export()).toEqual(made.key('k1').export());
    expect((await openKeyRing({ text: await readFile(file, 'utf8') })).index.export()).toEqual(made.index.export());
    await expect(createKeyRing(file)).rejects.toMatchObject({ code: 'exists' });
    const renewed = await addMasterKey(file);
    expect(renewed).toMatchObject({ current: 'k1', ids: ['k1', 'k2'] });
    expect(await useNewestKey(file)).toMatchObject({ current: 'k2', ids: ['k1', 'k2'] });
    expect(await useNewestKey(file)).toMatchObject({ current: 'k2', ids: ['k1', 'k2'] });
    expect(renewed.key('k1').export()).toEqual(made.key('k1').export());
    await chmod(file, 0o640);
    await expect(openKeyRing({ file })).rejects.toMatchObject({ code: 'open-to-others' });
    await expect(openKeyRing({ file: path.join(folder, 'none') })).rejects.toMatchObject({ code: 'missing' });
  });

  it('that is followed becomes what its file is, and stays where the file cannot be used', async () => {
    const file = path.join(folder, 'followed.json');
    const ring = await createKeyRing(file);
    const errors: unknown[] = [];
    let changes = 0;
    const heard = async (what: () => boolean) => {
      for (let tries = 0; !what() && tries < 200; tries++) await sleep(50);
    };
    const end = followKeyRing(ring, file, { onChange: () => changes++, onError: (error) => errors.push(error) });
    try {
      await addMasterKey(file);
      await heard(() => changes === 1);
      expect(ring).toMatchObject({ current: 'k1', ids: ['k1', 'k2'] });
      await createKeyRing(`${file}.other`);
      await rename(`${file}.other`, file);
      await heard(() => errors.length > 0);
      expect(errors).toEqual([expect.objectContaining({ code: 'other-index' })]);
      expect(ring.ids).toEqual(['k1', 'k2']);
    } finally {
      end();
    }
  }, 30_000);

  it('is never printed', async () => {
    const ring = await createKeyRing(path.join(folder, 'printed.json'));
    const printed = [JSON.stringify({ ring }), inspect({ ring }, { depth: 9, showHidden: true }), `${JSON.stringify(ring)}`].join();
    for (const key of [ring.key('k1').export(), ring.index.export()]) {
      expect(printed).not.toContain(key.toString('base64'));
      expect(printed).not.toContain(key.toString('hex').slice(0, 8));
    }
  });

  it.each([
    ['nonsense', 'unreadable'],
    ['{"current":"k1","keys":{"k1":"c2hvcnQ="},"index":"c2hvcnQ="}', 'unreadable'],
    [
      JSON.stringify({ current: 'k2', keys: { k1: Buffer.alloc(32).toString('base64') }, index: Buffer.alloc(32).toString('base64') }),
      'unknown-key',
    ],
  ])('is refused without being shown: %s', (text, code) => {
    let refused: unknown;
    try {
      parseKeyRing(text);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ name: 'KeyRingError', code });
    expect(String(refused)).not.toContain('c2hvcnQ');
  });
});

describe('sealing', () => {
  const key = createSecretKey(Buffer.alloc(32, 7));
  it('opens at its own place with its own key only', () => {
    const sealed = sealBytes(key, 'ünï', placeOf('text', 't', 'l'));
    expect(openBytes(key, sealed, placeOf('text', 't', 'l')).toString()).toBe('ünï');
    expect(sealBytes(key, 'ünï', 'p')).not.toEqual(sealBytes(key, 'ünï', 'p'));
    const changed = Buffer.from(sealed);
    changed[20]! ^= 1;
    for (const open of [
      () => openBytes(key, sealed, placeOf('text', 't', 'm')),
      () => openBytes(createSecretKey(Buffer.alloc(32, 8)), sealed, placeOf('text', 't', 'l')),
      () => openBytes(key, changed, placeOf('text', 't', 'l')),
      () => openBytes(key, Buffer.alloc(3), 'p'),
    ]) expect(open).toThrow(expect.objectContaining({ name: 'Unreadable' })); // prettier-ignore
  });
});
