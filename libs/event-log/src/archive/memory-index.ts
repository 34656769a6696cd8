import { type ArchivedSegment, type ArchiveIndex } from './archive.js';

/** An index that goes with the process, for tests of what stands on it. The real one is the registry's. */
export function createMemoryIndex(): ArchiveIndex & { readonly all: ArchivedSegment[] } {
  const all: ArchivedSegment[] = [];
  const of = (epoch: string, topic: string, partition: number) =>
    all.filter((each) => each.epoch === epoch && each.topic === topic && each.partition === partition);
  return {
    all,
    segments: (...place) => Promise.resolve(of(...place)),
    add: (segment) => {
      const follows = (of(segment.epoch, segment.topic, segment.partition).at(-1)?.next ?? 0) === segment.first;
      if (follows) all.push(segment);
      return Promise.resolve(follows);
    },
  };
}
