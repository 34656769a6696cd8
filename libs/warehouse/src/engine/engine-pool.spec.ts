import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type Engine } from './engine.js';
import { enginePool } from './engine-pool.js';

/** Engines that say which of them answered, when they are told to. */
function slowEngines() {
  const waiting: (() => void)[] = [];
  let opened = 0;
  const open = (): Promise<Engine> => {
    const number = (opened += 1);
    const read = () => new Promise<Uint8Array>((resolve) => waiting.push(() => resolve(Uint8Array.of(number))));
    return Promise.resolve({
      read,
      run: () => Promise.resolve(),
      insert: () => Promise.resolve(),
      close: () => Promise.resolve(),
      stream: () => Readable.from([]),
    });
  };
  return { open, opened: () => opened, release: () => waiting.splice(0).forEach((answer) => answer()) };
}
const query = { text: 'SELECT 1', params: {} };

describe('a pool of connections', () => {
  it('opens no more than its size, and only when those it has are busy', async () => {
    const engines = slowEngines();
    const pool = enginePool(engines.open, 2);
    const reads = [1, 2, 3].map(() => pool.read(query, 'JSONEachRow'));
    await new Promise(setImmediate);
    engines.release();
    await new Promise(setImmediate);
    engines.release();
    expect((await Promise.all(reads)).map((answer) => answer[0]).sort()).toEqual([1, 1, 2]);
    const alone = pool.read(query, 'JSONEachRow');
    await new Promise(setImmediate);
    engines.release();
    expect((await alone)[0]).toBe(1);
    expect(engines.opened()).toBe(2);
  });

  it('tries again to open what could not be opened', async () => {
    const engines = slowEngines();
    let failures = 1;
    const pool = enginePool(() => (failures-- > 0 ? Promise.reject(new Error('away')) : engines.open()), 1);
    await expect(pool.run(query)).rejects.toThrow('away');
    await expect(pool.run(query)).resolves.toBeUndefined();
  });
});
