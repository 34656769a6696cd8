/** One answer as the detectors of struggle read it. */
export interface PacedAnswer {
  readonly correct: boolean;
  readonly seconds: number | null;
  /** Hints asked for, and how many there are. */
  readonly hints: number;
  readonly ladder: number;
}

/**
 * Wheel-spinning (Beck & Gong 2013): ten answers to a skill without three right in a row.
 *
 * @example wheelSpinning(Array(10).fill({ correct: false, … })) // => true
 */
export function wheelSpinning(answers: readonly Pick<PacedAnswer, 'correct'>[], within = 10, inARow = 3): boolean {
  let run = 0;
  for (const { correct } of answers) {
    run = correct ? run + 1 : 0;
    if (run >= inARow) return false;
  }
  return answers.length >= within;
}

/**
 * Share of answers faster than a tenth of the item's usual time (normative threshold, Wise & Ma 2012; at most ten seconds).
 *
 * @param usual the item's median seconds, of each answer in turn
 * @param timeFactor an accommodation: 1.5 for half as much time again; it only ever lowers the threshold
 * @returns null where no answer has a time
 */
export function rapidGuessShare(answers: readonly PacedAnswer[], usual: readonly number[], timeFactor = 1): number | null {
  let timed = 0;
  let rapid = 0;
  answers.forEach(({ seconds }, index) => {
    const median = usual[index];
    if (seconds === null || median === undefined) return;
    timed += 1;
    if (seconds < Math.min(10, median / 10) / timeFactor) rapid += 1;
  });
  return timed === 0 ? null : rapid / timed;
}

/** Share of answers for which every hint was taken and that still took under the seconds given: hints were clicked through (Aleven & Koedinger 2000). */
export function hintAbuseShare(answers: readonly PacedAnswer[], under = 10): number | null {
  const helped = answers.filter(({ ladder }) => ladder > 0);
  if (helped.length === 0) return null;
  return helped.filter(({ hints, ladder, seconds }) => hints >= ladder && seconds !== null && seconds < under).length / helped.length;
}
