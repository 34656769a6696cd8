import { createRandom, type Random } from '../random.js';
import { type StruggleSign, struggleSigns, type WatchedAnswer } from './struggle-signs.js';

/** What a simulated learner truly does. `slow` has half as much time again and is none of the others. */
export const struggleKinds = ['steady', 'slow', 'wheel-spinning', 'rapid-guessing', 'hint-abuse', 'long-silence'] as const;
export type StruggleKind = (typeof struggleKinds)[number];

export interface SimulatedStruggler {
  readonly kind: StruggleKind;
  readonly answers: readonly WatchedAnswer[];
  readonly timeFactor: number;
}

const DAY_MS = 86_400_000;
const DAYS = 21;
const SKILLS = 4;

/** SIMULATION: answers of three weeks by a learner of a kind, with the noise that makes detectors err. The last day is `DAYS`. */
export function simulateStruggler(kind: StruggleKind, random: Random): SimulatedStruggler {
  const silentFrom = kind === 'long-silence' ? 6 + random.integer(4) : DAYS;
  const known = Array.from({ length: SKILLS }, (_, skill) =>
    kind === 'wheel-spinning' && skill === 0 ? -1.4 : 0.4 + 0.5 * random.normal(),
  );
  const answers: WatchedAnswer[] = [];
  for (let day = 0; day < silentFrom; day++) {
    if (random.uniform() < 0.25) continue;
    for (let turn = 0; turn < 6; turn++) {
      const skill = random.integer(SKILLS);
      const usual = 12 + 30 * random.uniform();
      const guesses = kind === 'rapid-guessing' && random.uniform() < 0.45;
      const clicks = kind === 'hint-abuse' && random.uniform() < 0.6;
      const took = usual * Math.exp(0.5 * random.normal()) * (kind === 'slow' ? 1.5 : 1);
      const stuck = kind === 'wheel-spinning' && skill === 0;
      const chance = guesses ? 0.25 : 1 / (1 + Math.exp(-known[skill]!));
      answers.push({
        skill: `skill-${skill}`,
        at: day * DAY_MS + turn * 60_000,
        correct: random.uniform() < chance,
        seconds: guesses ? 0.3 + 0.08 * usual * random.uniform() : clicks ? 3 + 5 * random.uniform() : took,
        hints: clicks ? 3 : random.uniform() < 0.2 ? 1 + random.integer(2) : 0,
        ladder: 3,
        usualSeconds: usual,
      });
      known[skill]! += stuck ? 0 : 0.12;
    }
  }
  return { kind, answers, timeFactor: kind === 'slow' ? 1.5 : 1 };
}

export interface DetectorPrecision {
  readonly code: StruggleSign['code'];
  /** Learners that were named, and of them those who truly do it. */
  readonly named: number;
  readonly right: number;
  readonly precision: number | null;
  /** Of those who truly do it, the share that was named. */
  readonly recall: number | null;
}

/**
 * SIMULATION: how often each detector is right about learners whose behaviour is known. Someone who truly does one thing and is named for another counts against the
 * other's precision.
 *
 * @param each simulated learners of each kind; a class has far more steady ones, so they are given eight times as many
 * @example precisionOfDetectors(50, 1).find(({ code }) => code === 'wheel-spinning').precision
 */
export function precisionOfDetectors(each: number, seed: number): readonly DetectorPrecision[] {
  const random = createRandom(seed);
  const learners = struggleKinds.flatMap((kind) => Array.from({ length: kind === 'steady' ? 8 * each : each }, () => simulateStruggler(kind, random)));
  const named = learners.map(({ kind, answers, timeFactor }) => ({ kind, codes: new Set(struggleSigns(answers, { now: DAYS * DAY_MS, timeFactor }).map(({ code }) => code)) }));
  return struggleKinds.filter((kind) => kind !== 'steady' && kind !== 'slow').map((code) => {
    const all = named.filter(({ codes }) => codes.has(code));
    const right = all.filter(({ kind }) => kind === code).length;
    const truly = named.filter(({ kind }) => kind === code).length;
    return { code, named: all.length, right, precision: all.length === 0 ? null : right / all.length, recall: truly === 0 ? null : right / truly };
  });
} // prettier-ignore
