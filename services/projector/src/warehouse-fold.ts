import { type EventLog } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';
import { linksTo, traced } from '@pharos/runtime';
import { type Warehouse } from '@pharos/warehouse';
import { Cursor } from './cursor.js';
import { type FoldShare } from './fold-share.js';
import { deadLetter, type Refusal } from './dead-letter.js';
import { MasteryFold } from './knowledge/mastery-fold.js';
import { TouchedKnowledge } from './knowledge/touched-knowledge.js';
import { type Progress } from './progress.js';
import { RowBatch } from './row-batch.js';
import { Rooms } from './table-text.js';
import { TouchedSet } from './touched-set.js';
import { gatherMs } from './pace.js';
import { patiently, type Patience, pause, type RefusedRow, writeBatch } from './write-batch.js';

/**
 * Rows an insert: where the engine is at its best (57,000/s of 1.2 KB; 31,000 at 500 rows, and 2 to 3 GB of memory at 50,000). Of 5,000, 10,000
 * and 20,000 the second costs the least CPU a statement with the merges that follow (110, 96 and 98 microseconds, measured).
 */
const BATCH = 10_000;

/** Facts between two checkpoints while far behind: roll-ups are then computed for many at once. */
const CHECKPOINT = 250_000;

/** Contexts remembered as written; a source that makes up a new one per statement must not fill the memory. */
const KNOWN_CONTEXTS = 100_000;

export interface WarehouseFoldOptions {
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  /** Whose positions are read and committed; without one the fold begins at the beginning and commits nothing. */
  readonly consumer?: string;
  readonly onProgress: (progress: Progress) => void;
  /** Follows a log that others append to: facts that stream in are gathered for a moment before they are made visible. */
  readonly live?: boolean;
  /** Where several folds work on one set of tables: what this one does. */
  readonly share?: FoldShare;
}

/**
 * The fold of the log into one set of tables.
 *
 * Reading and decoding the next batch goes on while the engine takes the last one. A checkpoint makes roll-ups durable and
 * commits positions: after each batch when live, after many facts when far behind. The distance between checkpoints grows
 * with what was folded, so that computing roll-ups of a tenant again stays a constant share of the work.
 */
export class WarehouseFold {
  private readonly knownContexts = new Set<string>();
  private readonly rooms = new Rooms();
  private touched = new TouchedSet();
  private knowledge = new TouchedKnowledge();
  private readonly mastery: MasteryFold;
  private sinceCheckpoint = 0;
  /** Of the facts since the last checkpoint: when the first was recorded, and how long writing them took. */
  private oldest = '';
  private spentMs = 0;
  private folded = 0;

  private constructor(
    private readonly options: WarehouseFoldOptions,
    readonly cursor: Cursor,
  ) {
    const { log, warehouse, consumer } = options;
    this.mastery = new MasteryFold(warehouse, consumer === undefined ? undefined : (facts) => log.append(facts));
  }

  static async resume(options: WarehouseFoldOptions): Promise<WarehouseFold> {
    return new WarehouseFold(options, await Cursor.at(options.log, options.consumer, topicNames, options.share?.owns));
  }

  /** Folds up to the heads. @returns facts folded */
  async catchUp(signal: AbortSignal): Promise<number> {
    const before = this.folded;
    const patience: Patience = {
      signal,
      onUnavailable: (error, waitMs) => this.options.onProgress({ kind: 'unavailable', error, waitMs }),
    };
    let writing: Promise<void> = Promise.resolve();
    while (!signal.aborted) {
      if (this.knownContexts.size > KNOWN_CONTEXTS) this.knownContexts.clear();
      const batch = new RowBatch(this.options.warehouse.writer, this.knownContexts, this.rooms);
      let oldest = '';
      const facts = await this.cursor.read(BATCH, (stored) => {
        oldest = earlier(oldest, stored[0]!.recordedAt);
        for (const each of stored) batch.add(each);
      });
      if (facts === 0) break;
      const written = this.cursor.mark();
      await writing;
      writing = this.write(batch, patience)
        .then(() => (this.oldest = earlier(this.oldest, oldest)))
        .then(written)
        .then(() => this.checkpointIfDue(patience));
      // Its failure is met at the next await of `writing`; until then it must not count as unhandled.
      writing.catch(() => undefined);
      // Less than was asked for: these are the heads, and somebody may be waiting to see them.
      if (facts < BATCH) {
        await writing;
        const [facts, began] = [this.sinceCheckpoint, performance.now()];
        if (facts > 0) await this.checkpoint(patience);
        if (this.options.live) await this.gather(gatherMs(facts, performance.now() - began), signal);
      }
    }
    await writing;
    if (this.sinceCheckpoint > 0) await this.checkpoint(patience);
    return this.folded - before;
  }

