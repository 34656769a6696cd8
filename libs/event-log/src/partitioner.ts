const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/**
 * MurmurHash2 (32 bits) with the seed of Kafka's clients, as a signed integer.
 *
 * Source: Austin Appleby's MurmurHash2, in the form of `org.apache.kafka.common.utils.Utils.murmur2`. O(bytes).
 *
 * @example murmur2(Buffer.from('foobar')) // => -790332482
 */
export function murmur2(data: Uint8Array): number {
  const { length } = data;
  let h = SEED ^ length;
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let k = data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24);
    k = Math.imul(k, M);
    k ^= k >>> 24;
    k = Math.imul(k, M);
    h = Math.imul(h, M) ^ k;
  }
  const rest = length - whole;
  if (rest === 3) h ^= data[whole + 2]! << 16;
  if (rest >= 2) h ^= data[whole + 1]! << 8;
  if (rest >= 1) h = Math.imul(h ^ data[whole]!, M);
  h ^= h >>> 13;
  h = Math.imul(h, M);
  return h ^ (h >>> 15);
}

/**
 * The partition of a key, as Kafka's default partitioner chooses it, so that a log keeps its order when it moves to a cluster.
 *
 * @param partitions how many partitions the topic has, at least 1
 * @example partitionOf('learner-1', 1) // => 0
 */
export function partitionOf(key: string, partitions: number): number {
  return partitions === 1 ? 0 : (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}
