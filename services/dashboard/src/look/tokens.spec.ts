import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

type Rgb = readonly [number, number, number];

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);
const schemes = ['light', 'dark'] as const; // prettier-ignore

/** sRGB to linear light (IEC 61966-2-1). */
const linear = (hex: string): Rgb => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
/** WCAG 2.2, contrast ratio. */
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
};

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const sights: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}; // prettier-ignore

/** CIE 1976 L*a*b* of linear RGB, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const seen = (hex: string, sight: readonly [Rgb, Rgb, Rgb]): Rgb => {
  const from = linear(hex);
  const row = (weights: Rgb) => Math.max(0, weights[0] * from[0] + weights[1] * from[1] + weights[2] * from[2]);
  return lab([row(sight[0]), row(sight[1]), row(sight[2])]);
};

describe('the colours', () => {
  it.each(schemes)('can be read in %s: AA for every pair of text and ground in use', (scheme) => {
    const colour = (name: string) => tokens.get(name)![scheme];
    const texts = ['ink', 'muted', 'accent', 'urgent', 'better', 'trouble'];
    for (const text of texts) for (const ground of ['ground', 'surface', 'raised']) expect({ text, ground, enough: contrast(colour(text), colour(ground)) >= 4.5 }).toEqual({ text, ground, enough: true });
    for (const [text, ground] of [['accent', 'accent-soft'], ['urgent', 'urgent-soft'], ['accent-ink', 'accent'], ['muted', 'sunken'], ['ink', 'sunken'], ['ground', 'ink']] as const) {
      expect({ text, ground, enough: contrast(colour(text), colour(ground)) >= 4.5 }).toEqual({ text, ground, enough: true });
    }
  }); // prettier-ignore

  it.each(schemes)('of controls and series stand out in %s: 3:1', (scheme) => {
    const surface = tokens.get('surface')![scheme];
    for (const name of ['line-strong', 'focus', 'context', ...[1, 2, 3, 4, 5, 6].map((n) => `series-${n}`)]) {
      const ratio = contrast(tokens.get(name)![scheme], surface);
      expect({ name, enough: ratio >= 3 }).toEqual({ name, enough: true });
    }
  });

  it.each(schemes)('of series can be told apart in %s by everybody', (scheme) => {
    for (const [sight, matrix] of Object.entries(sights)) {
      for (let a = 1; a <= 6; a += 1) {
        for (let b = a + 1; b <= 6; b += 1) {
          const [one, two] = [a, b].map((n) => seen(tokens.get(`series-${n}`)![scheme], matrix));
          const difference = Math.hypot(one![0] - two![0], one![1] - two![1], one![2] - two![2]);
          expect({ sight, a, b, apart: difference > 10 ? 'yes' : difference }).toEqual({ sight, a, b, apart: 'yes' });
        }
      }
    }
  });
});
