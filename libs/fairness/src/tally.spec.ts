import { describe, expect, it } from '@jest/globals';
import { byScore, splitRows } from './group-rows.js';
import { everyone } from './grouping.js';
import { randomFrom } from './random.js';
import { readSample } from './sample.js';
import { emptyTally, tallyRows } from './tally.js';

const random = randomFrom(9);
// tenths, so that scores tie, within a bin and between outcomes
const rows = Array.from({ length: 120 }, (_, row) => ({
  score: Math.floor(random() * 40) / 40,
  label: random() < 0.4 ? 1 : 0,
  flagged: random() < 0.3 ? 1 : 0,
  person: row % 90,
}));
const times = Int32Array.from({ length: 90 }, () => Math.floor(random() * 4));

/** The same by its definition, pair by pair and bin by bin, over rows written out as often as they count. */
const byDefinition = () => {
  const drawn = rows.flatMap((row) => Array<typeof row>(times[row.person]!).fill(row));
  const pairs = drawn
    .filter(({ label }) => label === 1)
    .flatMap((one) => drawn.filter(({ label }) => label === 0).map((other) => Math.sign(one.score - other.score)));
  const inBin = (bin: number) => drawn.filter(({ score }) => Math.floor(score * 10) === bin);
  return {
    n: drawn.length,
    positives: drawn.filter(({ label }) => label === 1).length,
    selected: drawn.filter(({ flagged }) => flagged === 1).length,
    truePositives: drawn.filter(({ flagged, label }) => flagged === 1 && label === 1).length,
    orderedPairs: pairs.reduce((sum, sign) => sum + (sign + 1) / 2, 0),
    squaredError: drawn.reduce((sum, { score, label }) => sum + (score - label) ** 2, 0),
    binDistance: Array.from({ length: 10 }, (_, bin) =>
      Math.abs(inBin(bin).reduce((sum, { score, label }) => sum + score - label, 0)),
    ).reduce((sum, part) => sum + part, 0),
  };
};

describe('the sums of a resample', () => {
  it('are those of rows written out as often as their person was drawn', () => {
    const column = (name: 'label' | 'score' | 'flagged' | 'person'): number[] => rows.map((row) => row[name]);
    const sample = readSample({
      label: column('label'),
      score: column('score'),
      flagged: column('flagged'),
      groups: {},
      person: column('person'),
    });
    const [group] = splitRows(sample, everyone(sample), byScore(sample));
    const tally = emptyTally(true);
    // people are numbered as they appear, which here is by their own number
    tallyRows(group!, times, tally);
    const expected = byDefinition();
    for (const name of Object.keys(expected) as (keyof typeof expected)[]) expect(tally[name]).toBeCloseTo(expected[name], 9);
  });
});
