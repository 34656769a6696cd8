import { setImmediate } from 'node:timers/promises';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets what is asked at the same time go to the database together: a question, and a commit with its flush, cost about the same
 * for one as for a hundred. What comes while one group is under way waits for the next; alone, nothing waits.
 *
 * @param work answers a group, in its order; what it throws reaches everybody of that group
 * @param sizeOf rough bytes of one; a group holds `most` of them, and one at least
 * @example const find = gathered(findAll, () => 200, 100_000); await Promise.all([find(one), find(other)]) // one query
 */
export function gathered<Item, Result>(
  work: (group: readonly Item[]) => Promise<readonly Result[]>,
  sizeOf: (item: Item) => number,
  most: number,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;

  function takeGroup(): readonly Waiting<Item, Result>[] {
    let bytes = 0;
    const end = waiting.findIndex(({ item }, at) => (bytes += sizeOf(item)) > most && at > 0);
    const group = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return group;
  }

  async function run(): Promise<void> {
    // What is asked in this turn of the event loop belongs together.
    await setImmediate();
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        const results = await work(group.map(({ item }) => item));
        for (const [at, { resolve }] of group.entries()) resolve(results[at]!);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    running = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      void run();
    });
}
