import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { precisionOfDetectors, simulateStruggler } from './simulated-struggle.js';
import { struggleSigns, type WatchedAnswer } from './struggle-signs.js';

const DAY = 86_400_000;
const answers = (marks: string, change: Partial<WatchedAnswer> = {}): WatchedAnswer[] =>
  [...marks].map((mark, at) => ({
    skill: 's',
    correct: mark === '1',
    at: at * DAY,
    seconds: 20,
    hints: 0,
    ladder: 3,
    usualSeconds: 20,
    ...change,
  }));
const codes = (given: WatchedAnswer[], now: number, timeFactor = 1) => struggleSigns(given, { now, timeFactor }).map(({ code }) => code);

describe('signs of struggle', () => {
  it('are told of the last weeks only, and not with little to go by', () => {
    const spinning = answers('010010010010');
    expect(codes(spinning, 12 * DAY)).toEqual(['wheel-spinning']);
    expect(codes(spinning, 60 * DAY)).toEqual(['long-silence']);
    expect(codes([], DAY)).toEqual([]);
    expect(codes(answers('0'), DAY)).toEqual([]);
    expect(codes(answers('1'.repeat(12), { seconds: null }), 12 * DAY)).toEqual([]);
  });
  it('tell guesses and hints that were clicked through', () => {
    expect(codes(answers('111011101110', { seconds: 1 }), 12 * DAY)).toEqual(['rapid-guessing']);
    expect(codes(answers('111011101110', { hints: 3, seconds: 6 }), 12 * DAY)).toEqual(['hint-abuse']);
  });
  it('call a silence long by the learner’s own habit', () => {
    const weekly = Array.from({ length: 8 }, (_, week) => ({ ...answers('1')[0]!, at: week * 7 * DAY }));
    expect(codes(weekly, 49 * DAY + 14 * DAY)).toEqual([]);
    expect(codes(weekly, 49 * DAY + 30 * DAY)).toEqual(['long-silence']);
    expect(codes(answers('1111111'), 6 * DAY + 9 * DAY)).toEqual(['long-silence']);
  });
});

describe('detectors against what simulated learners truly do (simulation, 3 seeds)', () => {
  it.each([1, 2, 3])('are right about most whom they name, and find most; seed %d', (seed) => {
    for (const { code, precision, recall } of precisionOfDetectors(40, seed)) {
      expect({ code, precise: precision! >= 0.8, finds: recall! >= 0.6 }).toEqual({ code, precise: true, finds: true });
    }
  });

  it('never take somebody with half as much time again for a guesser', () => {
    const random = createRandom(7);
    const named = Array.from({ length: 200 }, () => simulateStruggler('slow', random)).filter(({ answers: own, timeFactor }) =>
      codes([...own], 21 * DAY, timeFactor).includes('rapid-guessing'),
    );
    expect(named).toEqual([]);
  });
});
