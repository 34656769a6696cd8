import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { type Position } from '@pharos/event-log';
import { type Positions, type Topic } from '@pharos/facts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What became of one partition of the former log in one of the present: offsets there and here, both growing. */
interface Lane {
  readonly partition: number;
  readonly from: number;
  readonly there: number[];
  readonly here: number[];
}

/** Where each fact of a former log lies in the one that it moved to. Each present partition has facts of one former partition only. */
export class PositionMap {
  private constructor(
    readonly fromEpoch: string,
    readonly toEpoch: string,
    private readonly topics: Map<Topic, Map<number, Lane>>,
  ) {}

  static between(fromEpoch: string, toEpoch: string): PositionMap {
    return new PositionMap(fromEpoch, toEpoch, new Map());
  }

  /** @throws RangeError when facts of two former partitions meet in one */
  add(former: Position, present: Position): void {
    let lanes = this.topics.get(former.topic);
    if (!lanes) this.topics.set(former.topic, (lanes = new Map<number, Lane>()));
    let lane = lanes.get(present.partition);
    if (!lane) lanes.set(present.partition, (lane = { partition: present.partition, from: former.partition, there: [], here: [] }));
    if (lane.from !== former.partition)
      throw new RangeError(`partitions ${lane.from} and ${former.partition} of ${former.topic} meet in ${present.partition}`);
    lane.there.push(former.offset);
    lane.here.push(present.offset);
  }

  /** Offsets of a present partition at which facts of the former log lie. */
  offsetsIn(topic: Topic, partition: number): ReadonlySet<number> {
    return new Set(this.topics.get(topic)?.get(partition)?.here);
  }

  /**
   * What had been read of the former log, as positions of the present one: the same facts lie below them.
   *
   * @param sizes partitions of a topic now
   */
  translate({ epoch, offsets }: Positions, sizes: (topic: Topic) => number): Positions {
    if (epoch !== this.fromEpoch) return { epoch, offsets };
    const translated = Object.entries(offsets).map(([topic, below]) => {
      const lanes = this.topics.get(topic as Topic);
      const now = Array.from({ length: sizes(topic as Topic) }, (_, partition) => {
        const lane = lanes?.get(partition);
        const count = lane ? countBelow(lane.there, below[lane.from] ?? 0) : 0;
        return count === 0 ? 0 : lane!.here[count - 1]! + 1;
      });
      return [topic, now] as const;
    });
    return { epoch: this.toEpoch, offsets: Object.fromEntries(translated) };
  }

  /** About a byte a fact: the distances are small and much alike. */
  encode(): Promise<Buffer> {
    const topics = [...this.topics].map(([topic, lanes]) => ({
      topic,
      lanes: [...lanes.values()].map((lane) => ({ ...lane, there: steps(lane.there), here: steps(lane.here) })),
    }));
    return compress(Buffer.from(JSON.stringify({ fromEpoch: this.fromEpoch, toEpoch: this.toEpoch, topics })));
  }

  static async decode(bytes: Uint8Array): Promise<PositionMap> {
    interface Encoded {
      fromEpoch: string;
      toEpoch: string;
      topics: { topic: Topic; lanes: Lane[] }[];
    }
    const { fromEpoch, toEpoch, topics } = JSON.parse((await decompress(bytes)).toString()) as Encoded;
    const decoded = topics.map(({ topic, lanes }) => {
      const byPartition = lanes.map((lane) => [lane.partition, { ...lane, there: sums(lane.there), here: sums(lane.here) }] as const);
      return [topic, new Map(byPartition)] as const;
    });
    return new PositionMap(fromEpoch, toEpoch, new Map(decoded));
  }
}

/** How many of growing numbers are below a bound. */
function countBelow(sorted: readonly number[], bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const steps = (all: readonly number[]): number[] => all.map((each, index) => each - (all[index - 1] ?? 0));

function sums(all: readonly number[]): number[] {
  let sum = 0;
  return all.map((each) => (sum += each));
}
