import { type Topic } from '@pharos/facts';
import { ABORT } from 'lmdb';
import { chunksOf, factsOf, packChunk, packChunkNow, stampChunk } from './chunk.js';
import { decodeClaim, encodeClaim } from './claim-codec.js';
import { logUnavailable } from './embedded-errors.js';
import { type Store } from './embedded-store.js';
import { type ClaimResult } from './event-log.js';
import { PartitionEnds } from './partition-ends.js';

/** A fact ready to be written: its partition is chosen and its JSON made, while the caller's stack still stands. */
export interface Line {
  readonly topic: Topic;
  readonly partition: number;
  readonly json: string;
  /** The key of its claim as it is stored, and the hash of its content. */
  readonly claim?: { readonly key: Buffer; readonly hash: string };
}

/** One call of `append` or `appendClaimed`. The commit fills in what became of it. */
export interface Append {
  readonly lines: readonly Line[];
  results: readonly ClaimResult[];
  conflicts: readonly number[];
}

type Partition = `${Topic}/${number}`;
interface Lines {
  readonly topic: Topic;
  readonly partition: number;
  readonly jsons: string[];
}

export interface PackedGroup {
  readonly group: readonly Append[];
  /** The chunks that are written if no claim says otherwise, which is the rule. */
  readonly chunks: ReadonlyMap<Partition, readonly Buffer[]>;
  readonly packedBytes: number;
}

/** Packs a group as if all of it were new. */
export async function packGroup(group: readonly Append[]): Promise<PackedGroup> {
  const lines = linesOf(group.flatMap((append) => append.lines));
  const chunks = new Map<Partition, readonly Buffer[]>();
  let packedBytes = 0;
  await Promise.all(
    [...lines].map(async ([name, { jsons }]) => {
      const chars = jsons.reduce((sum, { length }) => sum + length, 0);
      const packed = await Promise.all(chunksOf(jsons).map((chunk) => packChunk(chunk, chars)));
      chunks.set(name, packed);
      for (const chunk of packed) packedBytes += chunk.length;
    }),
  );
  return { group, chunks, packedBytes };
}

/**
 * Writes a group in one transaction. Resolves after LMDB has synced data and root (two flushes).
 *
 * A child transaction, because only that one can be taken back whole when a write in the middle of it fails.
 *
 * @throws LogUnavailable when the disk is full or cannot be written; nothing of the group was written then
 */
export async function commitGroup(store: Store, packed: PackedGroup, now: () => Date): Promise<void> {
  let failure: unknown;
  try {
    await store.root.childTransaction(() => {
      try {
        return writeGroup(store, packed, now().getTime());
      } catch (error) {
        failure = error;
        return ABORT;
      }
    });
  } catch (error) {
    throw await logUnavailable(error, store.file, packed.packedBytes);
  }
  if (failure !== undefined) throw await logUnavailable(failure, store.file, packed.packedBytes);
}

function writeGroup(store: Store, { group, chunks }: PackedGroup, time: number): void {
  const ends = new PartitionEnds(store, time);
  const accepted: Line[] = [];
  let offered = 0;
  for (const append of group) {
    offered += append.lines.length;
    decideAppend(store, append, ends, accepted);
  }
  const lines = linesOf(accepted);
  for (const [name, { topic, partition, jsons }] of lines) {
    // What was packed ahead holds only when every line was accepted; a resend or a conflict is rare enough to pack again.
    const packed = accepted.length === offered ? chunks.get(name)! : chunksOf(jsons).map((chunk) => packChunkNow(chunk));
    writeChunks(store, topic, partition, packed, ends);
  }
  ends.write();
}

/** Gives each line of an append its position, or none at all when a claim of it conflicts. */
function decideAppend(store: Store, append: Append, ends: PartitionEnds, accepted: Line[]): void {
  const standing = append.lines.map(({ claim }) => claim && standingClaim(store, claim.key));
  const within = new Map<string, string>();
  append.conflicts = append.lines.flatMap(({ claim }, index) => {
    if (!claim) return [];
    const key = claim.key.toString('latin1');
    const hash = standing[index]?.hash ?? within.get(key);
    within.set(key, hash ?? claim.hash);
    return hash === undefined || hash === claim.hash ? [] : [index];
  });
  if (append.conflicts.length > 0) return;
  append.results = append.lines.map((line, index): ClaimResult => {
    const { claim } = line;
    // Twice in one batch: the first has just been written, so the second finds it standing.
    const known = standing[index] ?? (claim && within.size < append.lines.length ? standingClaim(store, claim.key) : undefined);
    if (known) return { status: 'known', position: known.position, recordedAt: known.recordedAt };
    const recorded = ends.take(line.topic, line.partition);
    accepted.push(line);
    if (claim) store.claims.putSync(claim.key, encodeClaim(recorded, claim.hash));
    return { status: 'appended', ...recorded };
  });
}

function standingClaim(store: Store, key: Buffer) {
  const value = store.claims.get(key);
  return value && decodeClaim(value);
}

function writeChunks(store: Store, topic: Topic, partition: number, packed: readonly Buffer[], ends: PartitionEnds): void {
  const database = store.chunks(topic, partition);
  const { first, recordedAt } = ends.of(topic, partition);
  let offset = first;
  for (const chunk of packed) {
    stampChunk(chunk, recordedAt);
    const written: unknown = database.putSync(offset, chunk, { append: true });
    if (written !== true) throw new Error(`${topic}/${partition} already holds offset ${offset}, which its head says is the next`);
    offset += factsOf(chunk);
  }
}

function linesOf(all: readonly Line[]): ReadonlyMap<Partition, Lines> {
  const lines = new Map<Partition, Lines>();
  for (const { topic, partition, json } of all) {
    const name: Partition = `${topic}/${partition}`;
    const known = lines.get(name);
    if (known) known.jsons.push(json);
    else lines.set(name, { topic, partition, jsons: [json] });
  }
  return lines;
}
