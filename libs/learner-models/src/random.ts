/** A stream of repeatable random numbers. The same seed gives the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1) with 32 random bits. */
  uniform(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** A standard normal number (Marsaglia's polar method). */
  normal(): number;
}

/** One round of SplitMix32: spreads a 32-bit key so that neighbouring seeds give unrelated streams. */
export function mix32(key: number): number {
  let z = (key + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/**
 * xoshiro128** 1.1 by Blackman and Vigna (2018, https://prng.di.unimi.it/xoshiro128starstar.c), seeded through SplitMix32.
 *
 * @param seed any whole number; only its lower 32 bits count
 * @example createRandom(7).integer(10) // always the same digit
 */
export function createRandom(seed: number): Random {
  let a = mix32(seed);
  let b = mix32(a);
  let c = mix32(b);
  let d = mix32(c);
  let spare: number | undefined;

  const bits = (): number => {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return scrambled;
  };
  const uniform = (): number => bits() / 4294967296;
  const integer = (below: number): number => Math.floor(uniform() * below);
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  };
  return { uniform, integer, normal };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
