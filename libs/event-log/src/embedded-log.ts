import { realpathSync, statSync } from 'node:fs';
import { type Topic, topicNames, topicOf } from '@pharos/facts';
import { decodeClaim, claimKey } from './claim-codec.js';
import { type Append, commitGroup, type Line, packGroup, type PackedGroup } from './embedded-commit.js';
import { copyStore } from './embedded-copy.js';
import { logUnavailable } from './embedded-errors.js';
import { EmbeddedReader } from './embedded-read.js';
import { openStore, type Store } from './embedded-store.js';
import {
  type Claim,
  type ClaimedAppend,
  encodeFact,
  type EncodedFact,
  type EventLog,
  LogUnavailable,
  type ReadOptions,
  type Recorded,
} from './event-log.js';
import { takeFolder } from './folder-lock.js';
import { GroupCommit } from './group-commit.js';
import { News } from './news.js';
import { partitionOf } from './partitioner.js';

export interface EmbeddedLogOptions {
  /** Folder of the log; made if it is not there. */
  readonly path: string;
  /** The clock that `recordedAt` is read from. */
  readonly now: () => Date;
  /** How many partitions topics have, where not as in `TOPICS`. Fixed when the log is made. */
  readonly partitions?: Partial<Record<Topic, number>>;
  /** Reads beside whichever process owns the folder; appends are refused. */
  readonly readOnly?: boolean;
  /** For a thread of the process that already has the log open: works on it too, and leaves the folder's lock alone. */
  readonly joinOwner?: boolean;
  /** Refuses appends as `disk-full` when the file would grow over this. */
  readonly maxBytes?: number;
  /** Told after each durable commit how many calls it settled and how long it took, flush included. */
  readonly onSync?: (commit: { readonly calls: number; readonly ms: number }) => void;
}

/** The event log of one machine. */
export interface EmbeddedLog extends EventLog {
  /** Bytes of the log's file. */
  size(): number;

  /**
   * Copies the log, as it is at one moment, into another folder, while appends go on. Resolves when the copy is on disk.
   *
   * @returns bytes of the copy
   */
  copyTo(folder: string): Promise<number>;
}

/**
 * Opens the log that lives in a folder, on LMDB.
 *
 * One process owns the folder. Further threads of it join; each of them may append and read.
 *
 * @throws Error in one clear line when the folder is in use by another process, was made by a newer release, or cannot be written
 * @example const log = await openEmbeddedLog({ path: 'data/log', now: () => new Date() });
 */
export function openEmbeddedLog(options: EmbeddedLogOptions): Promise<EmbeddedLog> {
  return attempt(() => openNow(options));
}

function openNow(options: EmbeddedLogOptions): EmbeddedLog {
  const { path: folder, readOnly = false, joinOwner = false, partitions = {} } = options;
  const release = readOnly ? () => undefined : takeFolder(folder, joinOwner);
  try {
    return embeddedLog(openStore({ path: folder, readOnly, partitions }), options, release);
  } catch (error) {
    release();
    throw error;
  }
}

