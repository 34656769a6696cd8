import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** An answer that could not be sent, with the moment at which it was given. */
export interface KeptAnswer {
  readonly id: string;
  readonly item: string;
  readonly response: string;
  readonly hints: number;
  readonly seconds: number;
  readonly locale: 'en' | 'es';
  readonly at: string;
}

interface Kept extends DBSchema {
  answers: { key: string; value: KeptAnswer & { readonly learner: string }; indexes: { learner: string } };
}

/** As many as the server takes at once. */
const BATCH = 200;

let opened: Promise<IDBPDatabase<Kept>> | undefined;
const database = (): Promise<IDBPDatabase<Kept>> =>
  (opened ??= openDB<Kept>('pharos-practice', 1, {
    upgrade: (fresh) => void fresh.createObjectStore('answers', { keyPath: 'id' }).createIndex('learner', 'learner'),
  }));

/** Keeps an answer on this device until it can be sent; by learner, because a device may be shared. */
export async function keep(learner: string, answer: KeptAnswer): Promise<void> {
  await (await database()).put('answers', { ...answer, learner });
}

export const keptOf = async (learner: string): Promise<readonly KeptAnswer[]> => {
  const all = await (await database()).getAllFromIndex('answers', 'learner', learner);
  return all.map(({ learner: _, ...answer }) => answer).sort((a, b) => (a.at < b.at ? -1 : 1));
};

type Send = (
  answers: readonly KeptAnswer[],
) => Promise<readonly { readonly id: string; readonly kept: boolean; readonly because: string | null }[]>;

/**
 * Sends what was kept, oldest first. What was taken, or never can be, leaves the device; what was refused for now stays.
 *
 * @returns how many were taken
 */
export async function sendKept(learner: string, send: Send): Promise<number> {
  const kept = (await keptOf(learner)).slice(0, BATCH);
  if (kept.length === 0) return 0;
  const settled = (await send(kept)).filter((one) => one.kept || one.because !== 'refused');
  const own = await database();
  await Promise.all(settled.map(({ id }) => own.delete('answers', id)));
  return settled.filter((one) => one.kept).length;
}
