import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Topic, topicNames, TOPICS } from '@pharos/facts';
import { type Database, open, type RootDatabase } from 'lmdb';
import { LogRefused } from './event-log.js';

/** Version of what lies on disk. A newer one is refused: an older release would write what the newer one cannot read. */
const FORMAT = 1;

/** Address space set aside for the file; it grows only as facts come. Ample, since a map that has to move stalls readers. */
const MAP_BYTES = 2 ** 38;

/**
 * How many free pages LMDB takes into memory, and keeps there from one transaction to the next. Each transaction copies and
 * writes what it keeps: of the 75,000 that it would keep after an import, 27 ms of CPU for a single fact (0.9 ms so).
 */
const FREE_PAGES = { maxFreeSpaceToLoad: 1_000, maxFreeSpaceToRetain: 2_000 };

/** What is known of a partition's end without touching its chunks. Milliseconds since 1970 for `recordedAt`. */
export interface Head {
  readonly next: number;
  readonly recordedAt: number;
}

/** The databases of one log. All of them live in one LMDB environment, so that one transaction may write to each. */
export interface Store {
  readonly file: string;
  readonly epoch: string;
  readonly root: RootDatabase;
  readonly partitions: Readonly<Record<Topic, number>>;
  /** First offset of a chunk → the chunk. One database for each partition, so that every append is at its end. */
  readonly chunks: (topic: Topic, partition: number) => Database<Buffer, number>;
  readonly heads: Database<Head, [Topic, number]>;
  readonly claims: Database<Buffer, Buffer>;
  /** Consumer, topic, partition → next offset wanted. */
  readonly consumers: Database<number, [string, Topic, number]>;
}

export interface StoreOptions {
  readonly path: string;
  readonly readOnly: boolean;
  readonly partitions: Partial<Record<Topic, number>>;
}

interface Identity {
  readonly format: number;
  readonly epoch: string;
  readonly partitions: Partial<Record<Topic, number>>;
}

/** Where the log's file lies in its folder. */
export const fileOf = (folder: string) => path.join(folder, 'log.mdb');

/**
 * Opens the databases, creating them in an empty folder.
 *
 * @throws LogRefused when the log was made by a newer release, has other partitions than asked for, or is to be read and is not there
 */
export function openStore({ path: folder, readOnly, partitions }: StoreOptions): Store {
  const file = fileOf(folder);
  if (readOnly && !existsSync(file)) throw new LogRefused(`There is no event log in ${folder}.`);
  if (!readOnly) mkdirSync(folder, { recursive: true });
  const root = open({
    path: file,
    noSubdir: true,
    readOnly,
    maxDbs: 512,
    maxReaders: 256,
    mapSize: MAP_BYTES,
    ...FREE_PAGES,
    // A commit becomes visible only once it is on disk. Otherwise a reader could fold facts that a loss of power takes back.
    overlappingSync: false,
    // Calls are gathered here already, and the driver's own gathering leaves a promise that nobody may catch when a commit fails.
    eventTurnBatching: false,
  });
  try {
    return openDatabases(root, file, readOnly, partitions);
  } catch (error) {
    void root.close();
    throw error;
  }
}

function openDatabases(root: RootDatabase, file: string, readOnly: boolean, asked: Partial<Record<Topic, number>>): Store {
  const meta = root.openDB<Identity, string>('meta', { encoding: 'json' });
  const identity = readOnly ? meta.get('identity') : root.transactionSync(() => identify(meta, asked));
  if (!identity) throw new LogRefused(`${file} is not an event log.`);
  if (identity.format > FORMAT) {
    throw new LogRefused(`${file} was made by a newer release (format ${identity.format}; this release reads up to ${FORMAT}).`);
  }
  const partitions = identity.partitions as Record<Topic, number>;
  for (const [topic, count] of Object.entries(asked)) {
    if (partitions[topic as Topic] === count) continue;
    throw new LogRefused(
      `${file} has ${partitions[topic as Topic]} partitions of ${topic}, not ${count}: their number is fixed when a log is made.`,
    );
  }
  const chunks = new Map<string, Database<Buffer, number>>();
  for (const topic of topicNames) {
    for (let partition = 0; partition < partitions[topic]; partition++) {
      const name = `${topic}/${partition}`;
      chunks.set(name, root.openDB<Buffer, number>(`facts/${name}`, { encoding: 'binary' }));
    }
  }
  return {
    file,
    epoch: identity.epoch,
    root,
    partitions,
    chunks: (topic, partition) => {
      const database = chunks.get(`${topic}/${partition}`);
      if (!database) throw new RangeError(`there is no partition ${partition} of ${topic}`);
      return database;
    },
    heads: root.openDB<Head, [Topic, number]>('heads', { encoding: 'msgpack' }),
    claims: root.openDB<Buffer, Buffer>('claims', { encoding: 'binary', keyEncoding: 'binary' }),
    consumers: root.openDB<number, [string, Topic, number]>('consumers', { encoding: 'msgpack' }),
  };
}

/** Gives a new log its identity; gives topics that came with a later release their partitions. */
function identify(meta: Database<Identity, string>, asked: Partial<Record<Topic, number>>): Identity {
  const known = meta.get('identity');
  if (known && known.format > FORMAT) return known;
  const partitions: Partial<Record<Topic, number>> = { ...known?.partitions };
  for (const topic of topicNames) partitions[topic] ??= asked[topic] ?? TOPICS[topic].partitions;
  const identity = { format: FORMAT, epoch: known?.epoch ?? randomUUID(), partitions };
  void meta.put('identity', identity);
  return identity;
}
