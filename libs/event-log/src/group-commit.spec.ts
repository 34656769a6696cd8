import { describe, expect, it } from '@jest/globals';
import { GroupCommit, type Limits } from './group-commit.js';

/** A disk that takes a group when the test says so, and remembers what it took. */
function slowDisk(limits: Partial<Limits> = {}) {
  const taken: (readonly string[])[] = [];
  const waiting: { flush: () => void; fail: (error: Error) => void }[] = [];
  const writer = new GroupCommit<string, readonly string[]>({
    prepare: (group) => Promise.resolve(group),
    commit: (group) => {
      taken.push(group);
      return new Promise<void>((resolve, reject) => waiting.push({ flush: resolve, fail: reject }));
    },
    limits,
  });
  const next = async () => {
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    return waiting.shift()!;
  };
  return { writer, taken, flush: async () => (await next()).flush(), fail: async (error: Error) => (await next()).fail(error) };
}

describe('group commit', () => {
  it('writes together what comes while the disk is busy, and answers each only after its flush', async () => {
    const { writer, taken, flush } = slowDisk();
    const answered: string[] = [];
    const write = (work: string) => writer.write(work, 10).then(() => answered.push(work));
    const first = write('a');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const others = [write('b'), write('c'), write('d')];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toEqual([]);
    await flush();
    await first;
    expect(answered).toEqual(['a']);
    await flush();
    await Promise.all(others);
    expect(taken).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('tells every call of a group that failed, and goes on with the next', async () => {
    const { writer, flush, fail } = slowDisk();
    const failed = Promise.allSettled([writer.write('a', 10), writer.write('b', 10)]);
    await fail(new Error('no room'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = writer.write('c', 10);
    await flush();
    await expect(next).resolves.toBeUndefined();
  });

  it('keeps a group within its bound', async () => {
    const { writer, taken, flush } = slowDisk({ groupBytes: 25 });
    const all = Promise.all(['a', 'b', 'c'].map((work) => writer.write(work, 10)));
    await flush();
    await flush();
    await all;
    expect(taken).toEqual([['a', 'b'], ['c']]);
  });

  it('refuses what would make the queue too long', async () => {
    const { writer, flush } = slowDisk({ queueBytes: 15 });
    const first = writer.write('a', 10);
    await expect(writer.write('b', 10)).rejects.toMatchObject({ name: 'LogUnavailable', code: 'timeout' });
    await flush();
    await first;
  });

  it('lets go of what has waited too long behind a disk that hangs, and never writes it', async () => {
    const { writer, taken, flush } = slowDisk({ waitMs: 30 });
    const first = writer.write('a', 10);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(writer.write('b', 10)).rejects.toMatchObject({ code: 'timeout' });
    await flush();
    await first;
    await writer.close();
    expect(taken).toEqual([['a']]);
  });

  it('settles what waits before it is closed, and takes nothing more', async () => {
    const { writer, flush } = slowDisk();
    const last = writer.write('a', 10);
    const closed = writer.close();
    await expect(writer.write('b', 10)).rejects.toMatchObject({ code: 'closed' });
    await flush();
    await Promise.all([last, closed]);
  });
});
