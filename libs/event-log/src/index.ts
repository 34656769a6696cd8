export {
  type Claim,
  type Claimed,
  type ClaimedAppend,
  type ClaimResult,
  encodeFact,
  type EncodedClaimed,
  type EncodedFact,
  type EventLog,
  LogRefused,
  LogUnavailable,
  type Position,
  type ReadableFact,
  type ReadOptions,
  type Recorded,
  type Stored,
} from './event-log.js';
export { type EmbeddedLog, type EmbeddedLogOptions, openEmbeddedLog } from './embedded-log.js';
export { murmur2, partitionOf } from './partitioner.js';
export { BlobDamaged, type BlobStore } from './blobs.js';
export { openFileBlobs } from './file-blobs.js';
