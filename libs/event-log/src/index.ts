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
export { BlobDamaged, type BlobStore, BlobUnavailable } from './blobs.js';
export { type Archive, type ArchivedSegment, type ArchiveIndex, writeArchive, type WriteArchiveOptions } from './archive/archive.js';
export { archivedLog, readSegment } from './archive/archived-log.js';
export { indexAgain, readTips, type Tips, writeTips } from './archive/tips.js';
export { SegmentRefused } from './archive/segment.js';
export { openFileBlobs } from './file-blobs.js';
export { openS3Blobs, type S3Place } from './s3-blobs.js';
export { clientCredentials, type ClientCredentials, TokenRefused } from './kafka/client-credentials.js';
export { kafkaClient, type KafkaConnection } from './kafka/connection.js';
export { type Adopted, type KafkaLog, type KafkaLogOptions, openKafkaLog } from './kafka/kafka-log.js';
export { expectReachable } from './kafka/reachable.js';
export { type LogLedger } from './kafka/ledger.js';
export { applyTopics, diffTopics, type TopicDifference, type TopicPlan, type TopicSettings } from './kafka/topics.js';