function embeddedLog(store: Store, options: EmbeddedLogOptions, release: () => void): EmbeddedLog {
  const news = new News(`pharos-log:${realpathSync(store.file)}`);
  const reader = new EmbeddedReader(store);
  const writer = new GroupCommit<Append, PackedGroup>({ prepare: packGroup, commit });
  let closing: Promise<void> | undefined;

  const partitions = (topic: Topic) => store.partitions[topic];
  const size = () => statSync(store.file).size;

  async function commit(packed: PackedGroup): Promise<void> {
    const { maxBytes = Infinity, onSync } = options;
    if (size() + packed.packedBytes > maxBytes) {
      throw new LogUnavailable('disk-full', `The event log has reached its bound of ${maxBytes} bytes; nothing was written.`);
    }
    const start = performance.now();
    await commitGroup(store, packed, options.now);
    onSync?.({ calls: packed.group.length, ms: performance.now() - start });
    news.publish([...new Set(packed.group.flatMap(({ lines }) => lines.map(({ topic }) => topic)))]);
  }

  function lineOf({ type, key, json }: EncodedFact, claim?: Claim): Line {
    const topic = topicOf(type);
    const line = { topic, partition: partitionOf(key, partitions(topic)), json };
    return claim ? { ...line, claim: { key: claimKey(claim.tenant, claim.id), hash: claim.hash } } : line;
  }

  async function write(lines: readonly Line[]): Promise<Append> {
    if (options.readOnly) throw new LogUnavailable('closed', 'The event log is open for reading only.');
    const append: Append = { lines, results: [], conflicts: [] };
    if (lines.length === 0) return append;
    await writer.write(
      append,
      lines.reduce((sum, { json }) => sum + json.length, 0),
    );
    return append;
  }

  async function writeClaimed(lines: readonly Line[]): Promise<ClaimedAppend> {
    const { results, conflicts } = await write(lines);
    return conflicts.length > 0 ? { outcome: 'conflict', conflicts } : { outcome: 'appended', results };
  }

  function readable(): void {
    if (closing) throw new LogUnavailable('closed', 'The event log is closed.');
    store.root.resetReadTxn();
  }

  function headsOf(topic: Topic): readonly number[] {
    readable();
    return Array.from({ length: partitions(topic) }, (_, partition) => store.heads.get([topic, partition])?.next ?? 0);
  }

  function claimsOf(tenant: string, ids: readonly string[]) {
    readable();
    return ids.map((id) => {
      const value = store.claims.get(claimKey(tenant, id));
      return value && decodeClaim(value);
    });
  }

  async function durably(change: () => void): Promise<void> {
    readable();
    try {
      await store.root.childTransaction(change);
    } catch (error) {
      throw await logUnavailable(error, store.file, 0);
    }
  }

  return {
    epoch: store.epoch,
    partitions,
    append: async (facts) => {
      const { results } = await write(facts.map((fact) => lineOf(encodeFact(fact))));
      return results.map(({ position, recordedAt }): Recorded => ({ position, recordedAt }));
    },
    appendClaimed: async (batch) => writeClaimed(batch.map(({ fact, claim }) => lineOf(encodeFact(fact), claim))),
    appendEncoded: async (batch) => writeClaimed(batch.map(({ fact, claim }) => lineOf(fact, claim))),
    findClaim: (tenant, id) => attempt(() => claimsOf(tenant, [id])[0]),
    findClaims: (tenant, ids) => attempt(() => claimsOf(tenant, ids)),
    read: async (topic, partition, fromOffset, limits?: ReadOptions) => {
      readable();
      return reader.read(topic, partition, fromOffset, limits);
    },
    heads: (topic) => attempt(() => headsOf(topic)),
    committed: (consumer, topic) =>
      attempt(() => {
        readable();
        return Array.from({ length: partitions(topic) }, (_, partition) => store.consumers.get([consumer, topic, partition]) ?? 0);
      }),
    commit: (consumer, topic, partition, nextOffset) =>
      durably(() => {
        store.consumers.putSync([consumer, topic, partition], nextOffset);
      }),
    forget: (consumer) =>
      durably(() => {
        for (const topic of topicNames) {
          for (let partition = 0; partition < partitions(topic); partition++) store.consumers.removeSync([consumer, topic, partition]);
        }
      }),
    waitForNews: async (topics, timeoutMs) => {
      const heads = () => topics.map((topic) => headsOf(topic).join()).join(';');
      const before = heads();
      await news.wait(topics, timeoutMs, () => heads() !== before);
    },
    hurry: () => news.hurry(),
    hurried: (timeoutMs) => news.hurried(timeoutMs),
    size,
    copyTo: async (target) => {
      readable();
      return copyStore(store, target);
    },
    close: () =>
      (closing ??= (async () => {
        await writer.close();
        news.close();
        reader.close();
        await store.root.close();
        release();
      })()),
  };
}

/** What `ask` answers or throws, as a promise. */
function attempt<T>(ask: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(ask());
  });
}