  /** Lets facts gather for a while; not when somebody waits for them. */
  private async gather(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await Promise.race([this.options.log.hurried(ms), pause(ms, signal)]);
  }

  private async write(batch: RowBatch, patience: Patience): Promise<void> {
    const began = performance.now();
    const refused = await traced(
      'fold',
      { facts: batch.facts },
      () => writeBatch(this.options.warehouse.writer, batch, patience),
      linksTo(batch.traces),
    );
    batch.leave();
    await this.putAside([...batch.refused, ...(await Promise.all(refused.map((row) => this.readAgain(row))))]);
    this.touched.merge(batch.touched);
    this.knowledge.merge(batch.knowledge);
    this.sinceCheckpoint += batch.facts;
    this.folded += batch.facts;
    this.spentMs += performance.now() - began;
  }

  /** The fact of a row that the engine refused: it was let go of when it had become bytes. */
  private async readAgain({ place, step, reason }: RefusedRow): Promise<Refusal> {
    const [stored] = await this.options.log.read(place.topic, place.partition, place.offset, { maxFacts: 1 });
    if (!stored) throw new Error(`the log no longer holds ${place.topic}/${place.partition}/${place.offset}, which was read a moment ago`);
    return { stored, step, reason };
  }

  /** Appends what could not be folded to the dead letters. A dead letter that cannot be folded has no further place. */
  private async putAside(refused: readonly Refusal[]): Promise<void> {
    const first = refused[0];
    if (!first) return;
    this.options.onProgress({ kind: 'deadLetters', count: refused.length, first: `${first.step}: ${first.reason}` });
    const letters = refused.filter((refusal) => refusal.stored.position.topic !== 'dead-letters').map(deadLetter);
    // A rebuild meets the same refusals again; their letters are in the log since the live fold met them.
    if (letters.length > 0 && this.options.consumer !== undefined) await this.options.log.append(letters);
  }

  /** Reading goes on meanwhile: what is read next waits until roll-ups are computed. */
  private async checkpointIfDue(patience: Patience): Promise<void> {
    if (this.sinceCheckpoint >= Math.max(CHECKPOINT, this.folded / 2)) await this.checkpoint(patience);
  }

  private async checkpoint(patience: Patience): Promise<void> {
    const { share, onProgress } = this.options;
    const began = performance.now();
    await (share ? share.alone(() => this.settle(patience)) : this.settle(patience));
    const [facts, oldest, ms] = [this.sinceCheckpoint, this.oldest, this.spentMs + performance.now() - began];
    [this.sinceCheckpoint, this.oldest, this.spentMs] = [0, '', 0];
    onProgress({ kind: 'folded', store: 'warehouse', facts, lag: await this.cursor.lag(), oldest, ms });
  }

  /** Computes again what was touched and commits. Of folds that share tables one at a time: the last to compute has seen the rows of all. */
  private async settle(patience: Patience): Promise<void> {
    const { log, warehouse, consumer, share } = this.options;
    // Another fold may have brought placements and models that this one has not seen.
    if (share) this.mastery.forgetVersions();
    const touched = this.touched.all();
    await patiently(() => warehouse.writer.rollUp(touched), patience);
    this.touched = new TouchedSet();
    await patiently(() => this.mastery.again(this.knowledge), patience);
    this.knowledge = new TouchedKnowledge();
    if (consumer === undefined) return;
    // A partition that was lost meanwhile is another's: its position is not ours to set.
    const moved = this.cursor.lanes.filter(
      ({ topic, partition, written, committed }) => written > committed && share?.holds(topic, partition) !== false,
    );
    await Promise.all(moved.map((lane) => log.commit(consumer, lane.topic, lane.partition, lane.written)));
    for (const lane of moved) lane.committed = lane.written;
  }
}

/** The earlier of two instants; an empty one is none. */
const earlier = (a: string, b: string): string => (a === '' || (b !== '' && b < a) ? b : a);
