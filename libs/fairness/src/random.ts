// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { imul } = Math;

/** Uniform numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number;

/**
 * A seeded generator of uniform numbers: xoshiro128** (Blackman & Vigna 2018), its state spread from the seed by splitmix32.
 *
 * @param seed any integer; the same seed gives the same numbers
 * @throws RangeError when the seed is not an integer
 * @example randomFrom(7)() === randomFrom(7)() // => true
 */
export function randomFrom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`a seed is an integer, not ${seed}`);
  let spread = seed >>> 0;
  const next = (): number => {
    spread = (spread + 0x9e3779b9) >>> 0;
    let mixed = imul(spread ^ (spread >>> 16), 0x21f0aaad);
    mixed = imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [next(), next(), next(), next()];
  return () => {
    const scrambled = imul(b, 5);
    const drawn = imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return drawn / 0x1_0000_0000;
  };
}
