import { expect, it } from '@jest/globals';
import { type BlobStore } from './blobs.js';

/** SHA-256 of `abc`: FIPS 180-2, appendix B.1. */
export const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/**
 * What every blob store keeps to.
 *
 * @param open opens what the test has, again and again
 * @param damage changes the stored bytes of a key, as a disk may
 */
export function blobContract(open: () => BlobStore, damage: (key: string) => void): void {
  it('finds bytes under the hash of their content, whoever opens the store', async () => {
    expect(await open().put(Buffer.from('abc'))).toBe(ABC);
    expect(await open().has(ABC)).toBe(true);
    expect((await open().get(ABC))!.toString()).toBe('abc');
  });

  it('keeps every byte, and nothing as well', async () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    for (const bytes of [all, Buffer.alloc(0), Buffer.alloc(1_000_003, 7)]) {
      expect((await open().get(await open().put(bytes)))!.equals(bytes)).toBe(true);
    }
  });

  it('keeps once what is put often and at once', async () => {
    const blobs = open();
    const keys = await Promise.all(Array.from({ length: 20 }, () => blobs.put(Buffer.from('abc'))));
    expect(new Set(keys)).toEqual(new Set([ABC]));
    expect((await blobs.get(ABC))!.toString()).toBe('abc');
  });

  it('has no more what was deleted, and deleting twice is no matter', async () => {
    const blobs = open();
    await blobs.put(Buffer.from('abc'));
    await blobs.delete(ABC);
    await blobs.delete(ABC);
    expect([await blobs.has(ABC), await blobs.get(ABC)]).toEqual([false, undefined]);
  });

  it('says so when bytes are no longer what was put', async () => {
    await open().put(Buffer.from('abc'));
    damage(ABC);
    await expect(open().get(ABC)).rejects.toMatchObject({ name: 'BlobDamaged', key: ABC });
  });

  it('keeps a note under its name, and the last one only', async () => {
    expect(await open().getNote('tips-1')).toBeUndefined();
    await open().putNote('tips-1', Buffer.from('one'));
    await open().putNote('tips-1', Buffer.from('another'));
    expect((await open().getNote('tips-1'))!.toString()).toBe('another');
    await expect(open().getNote('../tips')).rejects.toThrow(RangeError);
    await expect(open().putNote('Tips', Buffer.from('x'))).rejects.toThrow(RangeError);
  });

  it('refuses a key that is none', async () => {
    await expect(open().get('../secret')).rejects.toThrow(RangeError);
    await expect(open().delete(`${ABC}/..`)).rejects.toThrow(RangeError);
  });
}
