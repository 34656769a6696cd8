import { hash } from 'node:crypto';
import { type Topic } from '@pharos/facts';
import { type Recorded } from './event-log.js';

/**
 * Numbers of the topics on disk. A number is never given to another topic.
 */
const TOPIC_NUMBERS: Readonly<Record<Topic, number>> = {
  statements: 0, roster: 1, scores: 2, models: 3, alerts: 4, governance: 5, 'dead-letters': 6, learning: 7,
}; // prettier-ignore
const topicByNumber = new Map(Object.entries(TOPIC_NUMBERS).map(([topic, number]) => [number, topic as Topic]));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^(?:[0-9a-f]{2})+$/;
const FIXED_BYTES = 16;
const UUID_BYTES = 16;
const DIGEST_BYTES = 32;

/**
 * The key of a claim: length and bytes of the tenant's name, then the id: the 16 bytes of a UUID in its canonical (lower case)
 * form, and the SHA-256 of any other. Small, because claims lie at random places and each page of them is written anew.
 */
export function claimKey(tenant: string, id: string): Buffer {
  const nameBytes = Buffer.byteLength(tenant);
  const isUuid = UUID.test(id);
  const key = Buffer.allocUnsafe(2 + nameBytes + (isUuid ? UUID_BYTES : DIGEST_BYTES));
  key.writeUInt16BE(nameBytes, 0);
  key.write(tenant, 2);
  if (isUuid) key.write(withoutHyphens(id), 2 + nameBytes, 'hex');
  else key.write(hash('sha256', id, 'hex'), 2 + nameBytes, 'hex');
  return key;
}

const withoutHyphens = (uuid: string) => uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24);

export type StoredClaim = Recorded & { readonly hash: string };

/**
 * The value of a claim: how the hash is written (1 byte), topic (1), partition (2), offset (6), recordedAt (6), hash.
 *
 * @param content the hash of the claimed content
 */
export function encodeClaim({ position, recordedAt }: Recorded, content: string): Buffer {
  const asHex = HEX.test(content);
  const how = asHex ? 'hex' : 'utf8';
  const value = Buffer.allocUnsafe(FIXED_BYTES + Buffer.byteLength(content, how));
  value[0] = asHex ? 1 : 0;
  value[1] = TOPIC_NUMBERS[position.topic];
  value.writeUInt16BE(position.partition, 2);
  value.writeUIntBE(position.offset, 4, 6);
  value.writeUIntBE(Date.parse(recordedAt), 10, 6);
  value.write(content, FIXED_BYTES, how);
  return value;
}

/** @throws RangeError when the claim speaks of a topic that this release does not know */
export function decodeClaim(value: Buffer): StoredClaim {
  const topic = topicByNumber.get(value[1]!);
  if (!topic) throw new RangeError(`a claim speaks of topic number ${String(value[1])}, which this release does not know`);
  return {
    position: { topic, partition: value.readUInt16BE(2), offset: value.readUIntBE(4, 6) },
    recordedAt: new Date(value.readUIntBE(10, 6)).toISOString(),
    hash: value.toString(value[0] === 1 ? 'hex' : 'utf8', FIXED_BYTES),
  };
}
