import { describe, expect, it } from '@jest/globals';
import { murmur2, partitionOf } from './partitioner.js';

describe('murmur2', () => {
  // Expected values: `testMurmur2` in apache/kafka, clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('of %s is what Kafka says it is', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });
});

describe('partitionOf', () => {
  it('takes the hash without its sign, as Kafka does', () => {
    expect(partitionOf('foobar', 1_000)).toBe((-790332482 & 0x7fffffff) % 1_000);
    expect(partitionOf('foobar', 1)).toBe(0);
  });

  it('spreads learners evenly', () => {
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 10_000; i++) counts[partitionOf(`learner-${i}`, 4)]! += 1;
    for (const count of counts) expect(Math.abs(count - 2_500)).toBeLessThan(250);
  });
});
